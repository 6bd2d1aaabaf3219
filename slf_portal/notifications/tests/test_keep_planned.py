"""The ledger follows the plan: created, withdrawn, brought back, and never told twice."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from slf_portal.notifications.actions import keep_planned, relay_mail
from slf_portal.notifications.enums import ReminderKind, WhyNot
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.queries import LastLook
from slf_portal.notifications.rules import PlannedReminder
from slf_portal.notifications.tests.conftest import TUESDAY, Clock
from tests.builders import make_person
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db


def reminder(recipient_id: int, **changes: Any) -> PlannedReminder:
    first = PlannedReminder(
        kind=ReminderKind.VISIT_DUE,
        step=1,
        subject="team:7:2026-12-08",
        recipient_id=recipient_id,
        due_on=TUESDAY,
        team_name="Team Løn",
        about_on=dt.date(2026, 12, 8),
        path="/teams/7/",
    )
    return replace(first, **changes)


def plan(*planned: PlannedReminder, kinds: Iterable[ReminderKind] = tuple(ReminderKind)) -> list[tuple[str, str]]:
    """Plan on Tuesday; state and reason of every reminder afterwards."""
    keep_planned(planned=planned, kinds=kinds, today=TUESDAY, why_not=lambda entry: WhyNot.SETTLED)
    return list(LedgerEntry.objects.order_by("pk").values_list("state", "why"))


@pytest.fixture
def person_id() -> int:
    return make_person().pk


def test_planning_twice_changes_nothing(person_id: int) -> None:
    two = [reminder(person_id), reminder(person_id, due_on=TUESDAY + dt.timedelta(days=20), step=2)]
    assert plan(*two) == plan(*two) == [("due", ""), ("due", "")]


def test_what_is_no_longer_planned_is_withdrawn_and_comes_back(person_id: int) -> None:
    plan(reminder(person_id))
    assert plan() == [("cancelled", "settled")]
    assert plan(reminder(person_id)) == [("due", "")]


def test_a_planner_leaves_other_kinds_alone(person_id: int) -> None:
    plan(reminder(person_id))
    assert plan(kinds=(ReminderKind.GRUS_DUE,)) == [("due", "")]


def test_a_reminder_that_was_sent_is_not_sent_again_when_its_day_moves(
    clock: Clock, mail_server: MailServer, last_look: list[LastLook], person_id: int
) -> None:
    plan(reminder(person_id))
    relay_mail(seconds=20)
    assert plan(reminder(person_id, due_on=TUESDAY - dt.timedelta(days=4))) == [("sent", "")]
    assert plan() == [("sent", "")]


def test_a_reminder_that_was_not_sent_moves_with_its_day(person_id: int) -> None:
    plan(reminder(person_id, due_on=TUESDAY + dt.timedelta(days=3)))
    assert plan(reminder(person_id)) == [("cancelled", "settled"), ("due", "")]


def test_a_reminder_taken_out_at_the_last_look_comes_back(
    clock: Clock, mail_server: MailServer, last_look: list[LastLook], person_id: int
) -> None:
    plan(reminder(person_id))
    last_look.append(lambda entries, now: {entry.pk: WhyNot.CLOSED for entry in entries})
    relay_mail(seconds=20)
    assert plan(reminder(person_id)) == [("due", "")]
    last_look.clear()
    relay_mail(seconds=20)
    assert len(mail_server.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_planners_at_the_same_time_agree() -> None:
    people = [make_person().pk for _number in range(20)]
    planned = [reminder(person_id, step=step) for person_id in people for step in (1, 2, 3)]
    start = Barrier(4)

    def run(reminders: list[PlannedReminder]) -> None:
        try:
            start.wait()
            plan(*reminders)
            plan(*reminders)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, (planned, planned[::-1], planned, planned[::-1])))
    assert LedgerEntry.objects.filter(state="due").count() == len(planned)
