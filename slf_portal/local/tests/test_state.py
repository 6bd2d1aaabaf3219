"""The folder of `make run`: one at a time, and its secrets for its owner alone."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slf_portal.local import reset, state
from slf_portal.local.console import CannotStartError

HOLD = """
import fcntl, sys
with open(sys.argv[1]) as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    places = {"STATE": "", "ENV_FILE": "env", "LOCK": "lock", "LOGS": "log", "MAIL": "mail", "POSTGRES": "postgres"}
    for name, place in places.items():
        monkeypatch.setattr(state, name, tmp_path / ".portal" / place)
    state.make_folders()
    return state.STATE


@contextmanager
def held_by_another_process() -> Iterator[None]:
    state.LOCK.touch()
    command = [sys.executable, "-c", HOLD, str(state.LOCK)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield


def test_what_is_written_for_the_settings_is_read_back_and_private() -> None:
    values = {"PORTAL_URL": "http://127.0.0.1:8000", "DATABASE_URL": "postgresql://portal:a_b-c@127.0.0.1:1/portal"}

    state.write_environment(values)

    assert state.read_environment() == values
    assert state.ENV_FILE.stat().st_mode & 0o777 == 0o600


def test_a_secret_is_made_once() -> None:
    assert state.secret("django") == state.secret("django") != state.secret("postgres")


def test_a_second_start_is_refused_and_says_where_the_first_runs() -> None:
    state.write_environment({"PORTAL_URL": "http://127.0.0.1:8123"})

    with held_by_another_process(), pytest.raises(CannotStartError) as refusal, state.held_alone():
        pass

    assert str(refusal.value) == (
        "Portalen kører allerede på http://127.0.0.1:8123. Stop den med Ctrl-C dér, hvor den er startet."
    )


def test_reset_waits_until_nothing_runs(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with held_by_another_process():
        assert reset.main() == 1
    assert folder.exists()
    assert "kører allerede" in capfd.readouterr().err

    assert reset.main() == 0
    assert not folder.exists()
