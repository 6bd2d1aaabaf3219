"""A unit's leader closes a team: the page says what ends with it, and all of it does."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from observations.enums import VisitState
from teams.models import Membership, Team
from tests.builders import (
    make_leader,
    make_meeting,
    make_member,
    make_resource_person,
    make_rhythm,
    make_team,
    make_team_leader,
    make_unit,
    make_visit,
)

CLOSES_ON = dt.date(2026, 12, 1)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    team = make_team("Nord", unit=make_unit("Birkeskolen"))
    visitor = make_resource_person(team)
    make_member(team)
    make_team_leader(team)
    make_rhythm(team)
    for day in (20, 28):
        make_meeting(team, dt.date(2026, 11, day))
    for month in (12, 1):
        year = 2026 if month == 12 else 2027
        make_meeting(team, dt.date(year, month, 8))
    make_visit(team, visitor, dt.date(2026, 12, 8))
    return team


@pytest.fixture
def url(team: Team, client: Client) -> str:
    client.force_login(make_leader(team.unit))
    return reverse("teams:team_close", args=[team.pk])


def test_the_page_says_what_ends(client: Client, url: str) -> None:
    response = client.get(url)
    page = " ".join(response.content.decode().split())
    assert sorted(words.split()[0] for words in response.context["planned"]) == ["besøg", "møde", "møde", "møde"]
    for words in ("1 medlemskab", "1 ressourcepersons opgave", "ansvarlig leder: Tove Teamleder", "Besøg tirsdag 8. d"):
        assert words in page


def test_every_role_ends_and_what_is_planned_from_the_day_is_cancelled(client: Client, url: str, team: Team) -> None:
    response = client.post(url, {"on": CLOSES_ON, "version": team.version})
    assert response.headers["Location"] == reverse("dashboard:unit_detail", args=[team.unit_id])
    team.refresh_from_db()
    assert team.ends_on == CLOSES_ON
    for rows in (team.membership_rows, team.resource_person_rows, team.leader_rows, team.rhythms):
        assert list(rows.values_list("ends_on", flat=True)) == [CLOSES_ON]
    assert list(team.meetings.values_list("state", flat=True)) == [
        MeetingState.PLANNED,
        MeetingState.PLANNED,
        MeetingState.CANCELLED,
        MeetingState.CANCELLED,
    ]
    assert [(visit.state, visit.sequence) for visit in team.visits.all()] == [(VisitState.CANCELLED, 1)]


def test_closed_today_it_keeps_what_has_begun(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    make_meeting(team, tuesday, time=dt.time(8))
    make_meeting(team, tuesday, time=dt.time(14))
    client.post(url, {"on": tuesday, "version": team.version})
    of_today = team.meetings.filter(starts_at__date=tuesday).values_list("state", flat=True)
    assert list(of_today) == [MeetingState.PLANNED, MeetingState.CANCELLED]
    assert not Membership.objects.in_force(tuesday).exists()


@pytest.mark.parametrize("on", ["2026-11-23", "", "x"])
def test_a_day_that_has_passed_is_refused_at_the_field(client: Client, url: str, team: Team, on: str) -> None:
    response = client.post(url, {"on": on, "version": team.version})
    assert list(response.context["form"].errors) == ["on"]
    team.refresh_from_db()
    assert (team.ends_on, team.membership_rows.get().ends_on) == (None, None)


def test_a_page_that_is_too_old_closes_nothing(client: Client, url: str, team: Team) -> None:
    Team.objects.update(version=7)
    response = client.post(url, {"on": CLOSES_ON, "version": 0})
    assert list(response.context["form"].errors) == ["__all__"]
    team.refresh_from_db()
    assert team.ends_on is None


def test_closed_it_says_so_when_closed_again(client: Client, url: str, team: Team) -> None:
    client.post(url, {"on": CLOSES_ON, "version": team.version})
    response = client.post(url, {"on": "2026-12-24", "version": 1})
    assert response.context["form"].errors == {"on": ["Teamet er lukket den dag."]}


def test_the_responsible_leader_does_not_close_it(client: Client, url: str, team: Team) -> None:
    client.force_login(team.leader_rows.get().person)
    assert client.post(url, {"on": CLOSES_ON, "version": team.version}).status_code == 403
