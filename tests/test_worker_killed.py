"""A worker killed in the middle of its batch loses no mail and sends none twice but those it had in its hands."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django.fixtures import Settings

from observations.enums import VisitState
from slf_portal.celery import app
from slf_portal.common.dates import add_months, today
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.enums import LedgerState
from slf_portal.notifications.models import Envelope, LedgerEntry
from teams.enums import Promise
from tests.builders import make_resource_person, make_team, make_terms, make_unit, make_visit
from tests.mailserver import MailServer

MAILS = 60
SENT_BEFORE_THE_KILL = 15
CONCURRENCY = 2
ONE_DAY = dt.timedelta(days=1)
QUEUE = f"test-{uuid.uuid4()}"


@pytest.fixture
def due_visits(transactional_db: None, settings: Settings) -> None:
    """Sixty resource persons, each with a visit that became "soon" some days ago, whatever day it is today."""
    settings.REMIND_ON_CLOSED_DAYS = True
    unit = make_unit()
    make_terms(Promise.VISIT, unit=unit, pause_months=[])
    visited_on = add_months(today() + 10 * ONE_DAY, -3)
    for _number in range(MAILS):
        team = make_team(unit=unit)
        make_visit(team, make_resource_person(team), visited_on, state=VisitState.HELD)
    plan_reminders()


@contextmanager
def worker(server: MailServer) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on the test's own database, queue and mail server."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "CELERY_QUEUE": QUEUE,
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "MAIL_LEASE_SECONDS": "2",
        "REMIND_ON_CLOSED_DAYS": "1",
    }
    command = [sys.executable, "-m", "celery", "--app=slf_portal", "worker", f"--concurrency={CONCURRENCY}"]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [*command, "--without-mingle", "--without-gossip"],
        env=environment,
        cwd=django_settings.BASE_DIR,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wake() -> None:
    app.send_task("notifications.relay_mail", queue=QUEUE)


def wait_until(is_true: Callable[[], bool], *, meanwhile: Callable[[], None]) -> None:
    """Up to a minute; then the test has failed."""
    for _tick in range(120):
        if is_true():
            return
        meanwhile()
        time.sleep(0.5)
    pytest.fail("nothing happened for a minute")


def test_a_killed_worker_loses_nothing_and_repeats_only_what_it_held(due_visits: None) -> None:
    with MailServer(seconds_per_mail=0.1).running() as server:
        with worker(server):
            wait_until(lambda: len(server.mails) >= SENT_BEFORE_THE_KILL, meanwhile=wake)
        held = set(Envelope.objects.filter(state=LedgerState.SENDING).values_list("message_id", flat=True))
        with worker(server):
            wait_until(lambda: not Envelope.objects.exclude(state=LedgerState.SENT).exists(), meanwhile=wake)

    copies = Counter(str(mail["Message-ID"]) for mail in server.mails)
    assert set(LedgerEntry.objects.filter(due_on__lte=today()).values_list("state", flat=True)) == {LedgerState.SENT}
    assert copies.keys() == set(Envelope.objects.values_list("message_id", flat=True))
    assert len(set(server.recipients)) == len(copies) == MAILS
    assert {message_id for message_id, count in copies.items() if count > 1} <= held
    assert len(held) <= CONCURRENCY
