"""Cancelling a planned meeting, after being asked once."""

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


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


def cancel(client: Client, meeting: Meeting) -> str:
    """Cancel, and give the kind of the answer."""
    response: Any = client.post(reverse("learningcycle:meeting_cancel", args=[meeting.pk]))
    assert response["Location"] == reverse("dashboard:team_detail", args=[meeting.team_id])
    meeting.refresh_from_db()
    return [message.level_tag for message in get_messages(response.wsgi_request)][-1]


def test_the_page_asks_and_does_nothing(client: Client, meeting: Meeting) -> None:
    response = client.get(reverse("learningcycle:meeting_cancel", args=[meeting.pk]))
    assert response.context["meeting"] == meeting
    meeting.refresh_from_db()
    assert meeting.is_planned


def test_the_meeting_is_cancelled_and_stays_so(client: Client, meeting: Meeting) -> None:
    assert cancel(client, meeting) == "success"
    assert (meeting.state, meeting.changed_by_person, meeting.sequence) == (MeetingState.CANCELLED, True, 1)


def test_cancelling_twice_changes_nothing(client: Client, meeting: Meeting) -> None:
    cancel(client, meeting)
    assert cancel(client, meeting) == "success"
    assert meeting.sequence == 1


def test_a_held_meeting_is_not_cancelled(client: Client, meeting: Meeting) -> None:
    meeting.state = MeetingState.HELD
    meeting.save()
    assert cancel(client, meeting) == "error"
    assert meeting.state == MeetingState.HELD
