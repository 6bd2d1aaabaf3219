"""Saying that a meeting was held, correcting it, and taking it back."""

import datetime as dt

import pytest
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.tests.conftest import TUESDAY
from tests.builders import make_meeting


@pytest.fixture
def meeting(team):
    return make_meeting(team, TUESDAY)


def say(client, meeting, answer):
    response = client.post(
        reverse("learningcycle:meeting_held", args=[meeting.pk]), {"with_learning_cycle": answer}
    )
    meeting.refresh_from_db()
    return response


def test_held_with_the_cycle_then_corrected_then_taken_back(as_member, meeting):
    say(as_member, meeting, "1")
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.HELD, True)
    say(as_member, meeting, "0")
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.HELD, False)
    as_member.post(reverse("learningcycle:meeting_reopen", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.PLANNED, False)


def test_a_meeting_to_come_has_not_been_held(as_member, team):
    coming = make_meeting(team, TUESDAY + dt.timedelta(days=1))
    say(as_member, coming, "1")
    assert coming.state == MeetingState.PLANNED


def test_a_leader_does_not_speak_for_the_team(as_leader, meeting):
    assert say(as_leader, meeting, "1").status_code == 403
    assert meeting.state == MeetingState.PLANNED


def test_a_stranger_is_told_nothing(as_stranger, meeting):
    assert say(as_stranger, meeting, "1").status_code == 404
    assert meeting.state == MeetingState.PLANNED
