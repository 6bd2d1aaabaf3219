"""What a supervisor and an administrator are told about the machinery."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from slf_portal.celery import app
from slf_portal.notifications import queries, tasks
from slf_portal.notifications.actions import note_sign, relay_mail
from slf_portal.notifications.actions.envelopes import fill_envelopes
from slf_portal.notifications.beat import HeardScheduler
from slf_portal.notifications.enums import Part
from slf_portal.notifications.queries import health
from slf_portal.notifications.tests.conftest import TUESDAY, Clock, Due
from tests.builders import make_person
from tests.mailserver import MailServer

ALL_WELL = {"database": True, "migrations": True, "queue": True, "worker": True, "beat": True}


@pytest.fixture
def heard(db: None) -> None:
    """Worker and beat, as they give their signs of life."""
    tasks.heartbeat()
    note_sign(part=Part.BEAT)


def readyz(client: Client) -> tuple[int, dict[str, bool]]:
    answer = client.get(reverse("notifications:readyz"))
    return answer.status_code, answer.json()


def test_livez_asks_nobody(client: Client) -> None:
    # No database fixture: a query would fail the test.
    assert client.get("/livez").json() == {"alive": True}


def test_readyz_is_ready_when_everything_was_heard_from(client: Client, heard: None) -> None:
    assert readyz(client) == (200, ALL_WELL)


def test_readyz_tells_a_silent_worker_from_a_silent_clock(client: Client, heard: None, clock: Clock) -> None:
    note_sign(part=Part.WORKER)
    clock.shift(91)
    note_sign(part=Part.BEAT)
    assert readyz(client) == (503, {**ALL_WELL, "worker": False})


def test_readyz_notices_a_queue_that_is_away(client: Client, heard: None, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert readyz(client) == (503, {**ALL_WELL, "queue": False})


def test_readyz_notices_a_migration_that_is_not_applied(
    client: Client, heard: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_last_migrations", lambda: frozenset({("teams", "9999_later")}))
    assert readyz(client) == (503, {**ALL_WELL, "migrations": False, "worker": False, "beat": False})


def test_readyz_notices_a_database_that_is_away(client: Client, heard: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise OperationalError

    monkeypatch.setattr(queries, "_are_migrations_applied", refuse)
    assert readyz(client) == (503, {**dict.fromkeys(ALL_WELL, False), "queue": True})


@pytest.mark.parametrize("page", ["/livez", "/readyz"])
def test_only_reading_is_allowed(client: Client, page: str) -> None:
    assert client.post(page).status_code == 405


class WithoutEntries(HeardScheduler):
    """Puts nothing into the queue."""

    def setup_schedule(self) -> None:
        pass


@pytest.mark.django_db(transaction=True)
def test_beat_gives_its_own_sign(clock: Clock) -> None:
    WithoutEntries(app).tick()
    assert health().beat_heard_at == timezone.now()


def test_health_is_well_when_nothing_waits(heard: None) -> None:
    assert health().is_well


def test_health_counts_what_waits_what_failed_and_what_is_missing(
    clock: Clock, heard: None, due: Due, mail_server: MailServer, settings: Settings
) -> None:
    settings.MAIL_MAX_ATTEMPTS = 1
    mail_server.refusals["gone@example.org"] = "550 no such user"
    due(make_person(email="gone@example.org"))
    relay_mail(seconds=20)
    due(make_person(), due_on=TUESDAY - dt.timedelta(days=2))
    note_sign(part=Part.RECONCILER, findings=3)
    now = health()
    assert (now.oldest_due_on, now.failed, now.stuck, now.missing) == (TUESDAY - dt.timedelta(days=2), 1, 0, 3)
    assert not now.is_well


def test_health_calls_a_mail_stuck_that_nobody_fetched(clock: Clock, heard: None, due: Due) -> None:
    due(make_person())
    fill_envelopes(now=timezone.now())
    clock.shift(601)
    assert health().stuck == 1
