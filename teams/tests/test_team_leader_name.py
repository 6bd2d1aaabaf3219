"""The unit's leader names who is responsible for a team."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Team, TeamLeader
from tests.builders import SINCE, make_leader, make_member, make_person, make_team, make_team_leader, make_unit


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def person(team: Team) -> User:
    return make_member(make_team("Ledelse", unit=team.unit), "Pia Pædagogisk")


@pytest.fixture
def url(team: Team, client: Client) -> str:
    client.force_login(make_leader(team.unit))
    return reverse("teams:team_leader_name", args=[team.pk])


def spans(team: Team) -> list[tuple[str, dt.date, dt.date | None]]:
    return [(row.person.name, row.starts_on, row.ends_on) for row in team.leader_rows.order_by("starts_on")]


def test_the_new_one_follows_the_one_before(client: Client, url: str, team: Team, person: User) -> None:
    make_team_leader(team)
    december = dt.date(2026, 12, 1)
    client.post(url, {"person": person.pk, "starts_on": december})
    assert spans(team) == [("Tove Teamleder", SINCE, december), ("Pia Pædagogisk", december, None)]


def test_nobody_in_particular_leaves_it_to_the_units_leader(client: Client, url: str, team: Team) -> None:
    make_team_leader(team)
    client.post(url, {"person": "", "starts_on": "2026-12-01"})
    assert spans(team) == [("Tove Teamleder", SINCE, dt.date(2026, 12, 1))]


def test_who_is_already_is_told_at_the_field(client: Client, url: str, team: Team) -> None:
    leader = make_team_leader(team)
    response = client.post(url, {"person": leader.pk, "starts_on": "2026-12-01"})
    assert response.context["form"].errors == {"person": ["Har allerede ansvaret for teamet den dag."]}


def test_someone_named_for_later_is_not_overruled(client: Client, url: str, team: Team, person: User) -> None:
    later = make_person("Sofie Senere")
    TeamLeader.objects.create(team=team, person=later, starts_on=dt.date(2027, 1, 1))
    response = client.post(url, {"person": person.pk, "starts_on": "2026-12-01"})
    assert list(response.context["form"].errors) == ["person"]
    assert spans(team) == [("Sofie Senere", dt.date(2027, 1, 1), None)]


def test_the_responsible_leader_does_not_name_her_successor(client: Client, url: str, team: Team, person: User) -> None:
    client.force_login(make_team_leader(team))
    assert client.post(url, {"person": person.pk, "starts_on": "2026-12-01"}).status_code == 403
    assert len(spans(team)) == 1
