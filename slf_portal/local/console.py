"""What the person at the keyboard is told. In Danish: those who run this are the portal's Danish developers."""

import sys
from contextlib import suppress
from typing import TextIO


class CannotStartError(Exception):
    """Says, in words for the person at the keyboard, why a command stops before it has changed anything."""


def say(text: str) -> None:
    _write(sys.stdout, text)


def complain(text: str) -> None:
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    # The terminal may be gone; what is left to do, such as stopping the servers, is done all the same.
    with suppress(OSError):
        stream.write(f"{text}\n")
        stream.flush()
