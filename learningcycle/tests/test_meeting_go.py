"""Moving everybody from item to item, and the clock."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from learningcycle.models import Conversation
from learningcycle.queries import spent_seconds
from learningcycle.rules import minutes_left
from slf_portal.common.dates import COPENHAGEN
from tests.builders import make_meeting, make_resource_person
from tests.cycle_builders import make_conversation

NINE = dt.datetime(2026, 11, 24, 9, tzinfo=COPENHAGEN)
TURN = "Mødelederen fører samtalen videre. Du kan overtage rollen."


def go(client: Client, conversation: Conversation, **form: Any) -> list[str]:
    response: Any = client.post(reverse("learningcycle:meeting_go", args=[conversation.meeting_id]), form)
    assert response["Location"] == reverse("learningcycle:meeting_run", args=[conversation.meeting_id])
    conversation.refresh_from_db()
    return [message.message for message in get_messages(response.wsgi_request)]


def test_everybody_is_moved_and_the_clock_begins_anew(
    client: Client, running: Conversation, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(300)
    third = running.items.all()[2]
    assert go(client, running, item=third.pk) == []
    assert running.current == third
    assert (running.running_since, running.spent_seconds) == (NINE + dt.timedelta(minutes=5), 0)


def test_going_where_everybody_is_leaves_the_clock(
    client: Client, running: Conversation, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(300)
    go(client, running, item=running.current_id)
    assert running.running_since == NINE


def test_a_pause_keeps_place_and_time_until_another_day(
    client: Client, running: Conversation, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(90)
    go(client, running, clock="pause")
    assert (running.running_since, running.spent_seconds) == (None, 90)
    go(client, running, clock="pause")
    assert running.spent_seconds == 90
    place = running.current
    time_machine.shift(dt.timedelta(days=2))
    go(client, running, clock="resume")
    time_machine.shift(30)
    go(client, running, clock="resume")
    later = NINE + dt.timedelta(days=2, seconds=120)
    assert (running.current, spent_seconds(running, later)) == (place, 120)


@pytest.mark.parametrize("form", [{"position": 2}, {"clock": "pause"}, {"clock": "resume"}])
def test_only_who_leads_moves_the_others(client: Client, running: Conversation, form: dict[str, Any]) -> None:
    before = (running.current, running.running_since)
    client.force_login(make_resource_person(running.meeting.team))
    if "position" in form:
        form = {"item": running.items.get(**form).pk}
    assert go(client, running, **form) == [TURN]
    assert (running.current, running.running_since) == before


def test_an_item_of_another_agenda_moves_nobody(client: Client, running: Conversation) -> None:
    before = running.current
    foreign = make_conversation(make_meeting(running.meeting.team, dt.date(2026, 11, 10))).items.all()[0]
    for item in (foreign.pk, "x", ""):
        go(client, running, item=item)
    assert running.current == before


def test_a_closed_conversation_stands_still(client: Client, running: Conversation) -> None:
    Conversation.objects.update(closed_at=NINE, running_since=None)
    said = go(client, running, clock="resume")
    assert said == ["Samtalen er afsluttet. Den kan åbnes igen fra referatet."]
    assert running.running_since is None


@pytest.mark.parametrize(("spent", "left"), [(0, 4), (1, 4), (60, 3), (239, 1), (240, 0), (299, 0), (300, -1)])
def test_begun_minutes_are_left_and_whole_ones_are_over(spent: int, left: int) -> None:
    assert minutes_left(4, spent) == left


def test_a_clock_that_was_set_back_counts_nothing(running: Conversation) -> None:
    assert spent_seconds(running, NINE - dt.timedelta(minutes=1)) == 0
