"""Moving a planned meeting."""

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
    return reverse("learningcycle:meeting_move", args=[meeting.pk])


def answers(**changed):
    return {"on": "2026-12-03", "begins": "13:00", "ends": "14:00", "version": "0", **changed}


def test_the_meeting_moves_and_its_sequence_grows(as_member, address, meeting):
    as_member.post(address, answers())
    meeting.refresh_from_db()
    assert (meeting.on, meeting.sequence, meeting.changed_by_person) == (dt.date(2026, 12, 3), 1, True)


def test_the_same_time_is_no_move(as_member, address, meeting):
    as_member.post(address, answers(on="2026-12-01", begins="10:00", ends="11:00"))
    meeting.refresh_from_db()
    assert meeting.sequence == 0


def test_a_page_opened_before_a_colleagues_move_is_refused_once_with_everything_kept(as_member, address, meeting):
    as_member.post(address, answers())
    stale = as_member.post(address, answers(on="2026-12-08"))
    assert list(stale.context["form"].errors) == ["__all__"]
    assert stale.context["form"]["on"].value() == "2026-12-08"
    assert str(stale.context["form"]["version"].value()) == "1"
    as_member.post(address, answers(on="2026-12-08", version="1"))
    meeting.refresh_from_db()
    assert meeting.on == dt.date(2026, 12, 8)


def test_a_cancelled_meeting_does_not_move(as_member, address, meeting):
    as_member.post(reverse("learningcycle:meeting_cancel", args=[meeting.pk]))
    response = as_member.post(address, answers(version="1"))
    assert list(response.context["form"].errors) == ["__all__"]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.on) == (MeetingState.CANCELLED, dt.date(2026, 12, 1))


def test_a_stranger_is_told_nothing(as_stranger, address, meeting):
    assert as_stranger.post(address, answers()).status_code == 404
    meeting.refresh_from_db()
    assert meeting.on == dt.date(2026, 12, 1)
