"""The minutes on the page: every word, for the team and its resource persons alone."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from learningcycle.enums import EntryKind
from learningcycle.models import Attendance, Conversation
from learningcycle.tests.conftest import WRITTEN
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_leader, make_meeting, make_member, make_resource_person, make_team
from tests.cycle_builders import make_conversation


def page(client: Client, conversation: Conversation) -> Any:
    return client.get(reverse("learningcycle:minutes", args=[conversation.meeting_id]))


def said(response: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_everything_said_and_agreed_on_stands_there(client: Client, closed: Conversation) -> None:
    response = page(client, closed)
    shown = " ".join(said(response).split())
    words = (
        "Referat af mødet tirsdag 24. november", "endeligt", "Mødeleder Mette Medlem", "3 personer",
        "Bedre spørgsmål", "Reflektér og sæt mål", "Hvad gør stilhed?", "Siden sidst Vi prøvede at vente.",
        "Vi tæller til fem. (Mette Medlem, tirsdag 8. december)", "Flere taler.", "Halvdelen siger noget.",
        "Pauser er arbejde.", "Roligt.", "Hvor længe?", "Vi mødes tirsdag 8. december kl. 10.00-11.00.",
        "Fokusperson: Mette Medlem", "Navnene på dem, der var til stede, slettes efter 12 måneder.",
    )  # fmt: skip
    assert [text for text in words if text not in shown] == []
    assert html.escape(WRITTEN) in response.content.decode()
    assert "Der er ikke skrevet noget under Tjek ind" in shown


def test_a_draft_says_so_and_leads_to_the_closing(client: Client, closed: Conversation) -> None:
    close = reverse("learningcycle:meeting_close", args=[closed.meeting_id])
    assert close not in page(client, closed).content.decode()
    Conversation.objects.update(closed_at=None)
    shown = page(client, closed).content.decode()
    assert ("Det her er en kladde, indtil I afslutter samtalen." in shown, close in shown) == (True, True)


def test_what_nobody_has_written_in_says_what_would_stand_there(client: Client, team: Team, member: User) -> None:
    made = make_conversation(make_meeting(team, dt.date(2026, 11, 3)))
    assert "Der er ikke skrevet noget endnu." in page(client, made).content.decode()


def test_a_meeting_without_a_conversation_has_no_minutes(client: Client, team: Team, member: User) -> None:
    meeting = make_meeting(team, dt.date(2026, 11, 3))
    assert client.get(reverse("learningcycle:minutes", args=[meeting.pk])).status_code == 404


@pytest.mark.parametrize("name", ["minutes", "minutes_print", "minutes_pdf", "minutes_docx"])
def test_the_team_and_its_resource_persons_read_it_and_nobody_else(
    client: Client, closed: Conversation, name: str
) -> None:
    team = closed.meeting.team
    readers = {make_resource_person(team): 200, make_leader(team.unit): 403, make_member(make_team("Syd")): 404}
    for person, status in readers.items():
        client.force_login(person)
        answer = client.get(reverse(f"learningcycle:{name}", args=[closed.meeting_id]))
        assert answer.status_code == status


def test_signs_that_came_later_are_not_in_it(client: Client, closed: Conversation) -> None:
    assert closed.cycle is not None
    closed.cycle.entries.create(kind=EntryKind.SIGN, text="Et senere tegn.", added_on=dt.date(2026, 11, 25))
    assert "Et senere tegn." not in page(client, closed).content.decode()


def test_nasty_text_is_text(client: Client, closed: Conversation, nasty: str) -> None:
    closed.items.filter(position=2).update(text=nasty)
    assert html.escape(nasty) in page(client, closed).content.decode()


def test_it_costs_the_same_with_one_item_and_with_many(
    client: Client, closed: Conversation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, closed)
    with CaptureQueriesContext(connection) as first:
        page(client, closed)
    closed.items.update(text="Skrevet.")
    for name in ("Anne", "Bo", "Cilla"):
        Attendance.objects.create(conversation=closed, person=make_member(closed.meeting.team, name=name))
    with django_assert_num_queries(len(first)):
        page(client, closed)
