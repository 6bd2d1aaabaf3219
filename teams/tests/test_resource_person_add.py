"""A leader names and ends a team's resource persons."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import UnitKind
from teams.models import ResourcePerson, Team
from tests.builders import make_leader, make_member, make_resource_person, make_team, make_team_leader, make_unit


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def person(team: Team) -> User:
    return make_member(make_team("Syd", unit=team.unit), "Rie Ressource")


@pytest.fixture
def url(team: Team, client: Client) -> str:
    client.force_login(make_team_leader(team))
    return reverse("teams:resource_person_add", args=[team.pk])


def test_she_serves_the_team_from_the_day(client: Client, url: str, team: Team, person: User) -> None:
    client.post(url, {"person": person.pk, "starts_on": "2026-12-01"})
    row = ResourcePerson.objects.get()
    assert (row.team, row.person, row.starts_on) == (team, person, dt.date(2026, 12, 1))


def test_who_does_already_is_told_at_the_field(client: Client, url: str, team: Team) -> None:
    serving = make_resource_person(team)
    response = client.post(url, {"person": serving.pk, "starts_on": "2026-12-01"})
    told = ["Personen er allerede ressourceperson for teamet i en del af perioden."]
    assert response.context["form"].errors == {"person": told}


def test_in_day_care_she_is_a_beacon(client: Client, url: str, team: Team) -> None:
    team.unit.kind = UnitKind.DAYCARE
    team.unit.save()
    assert "Tilføj et fagligt fyrtårn" in client.get(url).content.decode()


def test_a_leader_ends_it(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    row = make_resource_person(team).resource_person_rows.get()
    end = reverse("teams:resource_person_end", args=[row.pk])
    assert client.post(end, {"on": "2019-01-01"}).context["form"].errors.keys() == {"on"}
    assert client.post(end, {"on": tuesday}).status_code == 302
    row.refresh_from_db()
    assert row.ends_on == tuesday


def test_a_member_names_nobody(client: Client, url: str, team: Team, person: User) -> None:
    client.force_login(make_member(team))
    assert client.post(url, {"person": person.pk, "starts_on": "2026-12-01"}).status_code == 403
    assert not ResourcePerson.objects.exists()


def test_the_units_leader_may_as_well(client: Client, url: str, team: Team) -> None:
    client.force_login(make_leader(team.unit))
    assert client.get(url).status_code == 200
