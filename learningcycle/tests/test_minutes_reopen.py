"""Opening closed minutes again, and who is told of which closing."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Conversation
from slf_portal.accounts.models import User
from slf_portal.notifications.actions import relay_mail
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.tests.conftest import Clock, clock, mail_server
from teams.models import Agreement, Membership, Team
from tests.builders import make_leader, make_meeting, make_member, make_resource_person
from tests.mailserver import MailServer, html_of, text_of

__all__ = ["clock", "mail_server"]

LEARNED = "Pauser er arbejde."


@pytest.fixture
def url(clock: Clock, team: Team, member: User) -> str:
    """The closing page of a meeting this morning."""
    meeting = make_meeting(team, dt.date(2026, 11, 24), time=dt.time(8))
    return reverse("learningcycle:meeting_close", args=[meeting.pk])


def close(client: Client, url: str, **typed: str) -> None:
    trial = {"what_1": "Vi tæller til fem.", "by_1": "2026-12-08", "next_meeting": "later", "learning": LEARNED}
    version = client.get(url).context["form"]["version"].value()
    assert client.post(url, {**trial, "version": version, **typed}).status_code == 302


def reopen(client: Client, url: str) -> Any:
    return client.post(url.replace("afslut", "referat/genaabn"), follow=True)


def states() -> list[tuple[int, str, str]]:
    return list(LedgerEntry.objects.order_by("step", "pk").values_list("step", "state", "why"))


def test_it_is_a_draft_again_and_what_was_agreed_stays(client: Client, url: str) -> None:
    close(client, url)
    for _time in range(2):
        assert "Det her er en kladde" in reopen(client, url).content.decode()
    conversation = Conversation.objects.select_related("meeting").get()
    assert (conversation.closed_at, conversation.learning, conversation.version) == (None, LEARNED, 2)
    assert (conversation.meeting.state, Agreement.objects.count()) == (MeetingState.HELD, 1)


def test_everyone_of_the_team_gets_a_link_and_no_word_the_same_day(
    client: Client, url: str, team: Team, member: User, mail_server: MailServer
) -> None:
    serving = make_resource_person(team)
    make_leader(team.unit)
    close(client, url)
    assert relay_mail(seconds=20) == 2
    assert sorted(mail_server.recipients) == sorted([member.email, serving.email])
    minutes = url.replace("afslut", "referat")
    for mail in mail_server.mails:
        for part in (text_of(mail), html_of(mail)):
            assert ("Nord" in part, minutes in part) == (True, True)
            assert (LEARNED in part, "Vi tæller" in part) == (False, False)
    assert relay_mail(seconds=20) == 0


def test_who_has_left_or_is_deactivated_gets_none(
    client: Client, url: str, team: Team, member: User, mail_server: MailServer
) -> None:
    left, away = make_member(team, name="Bo"), make_member(team, name="Cilla")
    close(client, url)
    Membership.objects.filter(person=left).update(ends_on=dt.date(2026, 11, 24))
    User.objects.filter(pk=away.pk).update(is_active=False)
    relay_mail(seconds=20)
    assert mail_server.recipients == [member.email]
    assert sorted(states()) == [(1, "cancelled", "inactive"), (1, "cancelled", "not_theirs"), (1, "sent", "")]


def test_closed_again_it_sends_an_update_once(client: Client, url: str, mail_server: MailServer) -> None:
    close(client, url)
    relay_mail(seconds=20)
    reopen(client, url)
    assert relay_mail(seconds=20) == 0
    close(client, url, what_1="", learning="Pauser hjælper.")
    assert [relay_mail(seconds=20) for _time in range(2)] == [1, 0]
    assert "Referatet af mødet 24. november 2026 er ændret." in text_of(mail_server.mails[1])
    assert mail_server.mails[0]["Message-ID"] != mail_server.mails[1]["Message-ID"]


def test_a_draft_is_told_to_nobody_and_of_two_closings_only_the_last(
    client: Client, url: str, mail_server: MailServer
) -> None:
    close(client, url)
    reopen(client, url)
    assert (relay_mail(seconds=20), states()) == (0, [(1, "cancelled", "settled")])
    close(client, url, what_1="")
    reopen(client, url)
    close(client, url, what_1="")
    assert relay_mail(seconds=20) == 1
    assert states() == [(1, "cancelled", "settled"), (2, "cancelled", "settled"), (3, "sent", "")]
