"""Putting an item on a meeting's agenda."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import AgendaItem, Meeting
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_meeting
from tests.cycle_builders import make_conversation

FORM = {"title": "Nyt fra udvalget", "question": "Hvad skal vi vide?", "minutes": "5"}


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("learningcycle:agenda_item_add", args=[meeting.pk])


def test_the_item_stands_last(client: Client, url: str, meeting: Meeting) -> None:
    make_conversation(meeting)
    response = client.post(url, FORM)
    assert response["Location"] == reverse("learningcycle:meeting_prepare", args=[meeting.pk])
    last = meeting.conversation.items.all()[7]
    assert (last.title, last.question, last.minutes, last.position) == (
        "Nyt fra udvalget",
        "Hvad skal vi vide?",
        5,
        8,
    )
    meeting.conversation.refresh_from_db()
    assert meeting.conversation.version == 1


def test_nothing_need_be_prepared_before(client: Client, url: str, meeting: Meeting) -> None:
    client.post(url, FORM)
    assert meeting.conversation.items.count() == 8


def test_a_double_click_adds_once(client: Client, url: str) -> None:
    form = {**FORM, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert AgendaItem.objects.filter(title="Nyt fra udvalget").count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "241"}, "minutes"),
        ({"minutes": "600"}, "minutes"),
        ({"minutes": "181"}, "minutes"),  # 60 stand there, and 240 is the most
        ({"minutes": ""}, "minutes"),
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"title": "Om 010190-1234"}, "title"),
        ({"question": "Om 010190-1234?"}, "question"),
        ({"question": "x" * 200_000}, "question"),
    ],
)
def test_what_cannot_be_is_refused(client: Client, url: str, wrong: dict[str, Any], where: str) -> None:
    response = client.post(url, {**FORM, **wrong})
    assert list(response.context["form"].errors) == [where]
    assert not AgendaItem.objects.filter(title=FORM["title"]).exists()


def test_an_agenda_of_more_than_four_hours_is_told_at_the_field(client: Client, url: str) -> None:
    content = client.post(url, {**FORM, "minutes": "181"}).content.decode()
    assert "Hele dagsordenen ville tage 241 minutter. Den kan højst tage 240." in content
    assert client.post(url, {**FORM, "minutes": "180"}).status_code == 302


def test_closed_nothing_is_added(client: Client, url: str, meeting: Meeting) -> None:
    make_conversation(meeting, begun_at=meeting.starts_at, closed_at=meeting.ends_at)
    response = client.post(url, FORM)
    assert response.context["form"].errors == {"__all__": ["Samtalen er afsluttet. Åbn den igen først."]}


def test_markup_and_lines_from_other_programs_stay_text(client: Client, url: str, meeting: Meeting) -> None:
    client.post(url, {**FORM, "question": "<b>Første</b>\x0banden\u2028tredje"})
    assert meeting.conversation.items.all()[7].question == "<b>Første</b>\nanden\ntredje"
    page = client.get(reverse("learningcycle:meeting_detail", args=[meeting.pk])).content.decode()
    assert "&lt;b&gt;Første&lt;/b&gt;" in page
