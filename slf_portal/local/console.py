"""What the person at the keyboard is told. In Danish: those who run this are the portal's Danish developers."""

import sys


class CannotStartError(Exception):
    """Says, in words for the person at the keyboard, why a command stops before it has changed anything."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
