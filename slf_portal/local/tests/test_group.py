"""What `make run` says about its programs, and what it tells supervisord to do."""

from configparser import ConfigParser

import pytest

from slf_portal.local import group
from slf_portal.local.group import ProcessRow, Watcher
from slf_portal.local.programs import Control, Program, configuration


@pytest.fixture(autouse=True)
def short_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "log_tail", lambda name: f"log of {name}")


def row(statename: str, pid: int) -> list[ProcessRow]:
    return [{"name": "worker", "statename": statename, "pid": pid}]


def test_a_program_that_starts_and_lives_is_no_news() -> None:
    watcher = Watcher()

    assert [watcher.news(row(state, 7)) for state in ("STARTING", "RUNNING", "RUNNING")] == [[], [], []]


def test_a_killed_program_is_told_of_once_when_it_goes_and_once_when_it_is_back() -> None:
    watcher = Watcher()
    watcher.news(row("RUNNING", 7))

    news = [watcher.news(row(state, pid)) for state, pid in (("STARTING", 8), ("STARTING", 8), ("RUNNING", 8))]

    assert news == [
        ["!    worker er stoppet og startes igen. Slutningen af loggen:\nlog of worker"],
        [],
        ["     worker kører igen (proces 8)"],
    ]


def test_a_program_that_never_gets_going_is_told_of_once() -> None:
    watcher = Watcher()

    news = [watcher.news(row(state, pid)) for state, pid in (("BACKOFF", 0), ("STARTING", 9), ("BACKOFF", 0))]

    assert news == [["!    worker er stoppet og startes igen. Slutningen af loggen:\nlog of worker"], [], []]


def test_supervisord_is_told_the_command_as_it_stands() -> None:
    program = Program("web", ["/a folder/100%/python", "-m", "web"], order=5, starts_itself=False, account="someone")
    parser = ConfigParser()

    parser.read_string(configuration([program], Control(9001, "secret")))

    section = parser["program:web"]
    assert section["command"] == "'/a folder/100%/python' -m web"
    assert (section["priority"], section["autostart"], section["user"]) == ("5", "false", "someone")
