"""Planning a meeting that is to come."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_meeting, make_rhythm

DAY = dt.date(2026, 12, 8)
FORM = {"on": "2026-12-08", "begins": "13:00", "ends": "14.30", "in_own_calendar": "on"}


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:meeting_plan", args=[team.pk])


def test_the_meeting_is_planned(client: Client, url: str, team: Team) -> None:
    response = client.post(url, FORM)
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    meeting = Meeting.objects.get()
    assert (meeting.team, meeting.state, meeting.changed_by_person) == (team, MeetingState.PLANNED, True)
    assert (meeting.starts_at, meeting.ends_at) == (at(DAY, dt.time(13)), at(DAY, dt.time(14, 30)))


def test_an_unticked_calendar_is_remembered(client: Client, url: str) -> None:
    client.post(url, {name: value for name, value in FORM.items() if name != "in_own_calendar"})
    assert Meeting.objects.get().in_own_calendar is False


def test_today_can_still_be_planned(client: Client, url: str, tuesday: dt.date) -> None:
    client.post(url, {**FORM, "on": tuesday.isoformat(), "begins": "08:00"})
    assert Meeting.objects.get().on == tuesday


def test_a_double_click_plans_once(client: Client, url: str) -> None:
    form = {**FORM, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"on": "2026-11-23"}, "__all__"),
        ({"on": ""}, "on"),
        ({"on": "31-11-2026"}, "on"),
        ({"begins": "25:00"}, "begins"),
        ({"ends": "13:00"}, "ends"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_kept_on_the_page(
    client: Client, url: str, wrong: dict[str, Any], where: str
) -> None:
    response = client.post(url, {**FORM, **wrong})
    form = response.context["form"]
    assert list(form.errors) == [where]
    assert {name: form[name].value() for name in FORM} == {**FORM, "in_own_calendar": True, **wrong}
    assert Meeting.objects.count() == 0


def test_two_meetings_at_one_time_are_refused(client: Client, url: str, team: Team) -> None:
    make_meeting(team, DAY, time=dt.time(13))
    response = client.post(url, FORM)
    assert list(response.context["form"].errors) == ["__all__"]
    assert Meeting.objects.count() == 1


def test_the_page_proposes_the_times_of_the_rhythm(client: Client, url: str, team: Team) -> None:
    make_rhythm(team, starts_at=dt.time(14), ends_at=dt.time(15, 30))
    form = client.get(url).context["form"]
    assert (form["begins"].value(), form["ends"].value()) == (dt.time(14), dt.time(15, 30))
