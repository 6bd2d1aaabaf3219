"""What every test of the project shares."""

import datetime as dt
from collections.abc import Iterator

import pytest
from time_machine import TimeMachineFixture

from slf_portal.common import catalogue
from slf_portal.common.dates import COPENHAGEN
from tests.calendar_server import CalendarServer, calendar_server


def pytest_configure() -> None:
    """A fresh clone has the Danish catalogue only as text."""
    catalogue.compile_when_older(catalogue.DANISH)


@pytest.fixture
def tuesday(time_machine: TimeMachineFixture) -> dt.date:
    """It is nine o'clock in Copenhagen on Tuesday 24 November 2026."""
    time_machine.move_to(dt.datetime(2026, 11, 24, 9, 0, tzinfo=COPENHAGEN))
    return dt.date(2026, 11, 24)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarServer]:
    """All of the internet that a calendar is fetched from."""
    with calendar_server(monkeypatch) as server:
        yield server
