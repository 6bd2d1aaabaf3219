"""Cancelling a planned meeting: asked once, done once."""

import datetime as dt

import pytest
from django.urls import reverse

from learningcycle.enums import MeetingState
from tests.builders import make_meeting


@pytest.fixture
def meeting(team):
    return make_meeting(team, dt.date(2026, 12, 1))


@pytest.fixture
def address(meeting):
    return reverse("learningcycle:meeting_cancel", args=[meeting.pk])


def test_looking_at_the_question_cancels_nothing(as_member, address, meeting):
    assert as_member.get(address).status_code == 200
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_a_member_cancels_and_a_second_click_changes_nothing(as_member, address, meeting):
    for _ in range(2):
        as_member.post(address)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)


def test_a_stranger_is_told_nothing(as_stranger, address, meeting):
    assert as_stranger.post(address).status_code == 404
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
