"""Choosing the team's rhythm, and meeting without one."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.actions import plan_ahead
from learningcycle.models import Meeting, Rhythm
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_rhythm

FIRST_THURSDAY = {"nth": "1", "weekday": "3", "begins": "13:00", "ends": "14:00", "in_own_calendar": "on"}


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:rhythm", args=[team.pk])


def in_force(team: Team, on: dt.date) -> list[tuple[int, int]]:
    return list(Rhythm.objects.in_force(on).filter(team=team).values_list("nth", "weekday"))


def test_the_rhythm_holds_from_today(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    response = client.post(url, FIRST_THURSDAY)
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    assert in_force(team, tuesday) == [(1, 3)]


def test_the_plan_follows_it(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    client.post(url, FIRST_THURSDAY)
    plan_ahead(today=tuesday)
    assert [meeting.on for meeting in Meeting.objects.all()] == [
        dt.date(2026, 12, 3),
        dt.date(2027, 1, 7),
        dt.date(2027, 2, 4),
    ]


def test_another_rhythm_ends_the_first_and_its_untouched_meetings(
    client: Client, url: str, team: Team, tuesday: dt.date
) -> None:
    make_rhythm(team)
    plan_ahead(today=tuesday)
    client.post(url, FIRST_THURSDAY)
    assert in_force(team, tuesday - dt.timedelta(days=1)) == [(2, 1)]
    assert in_force(team, tuesday) == [(1, 3)]
    assert {meeting.state for meeting in Meeting.objects.all()} == {"cancelled"}


def test_a_double_click_chooses_once(client: Client, url: str) -> None:
    form = {**FIRST_THURSDAY, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Rhythm.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"), [({"nth": "5"}, "nth"), ({"weekday": "6"}, "weekday"), ({"ends": "12:00"}, "ends")]
)
def test_a_rhythm_that_cannot_be_is_refused(client: Client, url: str, wrong: dict[str, Any], where: str) -> None:
    assert list(client.post(url, {**FIRST_THURSDAY, **wrong}).context["form"].errors) == [where]
    assert Rhythm.objects.count() == 0


def test_the_page_shows_the_rhythm_in_force(client: Client, url: str, team: Team) -> None:
    make_rhythm(team)
    form = client.get(url).context["form"]
    assert (form["nth"].value(), form["weekday"].value(), form["begins"].value()) == (2, 1, dt.time(10))


def test_meeting_without_a_rhythm_keeps_what_was_moved(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    make_rhythm(team)
    plan_ahead(today=tuesday)
    december = Meeting.objects.earliest("starts_at")
    Meeting.objects.filter(pk=december.pk).update(changed_by_person=True)
    client.post(reverse("learningcycle:rhythm_end", args=[team.pk]))
    assert in_force(team, tuesday) == []
    assert list(Meeting.objects.filter(state="planned")) == [december]
