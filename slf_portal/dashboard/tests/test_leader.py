"""A leader's teams on one line each, and what waits for her."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from slf_portal.accounts.models import User
from teams.enums import GrusSide, GrusState, Promise, Status, TeamKind
from teams.models import Unit
from tests.builders import (
    make_all_terms,
    make_contract,
    make_grus,
    make_leader,
    make_meeting,
    make_team,
    make_team_leader,
    make_unit,
)


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


def page(client: Client, **query: str) -> Any:
    return client.get(reverse("dashboard:leader"), query).context


def test_her_partner_teams_stand_in_danish_order_and_no_others(client: Client, leader: User, unit: Unit) -> None:
    make_team("Østerlund", unit=unit)
    make_team("Aaby", unit=make_unit("Birkeskolen, indskoling", parent=unit))
    make_team("Ærø", unit=unit)
    make_team("Ledelsen", unit=unit, kind=TeamKind.LEADERSHIP)
    make_team("Nedlagt", unit=unit, ends_on=dt.date(2026, 11, 1))
    make_team("Fremmed")
    assert [row.name for row in page(client)["rows"]] == ["Ærø", "Østerlund", "Aaby"]


def test_each_promise_has_its_status(client: Client, leader: User, unit: Unit) -> None:
    make_all_terms(unit=unit)
    team = make_team("Nord", unit=unit)
    make_meeting(team, dt.date(2026, 11, 10), state=MeetingState.HELD)
    make_contract(team, dt.date(2025, 10, 1))
    make_grus(team, dt.date(2026, 12, 2), state=GrusState.PLANNED)
    (row,) = page(client)["rows"]
    assert {cell.promise: cell.status.status for cell in row.cells} == {
        Promise.MEETING: Status.MET,
        Promise.CONTRACT: Status.OVERDUE,
        Promise.GRUS: Status.PLANNED,
        Promise.VISIT: Status.OVERDUE,
    }


def test_a_month_back_shows_it_as_it_stood(client: Client, leader: User, unit: Unit) -> None:
    make_all_terms(unit=unit)
    make_meeting(make_team("Nord", unit=unit), dt.date(2026, 10, 13), state=MeetingState.HELD)
    context = page(client, maaned="2026-10")
    (row,) = context["rows"]
    assert (context["as_of"], context["is_now"], context["todos"]) == (dt.date(2026, 10, 31), False, [])
    assert row.status_of(Promise.MEETING).status == Status.MET
    assert {cell.action_url for cell in row.cells} == {""}


@pytest.mark.parametrize("month", ["2027-05", "nonsense", ""])
def test_a_month_to_come_or_no_month_is_now(client: Client, leader: User, month: str, tuesday: dt.date) -> None:
    context = page(client, maaned=month)
    assert (context["as_of"], context["is_now"], context["later"]) == (tuesday, True, None)


def test_a_unit_without_a_rhythm_and_a_grus_without_a_date_wait_for_her(
    client: Client, leader: User, unit: Unit
) -> None:
    make_team("Uden rytme", unit=unit)
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    make_all_terms(unit=part)
    overdue = make_team("Nord", unit=part)
    assert [todo.url for todo in page(client)["todos"]] == [
        reverse("teams:unit_terms", args=[unit.pk]),
        reverse("teams:grus_plan", args=[overdue.pk]),
    ]


def test_a_proposed_grus_is_said_yes_to_from_her_front_page(client: Client, leader: User, unit: Unit) -> None:
    make_all_terms(unit=unit)
    team = make_team("Nord", unit=unit)
    times = {"begins": dt.time(9), "ends": dt.time(11)}
    proposal = make_grus(
        team, dt.date(2026, 12, 3), state=GrusState.PROPOSED, questions=("Hvad nu?",), line="Passer det?", **times
    )
    answer = reverse("teams:grus_answer", args=[proposal.pk])
    (todo,) = page(client)["todos"]
    assert (todo.text, todo.detail) == (
        "Nord har foreslået GRUS torsdag 3. december kl. 9.00-11.00.", "Passer det?",
    )  # fmt: skip
    assert (todo.post_url, todo.other_url) == (answer, answer)
    client.post(todo.post_url, dict(todo.post_fields))
    proposal.refresh_from_db()
    assert (proposal.state, page(client)["todos"]) == (GrusState.PLANNED, [])


def test_a_day_she_has_proposed_herself_does_not_wait_for_her(client: Client, leader: User, unit: Unit) -> None:
    make_all_terms(unit=unit)
    team = make_team("Nord", unit=unit)
    make_grus(team, dt.date(2026, 12, 3), state=GrusState.PROPOSED, waits_for=GrusSide.TEAM)
    (row,) = page(client)["rows"]
    assert (page(client)["todos"], row.status_of(Promise.GRUS).status) == ([], Status.OVERDUE)


def test_a_proposal_from_a_team_she_does_not_lead_is_not_hers(client: Client, leader: User) -> None:
    make_grus(make_team("Fremmed"), dt.date(2026, 12, 3), state=GrusState.PROPOSED)
    assert page(client)["todos"] == []


def test_the_leader_of_one_team_sees_that_team(client: Client, unit: Unit) -> None:
    own = make_team("Nord", unit=unit)
    make_team("Syd", unit=unit)
    client.force_login(make_team_leader(own))
    context = page(client)
    assert [row.name for row in context["rows"]] == ["Nord"]
    assert list(context["units"]) == []
    assert context["todos"] == []


def test_a_leader_without_teams_is_told_what_would_stand_here(client: Client, leader: User) -> None:
    assert list(page(client)["rows"]) == []


def test_the_staircases_of_her_wholes_are_a_click_away(client: Client, leader: User, unit: Unit) -> None:
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    text = client.get(reverse("dashboard:leader")).content.decode()
    assert reverse("teams:staircase_detail", args=[unit.pk]) in text
    assert reverse("teams:staircase_detail", args=[part.pk]) not in text
