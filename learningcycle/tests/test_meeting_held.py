"""The team's own word that a meeting was held, and taking it back."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_meeting

HELD, PLANNED = MeetingState.HELD, MeetingState.PLANNED


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 11, 10))


def say(client: Client, meeting: Meeting, verb: str, **answer: str) -> str:
    """Say it, and give the kind of the answer."""
    response: Any = client.post(reverse(f"learningcycle:{verb}", args=[meeting.pk]), answer)
    assert response["Location"] == reverse("dashboard:team_detail", args=[meeting.team_id])
    meeting.refresh_from_db()
    return [message.level_tag for message in get_messages(response.wsgi_request)][-1]


@pytest.mark.parametrize(("answer", "with_cycle"), [("1", True), ("0", False), ("", False)])
def test_the_meeting_was_held(client: Client, meeting: Meeting, answer: str, *, with_cycle: bool) -> None:
    assert say(client, meeting, "meeting_held", with_learning_cycle=answer) == "success"
    assert (meeting.state, meeting.with_learning_cycle) == (HELD, with_cycle)


def test_saying_it_again_corrects_it(client: Client, meeting: Meeting) -> None:
    say(client, meeting, "meeting_held", with_learning_cycle="0")
    say(client, meeting, "meeting_held", with_learning_cycle="1")
    assert meeting.with_learning_cycle is True


def test_a_meeting_to_come_was_not_held(client: Client, team: Team, meeting: Meeting) -> None:
    coming = make_meeting(team, dt.date(2026, 11, 25))
    assert say(client, coming, "meeting_held", with_learning_cycle="1") == "error"
    assert coming.state == PLANNED


def test_a_cancelled_meeting_was_not_held(client: Client, team: Team, meeting: Meeting) -> None:
    cancelled = make_meeting(team, dt.date(2026, 11, 3), state=MeetingState.CANCELLED)
    assert say(client, cancelled, "meeting_held", with_learning_cycle="1") == "error"
    assert cancelled.state == MeetingState.CANCELLED


def test_taking_it_back_leaves_it_planned(client: Client, meeting: Meeting) -> None:
    say(client, meeting, "meeting_held", with_learning_cycle="1")
    assert say(client, meeting, "meeting_reopen") == "success"
    assert (meeting.state, meeting.with_learning_cycle) == (PLANNED, False)
