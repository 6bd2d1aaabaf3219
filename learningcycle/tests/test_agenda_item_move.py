"""Moving an item of a meeting's agenda up and down."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Conversation
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_meeting
from tests.cycle_builders import make_conversation


@pytest.fixture
def conversation(team: Team, member: User, tuesday: dt.date) -> Conversation:
    made = make_conversation(make_meeting(team, dt.date(2026, 12, 8)))
    made.items.filter(position__gt=3).delete()
    for item, title in zip(made.items.all(), "abc", strict=True):
        item.title = title
        item.save()
    return made


def order_after(client: Client, conversation: Conversation, place: int, to: str) -> str:
    item = conversation.items.all()[place - 1]
    response = client.post(reverse("learningcycle:agenda_item_move", args=[item.pk]), {"to": to})
    assert response["Location"] == reverse("learningcycle:meeting_prepare", args=[conversation.meeting_id])
    assert [item.position for item in conversation.items.all()] == [1, 2, 3]
    return "".join(item.title for item in conversation.items.all())


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [(2, "1", "bac"), (2, "3", "acb"), (3, "1", "cab"), (1, "99", "bca"), (3, "0", "cab")],
)
def test_the_others_make_room(client: Client, conversation: Conversation, place: int, to: str, order: str) -> None:
    assert order_after(client, conversation, place, to) == order


@pytest.mark.parametrize("to", ["", "op", "-1"])
def test_no_place_changes_nothing(client: Client, conversation: Conversation, to: str) -> None:
    assert order_after(client, conversation, 2, to) == "abc"


def test_the_page_offers_up_and_down_where_there_is_room(client: Client, conversation: Conversation) -> None:
    content = client.get(reverse("learningcycle:meeting_prepare", args=[conversation.meeting_id])).content.decode()
    assert (content.count(">Op<span"), content.count(">Ned<span")) == (2, 2)
