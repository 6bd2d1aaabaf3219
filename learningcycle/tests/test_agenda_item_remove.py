"""Taking an item off a meeting's agenda."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.models import AgendaItem, Conversation, SilentNote
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_meeting
from tests.cycle_builders import make_conversation


@pytest.fixture
def conversation(team: Team, member: User, tuesday: dt.date) -> Conversation:
    meeting = make_meeting(team, tuesday)
    return make_conversation(meeting, begun_at=meeting.starts_at, texts=["", "Vi er trætte."])


def remove(client: Client, item: AgendaItem) -> str:
    """Take it out, and give what was said."""
    response: Any = client.post(reverse("learningcycle:agenda_item_remove", args=[item.pk]))
    assert response["Location"] == reverse("learningcycle:meeting_prepare", args=[item.conversation.meeting_id])
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def test_the_item_is_gone_and_the_places_follow(client: Client, conversation: Conversation) -> None:
    third = conversation.items.all()[2]
    assert remove(client, third) == f"”{third.title}” er taget af dagsordenen."
    assert [item.position for item in conversation.items.all()] == [1, 2, 3, 4, 5, 6]


def test_who_is_at_it_goes_on_to_the_next(client: Client, conversation: Conversation) -> None:
    first, second = conversation.items.all()[:2]
    Conversation.objects.update(spent_seconds=90)
    remove(client, first)
    conversation.refresh_from_db()
    assert (conversation.current, conversation.spent_seconds) == (second, 0)


@pytest.mark.parametrize("in_silence", [False, True])
def test_where_something_is_written_it_stays(client: Client, conversation: Conversation, *, in_silence: bool) -> None:
    item = conversation.items.all()[3 if in_silence else 1]
    if in_silence:
        SilentNote.objects.create(item=item, text="Vi er trætte.")
    assert remove(client, item) == "Der er skrevet noget ved punktet, så det bliver på dagsordenen."
    assert conversation.items.count() == 7


def test_something_is_left_to_talk_about(client: Client, conversation: Conversation) -> None:
    first = conversation.items.all()[0]
    conversation.items.exclude(pk=first.pk).delete()
    assert remove(client, first) == "Hele dagsordenen ville tage 0 minutter. Den skal tage mindst 5."
    assert conversation.items.count() == 1
