"""Noting a meeting that was held without having been planned here."""

import uuid

import pytest
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting


@pytest.fixture
def address(team):
    return reverse("learningcycle:meeting_note", args=[team.pk])


def answers(**changed):
    return {
        "on": "2026-11-24",
        "begins": "08:00",
        "with_learning_cycle": "on",
        "token": str(uuid.uuid4()),
        **changed,
    }


@pytest.mark.parametrize(("ticked", "expected"), [("on", True), ("", False)])
def test_a_member_notes_a_meeting_in_one_step(as_member, address, ticked, expected):
    as_member.post(address, answers(with_learning_cycle=ticked))
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.HELD, expected)


def test_a_leader_does_not_speak_for_the_team(as_leader, address):
    assert as_leader.post(address, answers()).status_code == 403
    assert not Meeting.objects.exists()


def test_a_day_that_has_not_come_is_refused(as_member, address):
    response = as_member.post(address, answers(on="2026-11-25"))
    assert list(response.context["form"].errors) == ["__all__"]
    assert not Meeting.objects.exists()
