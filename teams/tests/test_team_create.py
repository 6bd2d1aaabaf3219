"""A unit's leader creates a team, and changes it."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import TeamKind
from teams.models import Team, Unit
from tests.builders import make_leader, make_team, make_team_leader, make_unit

NEW = {"name": "5. årgang", "kind": "partner_team", "starts_on": "2026-11-24"}


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def url(unit: Unit, client: Client) -> str:
    client.force_login(make_leader(unit))
    return reverse("teams:team_create", args=[unit.pk])


def change(team: Team) -> str:
    return reverse("teams:team_change", args=[team.pk])


def test_the_members_come_next(client: Client, url: str, unit: Unit) -> None:
    response = client.post(url, NEW, follow=True)
    team = Team.objects.get()
    assert (team.unit, team.name, team.kind, team.starts_on) == (
        unit,
        "5. årgang",
        "partner_team",
        dt.date(2026, 11, 24),
    )
    assert response.redirect_chain == [(reverse("teams:team_people", args=[team.pk]), 302)]


def test_a_name_that_is_taken_is_told_at_the_field_and_kept(client: Client, url: str, unit: Unit) -> None:
    make_team("5. årgang", unit=unit)
    form = client.post(url, NEW).context["form"]
    assert form.errors == {"name": ["Enheden har allerede et team med dette navn."]}
    assert (form["name"].value(), form["starts_on"].value()) == ("5. årgang", "2026-11-24")


@pytest.mark.parametrize(
    ("column", "value"), [("name", ""), ("name", "Hold 010190-1234"), ("kind", "klub"), ("starts_on", "x")]
)
def test_wrong_input_creates_nothing(client: Client, url: str, column: str, value: str) -> None:
    assert list(client.post(url, {**NEW, column: value}).context["form"].errors) == [column]
    assert not Team.objects.exists()


def test_a_double_click_creates_one(client: Client, url: str) -> None:
    form = {**NEW, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Team.objects.count() == 1


def test_a_leader_without_teams_is_shown_the_first_step(client: Client, url: str) -> None:
    page = client.get(reverse("dashboard:leader")).content.decode()
    assert (f'href="{url}"' in page, "Opret jeres første team" in page) == (True, True)


def test_the_units_page_leads_there_and_to_the_stand_ins(client: Client, url: str, unit: Unit) -> None:
    page = client.get(reverse("dashboard:unit_detail", args=[unit.pk])).content.decode()
    assert (f'href="{url}"' in page, reverse("teams:stand_in_list", args=[unit.pk]) in page) == (True, True)


def test_a_team_gets_another_name_and_kind(client: Client, url: str, unit: Unit) -> None:
    team = make_team("Nord", unit=unit)
    client.post(change(team), {"name": "Nordlys", "kind": "other", "starts_on": "", "version": 0})
    team.refresh_from_db()
    assert (team.name, team.kind, team.starts_on, team.version) == ("Nordlys", TeamKind.OTHER, None, 1)


def test_a_page_that_is_too_old_changes_nothing_and_says_so(client: Client, url: str, unit: Unit) -> None:
    team = make_team("Nord", unit=unit)
    form = {"name": "Nordlys", "kind": "other", "starts_on": "", "version": 0}
    client.post(change(team), form)
    response = client.post(change(team), {**form, "name": "Nordvest"})
    assert (list(response.context["form"].errors), response.context["form"]["name"].value()) == (
        ["__all__"],
        "Nordvest",
    )
    team.refresh_from_db()
    assert team.name == "Nordlys"


def test_a_responsible_leader_shapes_no_team(client: Client, url: str, unit: Unit) -> None:
    team = make_team("Nord", unit=unit)
    client.force_login(make_team_leader(team))
    assert (client.post(url, NEW).status_code, client.get(change(team)).status_code) == (403, 403)
