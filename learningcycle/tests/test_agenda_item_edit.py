"""Changing an item of a meeting's agenda."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import AgendaItem
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_meeting
from tests.cycle_builders import make_conversation

FORM = {"title": "Siden sidst, kort", "question": "", "minutes": "3", "version": "0"}


@pytest.fixture
def item(team: Team, member: User, tuesday: dt.date) -> AgendaItem:
    conversation = make_conversation(make_meeting(team, dt.date(2026, 12, 8)), texts=["Sag 010190-1234.", "To."])
    return conversation.items.all()[0]


def edit(client: Client, item: AgendaItem, **changed: str) -> Any:
    response = client.post(reverse("learningcycle:agenda_item_edit", args=[item.pk]), {**FORM, **changed})
    item.refresh_from_db()
    return response


def test_words_and_minutes_are_changed_and_the_text_stays(client: Client, item: AgendaItem) -> None:
    response = edit(client, item)
    assert response["Location"] == reverse("learningcycle:meeting_prepare", args=[item.conversation.meeting_id])
    assert (item.title, item.question, item.minutes) == ("Siden sidst, kort", "", 3)
    assert (item.text, item.text_version) == ("Sag 010190-1234.", 1)


def test_two_who_change_it_at_once_are_told(client: Client, item: AgendaItem) -> None:
    edit(client, item)
    response = edit(client, item, title="Mine ord")
    assert list(response.context["form"].errors) == ["__all__"]
    assert item.title == "Siden sidst, kort"


@pytest.mark.parametrize("minutes", ["0", "241", "185"])
def test_the_minutes_are_told_at_the_field(client: Client, item: AgendaItem, minutes: str) -> None:
    assert list(edit(client, item, minutes=minutes).context["form"].errors) == ["minutes"]
    assert item.minutes == 4


def test_an_agenda_of_less_than_five_minutes_is_refused(client: Client, item: AgendaItem) -> None:
    item.conversation.items.exclude(pk=item.pk).delete()
    response = edit(client, item, minutes="4")
    told = "Hele dagsordenen ville tage 4 minutter. Den skal tage mindst 5."
    assert response.context["form"].errors == {"minutes": [told]}


def test_an_item_that_is_gone_is_not_there(client: Client, item: AgendaItem) -> None:
    url = reverse("learningcycle:agenda_item_edit", args=[item.pk])
    item.delete()
    assert client.post(url, FORM).status_code == 404
