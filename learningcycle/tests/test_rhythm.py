"""Choosing and ending a team's rhythm."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from learningcycle.actions import plan_ahead
from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from learningcycle.tests.conftest import TUESDAY
from tests.builders import make_rhythm


@pytest.fixture
def address(team):
    return reverse("learningcycle:rhythm", args=[team.pk])


def answers(**changed):
    return {
        "nth": "2",
        "weekday": "1",
        "begins": "10:00",
        "ends": "11:00",
        "in_own_calendar": "on",
        "token": str(uuid.uuid4()),
        **changed,
    }


def planned_days(team):
    return [m.on.isoformat() for m in Meeting.objects.filter(team=team, state=MeetingState.PLANNED)]


def test_a_team_chooses_the_second_tuesday_and_three_months_are_planned(as_member, address, team):
    as_member.post(address, answers())
    plan_ahead(today=TUESDAY)
    assert planned_days(team) == ["2026-12-08", "2027-01-12", "2027-02-09"]


def test_another_rhythm_takes_the_place_of_the_old_one(as_member, address, team):
    make_rhythm(team, starts_on=TUESDAY - dt.timedelta(days=90))
    plan_ahead(today=TUESDAY)
    as_member.post(address, answers(nth="1", weekday="3"))
    plan_ahead(today=TUESDAY)
    assert planned_days(team) == ["2026-12-03", "2027-01-07", "2027-02-04"]


def test_ending_the_rhythm_takes_out_what_nobody_touched(as_member, team):
    make_rhythm(team, starts_on=TUESDAY - dt.timedelta(days=90))
    plan_ahead(today=TUESDAY)
    as_member.post(reverse("learningcycle:rhythm_end", args=[team.pk]))
    assert planned_days(team) == []
    assert Rhythm.objects.get().ends_on == TUESDAY


def test_an_end_before_the_beginning_is_said_at_its_field(as_member, address):
    response = as_member.post(address, answers(ends="09:30"))
    assert list(response.context["form"].errors) == ["ends"]
    assert not Rhythm.objects.exists()


def test_a_stranger_is_told_nothing(as_stranger, address):
    assert as_stranger.post(address, answers()).status_code == 404
    assert not Rhythm.objects.exists()
