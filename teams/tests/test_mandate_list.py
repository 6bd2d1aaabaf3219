"""Everyone's own mandates: given, asked, and those of her teams."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.enums import MandateState
from teams.models import Mandate, Team
from teams.permissions import can_read_mandate, gives_mandate, receives_mandate
from teams.queries import mandates_given, mandates_read, mandates_received, standing_of
from tests.builders import (
    make_leader,
    make_mandate,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_team_leader,
    make_unit,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def person(team: Team) -> User:
    return make_resource_person(team)


def page(client: Client, reader: User, **query: Any) -> Any:
    client.force_login(reader)
    return client.get(reverse("teams:mandate_list"), query)


def titles(response: Any) -> list[str]:
    return [mandate.title for mandate in response.context["page"]]


def test_open_ones_first_the_soonest_due_first(client: Client, team: Team) -> None:
    for title, state, day in (
        ("Færdig", MandateState.DONE, 1),
        ("Senere", MandateState.ACCEPTED, 20),
        ("Snart", MandateState.SENT, 5),
        ("Forbi", MandateState.TALK, 2),
    ):
        make_mandate(team, title=title, state=state, due_on=dt.date(2026, 12, day))
    assert titles(page(client, make_leader(team.unit))) == ["Forbi", "Snart", "Senere", "Færdig"]


def test_her_hours_are_those_of_what_she_herself_was_asked(client: Client, team: Team, person: User) -> None:
    make_mandate(team, person, state=MandateState.ACCEPTED, hours_per_month=Decimal("7.5"))
    make_mandate(None, person, unit=team.unit, state=MandateState.ACCEPTED, hours_per_month=Decimal(4))
    make_mandate(team, person, state=MandateState.TALK, hours_per_month=Decimal(2))
    make_mandate(team, person, state=MandateState.DONE, hours_per_month=Decimal(50))
    make_mandate(team, state=MandateState.ACCEPTED, hours_per_month=Decimal(50))
    response = page(client, person)
    assert "11,5 timer om måneden i 2 bestillinger, der er taget, 2 timer om måneden i 1" in response.content.decode()
    assert response.context["given"] is None


def test_a_leaders_hours_are_those_she_and_her_units_have_given(client: Client, team: Team, person: User) -> None:
    leader = make_leader(team.unit)
    make_mandate(team, person, state=MandateState.ACCEPTED, hours_per_month=Decimal(1))
    make_mandate(make_team("Øst"), state=MandateState.ACCEPTED, hours_per_month=Decimal(50))
    given = page(client, leader).context["given"]
    assert (given.taken, given.taken_count, given.waiting_count) == (Decimal(1), 1, 0)
    assert "1 time om måneden i 1 bestilling, der er taget" in page(client, leader).content.decode()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", ["sent", "accepted", "done"]),
        ("open", ["sent", "accepted"]),
        ("done", ["done"]),
        ("withdrawn", []),
        ("vrøvl", ["sent", "accepted", "done"]),
    ],
)
def test_filtered_by_state(client: Client, team: Team, state: str, expected: list[str]) -> None:
    for one in ("sent", "accepted", "done"):
        make_mandate(team, title=one, state=MandateState(one))
    assert titles(page(client, make_leader(team.unit), state=state)) == expected


def test_filtered_by_team_and_only_by_those_she_reads_of(client: Client, team: Team) -> None:
    south, elsewhere = make_team("Syd", unit=team.unit), make_team("Øst")
    for one in (team, south, elsewhere):
        make_mandate(one, title=one.name)
    leader = make_leader(team.unit)
    assert titles(page(client, leader, team=south.pk)) == ["Syd"]
    response = page(client, leader, team=elsewhere.pk)
    assert list(response.context["filters"].errors) == ["team"]
    assert titles(response) == ["Nord", "Syd"]


def test_it_is_paged(client: Client, team: Team, settings: Any) -> None:
    settings.PAGE_SIZE = 2
    for number in range(3):
        make_mandate(team, title=str(number))
    assert titles(page(client, make_member(team), page=2)) == ["2"]


@pytest.mark.parametrize(
    ("is_leader", "said"), [(True, "Her står, hvad du har bedt"), (False, "Her står, hvad ledelsen beder dig")]
)
def test_without_mandates_it_says_what_would_stand_here(
    client: Client, team: Team, said: str, *, is_leader: bool
) -> None:
    reader = make_leader(team.unit) if is_leader else make_member(team)
    assert said in page(client, reader).content.decode()


def test_three_cost_what_one_costs(client: Client, team: Team, person: User) -> None:
    def add(number: int) -> None:
        make_mandate(make_team(f"Team {number}", unit=team.unit), person)
        make_mandate(None, person, unit=team.unit)

    leader = make_leader(team.unit)
    counts = []
    for numbers in ([0], [1], [2, 3]):  # the first reads what is read once per process
        for number in numbers:
            add(number)
        with CaptureQueriesContext(connection) as queries:
            page(client, leader)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_lists_hold_what_the_permissions_allow(team: Team, person: User) -> None:
    """The conditions in the database and the predicates say the same, whoever asks."""
    part = make_team("Indskoling", unit=make_unit(parent=team.unit))
    leader = make_leader(team.unit)
    both = make_member(part, person=make_team_leader(team))
    team.resource_person_rows.create(person=both, starts_on=dt.date(2026, 1, 1))
    everyone = [person, leader, both, make_member(team), make_resource_person(part), make_person("Uden roller")]
    for one in (team, part):
        make_mandate(one)
        for receiver in (person, both):
            make_mandate(one, receiver)
    for receiver in (person, both):
        make_mandate(None, receiver, unit=team.unit)
    make_mandate(team, leader)
    for reader in everyone:
        here = standing_of(reader, today())
        mandates = list(Mandate.objects.select_related("team", "unit"))
        for rows, may in (
            (mandates_given, gives_mandate),
            (mandates_received, receives_mandate),
            (mandates_read, can_read_mandate),
        ):
            assert set(rows(here)) == {mandate for mandate in mandates if may(here, mandate)}, (reader.name, may)
