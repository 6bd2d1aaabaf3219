"""Planning a meeting."""

import uuid

import pytest
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.common.dates import local_date


@pytest.fixture
def address(team):
    return reverse("learningcycle:meeting_plan", args=[team.pk])


def answers(**changed):
    return {
        "on": "2026-12-01",
        "begins": "10:00",
        "ends": "11:00",
        "in_own_calendar": "on",
        "token": str(uuid.uuid4()),
        **changed,
    }


def test_a_member_plans_a_meeting_and_lands_on_the_team(as_member, address, team):
    response = as_member.post(address, answers())
    assert response.url == reverse("dashboard:team", args=[team.pk])
    meeting = Meeting.objects.get()
    assert (local_date(meeting.starts_at).isoformat(), meeting.state, meeting.in_own_calendar) == (
        "2026-12-01",
        MeetingState.PLANNED,
        True,
    )
    assert meeting.changed_by_person


def test_ten_in_the_morning_is_ten_in_copenhagen_summer_and_winter(as_member, address):
    as_member.post(address, answers(on="2027-03-26"))
    as_member.post(address, answers(on="2027-03-30"))
    winter, summer = Meeting.objects.order_by("starts_at")
    assert (winter.starts_at.isoformat(), summer.starts_at.isoformat()) == (
        "2027-03-26T09:00:00+00:00",
        "2027-03-30T08:00:00+00:00",
    )


def test_a_leader_may_plan_as_well(as_leader, address):
    as_leader.post(address, answers())
    assert Meeting.objects.count() == 1


def test_a_stranger_is_told_nothing(as_stranger, address):
    assert as_stranger.post(address, answers()).status_code == 404
    assert not Meeting.objects.exists()


def test_a_double_click_plans_one_meeting(as_member, address):
    twice = answers()
    responses = [as_member.post(address, twice) for _ in range(2)]
    assert [response.status_code for response in responses] == [302, 302]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends": "09:00"}, "ends"),
        ({"on": "2026-11-31"}, "on"),
        ({"begins": ""}, "begins"),
        ({"on": "2026-11-23"}, "__all__"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_rest_is_kept(as_member, address, changed, field):
    response = as_member.post(address, answers(**changed))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["in_own_calendar"].value()
    assert not Meeting.objects.exists()


def test_two_meetings_at_the_same_time_are_refused(as_member, address):
    as_member.post(address, answers())
    response = as_member.post(address, answers())
    assert list(response.context["form"].errors) == ["__all__"]
    assert Meeting.objects.count() == 1
