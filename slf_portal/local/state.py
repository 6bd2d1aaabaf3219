"""The folder in which `make run` keeps data, secrets and logs between two starts."""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from slf_portal.local.console import CannotStartError

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".portal"
ENV_FILE = STATE / "env"
LOCK = STATE / "lock"
LOGS = STATE / "log"
MAIL = STATE / "mail"
POSTGRES = STATE / "postgres"


def make_folders() -> None:
    """Make the folder, for its owner alone; refuse one that another user of the machine has made."""
    STATE.mkdir(mode=0o700, exist_ok=True)
    if STATE.stat().st_uid != os.geteuid():
        raise CannotStartError(
            "Mappen .portal tilhører en anden bruger på maskinen. Kør kommandoen som den bruger, eller brug en ny klon."
        )
    LOGS.mkdir(exist_ok=True)
    MAIL.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def held_alone() -> Iterator[None]:
    """Hold the folder for as long as the block runs.

    The lock goes when the process goes, however it ends, so there is never a stale one to clear away.
    """
    with LOCK.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStartError(_already_running()) from None
        yield


def _already_running() -> str:
    address = read_environment().get("PORTAL_URL", "en anden port")
    return f"Portalen kører allerede på {address}. Stop den med Ctrl-C dér, hvor den er startet."


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def secret(name: str) -> str:
    """A password or key that is made once and kept; it can stand in a URL as it is."""
    path = STATE / f"{name}.secret"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8")


def write_environment(values: Mapping[str, str]) -> None:
    """Leave the variables where the settings find them, so that manage.py speaks to the same servers."""
    write_private(ENV_FILE, "".join(f"{name}='{value}'\n" for name, value in values.items()))


def read_environment() -> dict[str, str]:
    if not ENV_FILE.exists():
        return {}
    pairs = (line.split("=", 1) for line in ENV_FILE.read_text(encoding="utf-8").splitlines())
    return {name: value.strip("'") for name, value in pairs}
