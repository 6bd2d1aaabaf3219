"""Mails about what happened: they leave at once, in envelopes of their own, beside the day's mail."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.notifications import queries
from slf_portal.notifications.actions import enqueue, note_sign, relay_mail
from slf_portal.notifications.actions.ledger import keep_planned
from slf_portal.notifications.enums import PLANNED_KINDS, Part, ReminderKind, WhyNot
from slf_portal.notifications.models import Envelope, LedgerEntry
from slf_portal.notifications.queries import LastLook, health, next_step
from slf_portal.notifications.tests.conftest import TUESDAY, Clock, Due
from tests.builders import make_person
from tests.mailserver import MailServer, html_of, text_of

pytestmark = pytest.mark.django_db
ABOUT = "team:1:minutes:2"


@pytest.fixture
def anne(last_look: list[LastLook]) -> User:
    return make_person("Anne", email="anne@example.org")


def tell(*people: User, step: int = 1, **values: Any) -> None:
    enqueue(
        kind=ReminderKind.MINUTES,
        step=step,
        subject=ABOUT,
        recipients=[person.pk for person in people],
        **{"team_name": "Team Nord", "about_on": TUESDAY, "path": "/moeder/2/referat/", **values},
    )


def test_it_leaves_at_once_and_says_what_where_and_when(
    clock: Clock, mail_server: MailServer, anne: User, settings: Any
) -> None:
    clock.move_to(at(TUESDAY, dt.time(5, 12)))
    tell(anne)
    assert relay_mail(seconds=20) == 1
    (mail,) = mail_server.mails
    assert mail["Subject"] == "SLF-portalen: referat af et møde i dit team"
    link = f"{settings.PORTAL_URL}/moeder/2/referat/"
    said = "Referatet af mødet 24. november 2026 ligger i portalen."
    for part in (text_of(mail), html_of(mail)):
        assert [words in part for words in ("Team Nord", link, said)] == [True] * 3
    assert relay_mail(seconds=20) == 0


def test_it_is_told_in_the_readers_own_language(clock: Clock, mail_server: MailServer, last_look: object) -> None:
    tell(make_person(language="en"))
    relay_mail(seconds=20)
    assert mail_server.mails[0]["Subject"] == "The SLF portal: minutes of a meeting in your team"


def test_it_stands_beside_the_days_mail_before_and_after_it(
    clock: Clock, mail_server: MailServer, anne: User, due: Due
) -> None:
    tell(anne)
    due(anne)
    assert relay_mail(seconds=20) == 2
    tell(anne, step=2)
    due(anne)
    assert relay_mail(seconds=20) == 1  # the second reminder waits for tomorrow's mail
    assert "Referatet af mødet 24. november 2026 er ændret." in text_of(mail_server.mails[-1])
    assert sorted(Envelope.objects.values_list("is_event", "state")) == [
        (False, "sent"), (True, "sent"), (True, "sent"),
    ]  # fmt: skip
    assert len({mail["Message-ID"] for mail in mail_server.mails}) == 3


def test_the_same_step_is_told_once_and_the_next_one_again(clock: Clock, mail_server: MailServer, anne: User) -> None:
    assert next_step(ReminderKind.MINUTES, ABOUT) == 1
    tell(anne, anne)
    tell(anne)
    assert (LedgerEntry.objects.count(), next_step(ReminderKind.MINUTES, ABOUT)) == (1, 2)
    tell(anne, step=2)
    assert relay_mail(seconds=20) == 2


def test_nothing_is_told_when_the_action_is_undone(clock: Clock, mail_server: MailServer, anne: User) -> None:
    with transaction.atomic():
        tell(anne)
        transaction.set_rollback(True)
    assert (LedgerEntry.objects.count(), relay_mail(seconds=20)) == (0, 0)


def test_what_is_no_longer_needed_is_not_sent_and_its_envelope_stays_empty(
    clock: Clock, mail_server: MailServer, anne: User, due: Due, last_look: list[LastLook]
) -> None:
    last_look.append(lambda entries, now: {entry.pk: WhyNot.NOT_THEIRS for entry in entries})
    tell(anne, make_person(is_active=False))
    assert relay_mail(seconds=20) == 0
    assert sorted(LedgerEntry.objects.values_list("state", "why")) == [
        ("cancelled", "inactive"), ("cancelled", "not_theirs"),
    ]  # fmt: skip
    last_look.clear()
    due(anne)
    assert relay_mail(seconds=20) == 1
    assert sorted(Envelope.objects.values_list("is_event", "state")) == [
        (False, "sent"), (True, "cancelled"), (True, "cancelled"),
    ]  # fmt: skip


def test_a_refused_mail_rests_and_goes_out_as_it_was(clock: Clock, mail_server: MailServer, anne: User) -> None:
    mail_server.refusals["anne@example.org"] = "452 mailbox full"
    tell(anne)
    relay_mail(seconds=20)
    before = Envelope.objects.get()
    assert (before.state, before.attempts) == ("due", 1)
    mail_server.refusals.clear()
    clock.shift(60)
    assert relay_mail(seconds=20) == 1
    assert mail_server.mails[0]["Message-ID"] == before.message_id


def test_the_planner_neither_withdraws_nor_repeats_it(clock: Clock, mail_server: MailServer, anne: User) -> None:
    tell(anne)
    keep_planned(planned=(), kinds=PLANNED_KINDS, today=TUESDAY, why_not=lambda entry: WhyNot.SETTLED)
    assert LedgerEntry.objects.get().state == "due"


def test_a_planned_kind_is_not_for_telling_what_happened(anne: User) -> None:
    with pytest.raises(ValueError, match="planned"):
        enqueue(
            kind=ReminderKind.VISIT_DUE, step=1, subject=ABOUT, recipients=[anne.pk], team_name="", about_on=TUESDAY,
            path="",
        )  # fmt: skip


def test_health_counts_it_neither_as_overdue_nor_as_missing(clock: Clock, anne: User) -> None:
    note_sign(part=Part.WORKER)
    note_sign(part=Part.BEAT)
    tell(anne)
    now = health()
    assert (now.oldest_due_on, now.stuck, now.failed, now.missing, now.is_well) == (None, 0, 0, 0, True)
    assert list(queries.ready_to_leave(timezone.now())) == []


def test_one_planned_mail_a_day_is_the_databases_rule(clock: Clock, anne: User) -> None:
    values = {"recipient": anne, "day": TUESDAY, "next_attempt_at": timezone.now()}
    for number in range(2):
        Envelope.objects.create(message_id=f"event{number}", is_event=True, **values)
    Envelope.objects.create(message_id="planned", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Envelope.objects.create(message_id="planned again", **values)
