"""The team's contract, as each of those who may read it meets it."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import Promise
from teams.models import Team, TeamContract
from tests.builders import (
    make_contract,
    make_leader,
    make_member,
    make_resource_person,
    make_team,
    make_terms,
)

TEXTS = ("Vi lærer sammen.", "", "Rollerne går på skift.")
IN_FORCE_ON = dt.date(2026, 5, 12)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def contract(team: Team) -> TeamContract:
    return make_contract(team, IN_FORCE_ON, texts=TEXTS)


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


def page(client: Client, person: User, team: Team) -> str:
    client.force_login(person)
    return client.get(reverse("teams:contract_detail", args=[team.pk])).content.decode()


def test_only_sections_that_say_something_are_shown(
    client: Client, team: Team, contract: TeamContract, member: User
) -> None:
    shown = page(client, member, team)
    headings = list(contract.sections.values_list("title", flat=True))
    assert [heading in shown for heading in headings] == [True, False, True]


def test_what_people_wrote_is_never_markup(client: Client, team: Team, member: User) -> None:
    make_contract(team, IN_FORCE_ON, texts=("<script>alert(1)</script>\nnæste linje",))
    shown = page(client, member, team)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nnæste linje" in shown


def test_the_day_it_is_to_be_renewed_comes_from_what_the_unit_agreed(
    client: Client, team: Team, contract: TeamContract, member: User
) -> None:
    assert "fornyes senest" not in page(client, member, team)
    make_terms(Promise.CONTRACT, unit=team.unit, interval_months=12)
    assert "fornyes senest onsdag 12. maj 2027" in page(client, member, team)


def test_a_member_is_asked_and_others_are_not(client: Client, team: Team, contract: TeamContract, member: User) -> None:
    asked = {person.name: "Det kan jeg stå inde for" in page(client, person, team) for person in everybody(team)}
    assert asked == {"Mette Medlem": True, "Rikke Ressource": False, "Lone Leder": False}


def test_only_a_leader_is_offered_to_say_seen(client: Client, team: Team, contract: TeamContract, member: User) -> None:
    address = reverse("teams:contract_seen", args=[contract.pk])
    offered = {person.name: address in page(client, person, team) for person in everybody(team)}
    assert offered == {"Mette Medlem": False, "Rikke Ressource": False, "Lone Leder": True}


def everybody(team: Team) -> list[User]:
    member = team.membership_rows.get().person
    return [member, make_resource_person(team), make_leader(team.unit)]


def test_a_contract_that_is_only_noted_asks_nobody(client: Client, team: Team, member: User) -> None:
    make_contract(team, IN_FORCE_ON)
    shown = page(client, member, team)
    assert "Det kan jeg stå inde for" not in shown
    assert "teksten står ikke i portalen" in shown


def test_without_a_contract_the_team_is_shown_the_first_step(client: Client, team: Team, member: User) -> None:
    assert reverse("teams:contract_edit", args=[team.pk]) in page(client, member, team)
    assert reverse("teams:contract_edit", args=[team.pk]) not in page(client, make_leader(team.unit), team)


def test_the_number_of_members_and_sections_costs_no_queries(
    client: Client, team: Team, contract: TeamContract, member: User
) -> None:
    client.force_login(member)
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("teams:contract_detail", args=[team.pk]))
        counts.append(len(queries))
        for name in ("Anders", "Birgit", "Carla"):
            person = make_member(team, name)
            contract.yes_rows.create(person=person)
    assert counts[0] == counts[1]


def test_the_two_lines_stand_over_the_meetings_of_the_team(
    client: Client, team: Team, contract: TeamContract, member: User
) -> None:
    TeamContract.objects.update(first_line="Vi lægger bøvlet på bordet.")
    client.force_login(member)
    shown = client.get(reverse("dashboard:team_detail", args=[team.pk])).content.decode()
    assert "Vi lægger bøvlet på bordet." in shown
