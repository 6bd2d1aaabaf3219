"""A mail server, a ledger to fill, and a clock to move."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from slf_portal.accounts.models import User
from slf_portal.common.dates import at, today
from slf_portal.notifications import queries
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.queries import LastLook
from tests.mailserver import MailServer

Clock = time_machine.Traveller
Due = Callable[..., LedgerEntry]

TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Tuesday 24 November 2026 at nine; `clock.shift(seconds)` and `clock.move_to(moment)` move it."""
    with time_machine.travel(at(TUESDAY, dt.time(9)), tick=False) as traveller:
        yield traveller


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that the portal sends through."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    with server.running():
        yield server


@pytest.fixture
def last_look(monkeypatch: pytest.MonkeyPatch) -> list[LastLook]:
    """The questions asked before sending: none, until a test adds one."""
    looks: list[LastLook] = []
    monkeypatch.setattr(queries, "last_looks", looks)
    return looks


@pytest.fixture
def due(last_look: list[LastLook]) -> Due:
    """Write a reminder that is due today for a person."""

    def write(person: User, **values: Any) -> LedgerEntry:
        number = LedgerEntry.objects.count() + 1
        values = {
            "kind": ReminderKind.VISIT_DUE,
            "subject": f"team:{number}:2026-12-08",
            "due_on": today(),
            "team_name": f"Team {number}",
            "about_on": dt.date(2026, 12, 8),
            "path": f"/teams/{number}/",
            **values,
        }
        return LedgerEntry.objects.create(recipient=person, **values)

    return write
