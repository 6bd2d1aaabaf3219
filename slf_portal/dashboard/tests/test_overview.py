"""Every team the person may see, with filters."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from teams.enums import Promise, Status, TeamKind, UnitKind
from teams.models import Team
from tests.builders import (
    make_all_terms,
    make_central,
    make_district,
    make_leader,
    make_meeting,
    make_team,
    make_unit,
    make_visit,
)


@pytest.fixture
def reader(db: None, client: Client, tuesday: dt.date) -> User:
    person = make_central(CentralRole.PROJECT_WORKER)
    client.force_login(person)
    return person


@pytest.fixture
def schools(reader: User) -> dict[str, Team]:
    north = make_unit("Birkeskolen", district=make_district("Nord"))
    south = make_unit("Mariehønen", kind=UnitKind.DAYCARE, district=make_district("Syd"))
    make_all_terms(unit=north)
    teams = {name: make_team(name, unit=unit) for name, unit in (("Ørn", north), ("Ærfugl", north), ("Bi", south))}
    make_team("Ledelsen", unit=north, kind=TeamKind.LEADERSHIP)
    make_team("Nedlagt", unit=north, ends_on=dt.date(2026, 11, 1))
    make_meeting(teams["Ørn"], dt.date(2026, 11, 10), state=MeetingState.HELD)
    make_visit(teams["Ærfugl"], reader, dt.date(2026, 12, 8))
    return teams


def page(client: Client, **query: Any) -> Any:
    return client.get(reverse("dashboard:overview"), query).context


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Bi", "Ærfugl", "Ørn"]),
        ({"q": "ørn"}, ["Ørn"]),
        ({"q": "birke ærf"}, ["Ærfugl"]),
        ({"q": "findes ikke"}, []),
        ({"kind": "daycare"}, ["Bi"]),
        ({"status": "met"}, ["Ørn"]),
        ({"status": "not_agreed"}, ["Bi"]),
        ({"order": "visit"}, ["Ørn", "Bi", "Ærfugl"]),
        ({"on": "2026-10-31"}, ["Bi", "Nedlagt", "Ærfugl", "Ørn"]),
    ],
)
def test_a_filter_chooses(client: Client, schools: dict[str, Team], query: dict[str, str], names: list[str]) -> None:
    assert [row.name for row in page(client, **query)["rows"]] == names


def test_a_district_chooses(client: Client, schools: dict[str, Team]) -> None:
    assert [row.name for row in page(client, district=make_district("Syd").pk)["rows"]] == ["Bi"]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "010190-1234"},
        {"on": "2026-11-25"},
        {"on": "nonsense"},
        {"status": "splendid"},
        {"kind": "hospital"},
        {"district": "987654321"},
    ],
)
def test_a_choice_that_cannot_be_is_told_at_its_field_and_chooses_nothing(
    client: Client, schools: dict[str, Team], query: dict[str, str]
) -> None:
    context = page(client, **query)
    assert list(context["filters"].errors) == list(query)
    assert len(context["rows"]) == 3


def test_as_of_a_past_day_nothing_is_to_be_done(client: Client, schools: dict[str, Team]) -> None:
    context = page(client, on="2026-10-31", q="ørn")
    (row,) = context["rows"]
    assert (context["is_now"], row.status_of(Promise.MEETING).status) == (False, Status.OVERDUE)
    assert {cell.action_url for cell in row.cells} == {""}


def test_a_leader_sees_her_own_units(client: Client, schools: dict[str, Team]) -> None:
    client.force_login(make_leader(schools["Bi"].unit))
    assert [row.name for row in page(client)["rows"]] == ["Bi"]


def test_fifty_teams_stand_on_a_page(client: Client, reader: User) -> None:
    unit = make_unit()
    for number in range(51):
        make_team(f"Team {number:02}", unit=unit)
    assert [len(page(client, page=number)["rows"]) for number in (1, 2, 99)] == [50, 1, 1]
