"""What leaves, what rests, what is given up, through a real mail server."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from slf_portal.common.dates import at, today
from slf_portal.notifications.actions import relay, relay_mail
from slf_portal.notifications.actions.envelopes import fill_envelopes
from slf_portal.notifications.enums import LedgerState, Part, WhyNot
from slf_portal.notifications.models import Envelope, Heartbeat, LedgerEntry
from slf_portal.notifications.queries import LastLook
from slf_portal.notifications.tests.conftest import TUESDAY, Clock, Due
from tests.builders import make_person
from tests.mailserver import MailServer, text_of

pytestmark = pytest.mark.django_db


def states() -> list[tuple[str, str]]:
    """State and reason of every reminder, in the order they were written."""
    return list(LedgerEntry.objects.order_by("pk").values_list("state", "why"))


def test_one_mail_a_day_with_everything_that_is_due(clock: Clock, mail_server: MailServer, due: Due) -> None:
    anne, bo = make_person("Anne", email="anne@example.org"), make_person("Bo", email="bo@example.org")
    due(anne)
    due(anne, due_on=TUESDAY - dt.timedelta(days=3))
    due(bo)
    due(bo, due_on=TUESDAY + dt.timedelta(days=1))
    assert relay_mail(seconds=20) == 2
    assert sorted(mail_server.recipients) == ["anne@example.org", "bo@example.org"]
    assert states() == [("sent", ""), ("sent", ""), ("sent", ""), ("due", "")]
    assert relay_mail(seconds=20) == 0


def test_todays_reminders_wait_for_half_past_seven_and_yesterdays_do_not(
    clock: Clock, mail_server: MailServer, due: Due
) -> None:
    clock.move_to(at(TUESDAY, dt.time(7, 29)))
    due(make_person(email="today@example.org"))
    due(make_person(email="yesterday@example.org"), due_on=TUESDAY - dt.timedelta(days=1))
    relay_mail(seconds=20)
    assert mail_server.recipients == ["yesterday@example.org"]
    clock.move_to(at(TUESDAY, dt.time(7, 30)))
    relay_mail(seconds=20)
    assert mail_server.recipients == ["yesterday@example.org", "today@example.org"]


def test_what_comes_after_todays_mail_waits_for_tomorrow(clock: Clock, mail_server: MailServer, due: Due) -> None:
    person = make_person()
    due(person)
    relay_mail(seconds=20)
    due(person)
    assert relay_mail(seconds=20) == 0
    clock.move_to(at(TUESDAY + dt.timedelta(days=1), dt.time(0, 1)))
    assert relay_mail(seconds=20) == 1
    assert Envelope.objects.filter(state=LedgerState.SENT).count() == 2


def test_the_last_look_takes_out_what_is_no_longer_needed(
    clock: Clock, mail_server: MailServer, due: Due, last_look: list[LastLook]
) -> None:
    person = make_person()
    kept, done = due(person, team_name="Team Birk"), due(person, team_name="Team Ask")
    last_look.append(lambda entries, now: {done.pk: WhyNot.SETTLED})
    relay_mail(seconds=20)
    (mail,) = mail_server.mails
    assert ("Team Birk" in text_of(mail), "Team Ask" in text_of(mail)) == (True, False)
    assert states() == [("sent", ""), ("cancelled", "settled")]
    assert kept.team_name == "Team Birk"


def test_an_envelope_that_is_empty_at_the_last_look_is_not_sent_and_can_be_filled_again(
    clock: Clock, mail_server: MailServer, due: Due, last_look: list[LastLook]
) -> None:
    person = make_person()
    due(person)
    last_look.append(lambda entries, now: {entry.pk: WhyNot.CLOSED for entry in entries})
    relay_mail(seconds=20)
    assert (mail_server.mails, Envelope.objects.get().state) == ([], "cancelled")
    last_look.clear()
    due(person)
    assert relay_mail(seconds=20) == 1
    assert states() == [("cancelled", "closed"), ("sent", "")]


def test_a_deactivated_person_gets_nothing(clock: Clock, mail_server: MailServer, due: Due) -> None:
    due(make_person(is_active=False))
    relay_mail(seconds=20)
    assert (mail_server.mails, states()) == ([], [("cancelled", "inactive")])


def test_a_refused_recipient_rests_longer_each_time_and_holds_up_nobody(
    clock: Clock, mail_server: MailServer, due: Due
) -> None:
    due(make_person(email="full@example.org"))
    due(make_person(email="fine@example.org"))
    mail_server.refusals["full@example.org"] = "452 mailbox full"
    relay_mail(seconds=20)
    assert mail_server.recipients == ["fine@example.org"]
    refused = Envelope.objects.get(recipient__email="full@example.org")
    assert (refused.state, refused.attempts) == ("due", 1)
    assert refused.next_attempt_at == at(TUESDAY, dt.time(9, 1))
    clock.shift(60)
    relay_mail(seconds=20)
    refused.refresh_from_db()
    assert (refused.attempts, refused.next_attempt_at) == (2, at(TUESDAY, dt.time(9, 3)))
    mail_server.refusals.clear()
    clock.shift(120)
    relay_mail(seconds=20)
    assert mail_server.recipients == ["fine@example.org", "full@example.org"]


def test_who_is_always_refused_is_given_up(clock: Clock, mail_server: MailServer, due: Due, settings: Settings) -> None:
    settings.MAIL_MAX_ATTEMPTS = 2
    due(make_person(email="gone@example.org"))
    mail_server.refusals["gone@example.org"] = "550 no such user"
    for _attempt in range(3):
        relay_mail(seconds=20)
        clock.shift(3600)
    envelope = Envelope.objects.get()
    assert (envelope.state, envelope.attempts, states()) == ("failed", 2, [("failed", "")])
    assert "550" in envelope.last_error


def test_one_mail_that_cannot_be_written_holds_up_nobody(clock: Clock, mail_server: MailServer, due: Due) -> None:
    due(make_person(email="odd@example.org"), kind="unheard_of")
    due(make_person(email="fine@example.org"))
    relay_mail(seconds=20)
    assert mail_server.recipients == ["fine@example.org"]
    assert Envelope.objects.get(recipient__email="odd@example.org").attempts == 1


def test_a_mail_server_that_is_down_costs_one_connection_and_no_attempts(
    clock: Clock, settings: Settings, due: Due, mail_server: MailServer
) -> None:
    settings.EMAIL_PORT = 1
    due(make_person())
    due(make_person())
    assert relay_mail(seconds=20) == 0
    assert list(Envelope.objects.values_list("state", "attempts")) == [("due", 0), ("due", 0)]
    settings.EMAIL_PORT = mail_server.port
    assert relay_mail(seconds=20) == 0  # still resting
    clock.shift(settings.MAIL_PAUSE_SECONDS)
    assert relay_mail(seconds=20) == 2
    assert not Heartbeat.objects.filter(part=Part.MAIL_FAILURE).exists()


def test_a_connection_that_breaks_after_the_mail_was_taken_rests_and_sends_a_true_copy(
    clock: Clock, mail_server: MailServer, due: Due, settings: Settings
) -> None:
    due(make_person(email="first@example.org"))
    due(make_person(email="second@example.org"))
    mail_server.break_offs = 1
    assert relay_mail(seconds=20) == 0
    assert Heartbeat.objects.filter(part=Part.MAIL_FAILURE).exists()
    clock.shift(60)
    assert relay_mail(seconds=20) == 2
    copies = [mail for mail in mail_server.mails if mail["To"] == mail_server.recipients[0]]
    assert len(copies) == 2
    assert copies[0]["Message-ID"] == copies[1]["Message-ID"]


def test_a_sender_that_dies_before_noting_it_is_followed_by_the_same_mail(
    clock: Clock, mail_server: MailServer, due: Due, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    due(make_person())
    with monkeypatch.context() as patched:
        patched.setattr(relay, "_finish", lambda envelope: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            relay_mail(seconds=20)
    clock.shift(settings.MAIL_LEASE_SECONDS - 1)
    assert relay_mail(seconds=20) == 0  # still leased
    clock.shift(1)
    due(make_person(email="later@example.org"))
    assert relay_mail(seconds=20) == 2
    first, second = (mail for mail in mail_server.mails if mail["To"] != "later@example.org")
    assert [first[name] for name in ("Message-ID", "Date", "Subject")] == [
        second[name] for name in ("Message-ID", "Date", "Subject")
    ]
    assert [part.get_payload() for part in first.walk()][1:] == [part.get_payload() for part in second.walk()][1:]


def test_a_sender_slower_than_its_lease_does_not_write_over_its_successor(
    clock: Clock, mail_server: MailServer, due: Due
) -> None:
    due(make_person())
    fill_envelopes(now=at(TUESDAY, dt.time(9)))
    slow = relay._take(now=at(TUESDAY, dt.time(9)))
    assert slow is not None
    clock.shift(60)
    assert relay_mail(seconds=20) == 1
    relay._finish(slow)
    relay._put_back(slow, OSError("late"))
    assert list(Envelope.objects.values_list("state", "attempts", "last_error")) == [("sent", 2, "")]


def test_after_two_weeks_a_reminder_is_given_up(clock: Clock, mail_server: MailServer, due: Due) -> None:
    due(make_person(), due_on=TUESDAY - dt.timedelta(days=15))
    due(make_person(), due_on=TUESDAY - dt.timedelta(days=14))
    assert relay_mail(seconds=20) == 1
    assert states() == [("expired", ""), ("sent", "")]


def test_the_command_sends_without_celery(clock: Clock, mail_server: MailServer, due: Due) -> None:
    due(make_person(email="anne@example.org"))
    call_command("relay_mail")
    assert mail_server.recipients == ["anne@example.org"]


@pytest.mark.django_db(transaction=True)
def test_many_relays_at_once_send_each_mail_once(mail_server: MailServer, due: Due) -> None:
    for number in range(24):
        due(make_person(email=f"person{number:02}@example.org"), due_on=today() - dt.timedelta(days=1))
    start = Barrier(3)

    def run(_number: int) -> int:
        try:
            start.wait()
            return relay_mail(seconds=20)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(run, range(3))) == 24
    assert sorted(mail_server.recipients) == [f"person{number:02}@example.org" for number in range(24)]
