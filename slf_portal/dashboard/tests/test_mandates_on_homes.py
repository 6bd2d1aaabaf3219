"""What waits for an answer about a mandate stands where the one who owes it looks first, and on the team's line."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from teams.enums import MandateState
from teams.models import Mandate, Team
from tests.builders import (
    make_all_terms,
    make_central,
    make_leader,
    make_learning_partner,
    make_line,
    make_mandate,
    make_member,
    make_resource_person,
    make_team,
    make_unit,
)

OWED = 'et svar om bestillingen "Lærende møder"'


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def leader(team: Team) -> User:
    return make_leader(team.unit)


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


@pytest.fixture
def person(team: Team) -> User:
    return make_resource_person(team)


@pytest.fixture
def asked_by_team(team: Team, leader: User, member: User) -> Mandate:
    """The team's mandate, about which a member has asked something."""
    mandate = make_mandate(team, given_by=leader, state=MandateState.TALK)
    make_line(mandate, member, "Hvor mange møder?")
    return mandate


@pytest.fixture
def asked_by_person(team: Team, leader: User, person: User) -> Mandate:
    """The resource person's, about which she has asked something."""
    mandate = make_mandate(team, person, given_by=leader, state=MandateState.TALK)
    make_line(mandate, person, "Hvor mange møder?")
    return mandate


def page(client: Client, reader: User, name: str, *args: int) -> Any:
    client.force_login(reader)
    return client.get(reverse(f"dashboard:{name}", args=args))


def todos(client: Client, reader: User, name: str) -> list[tuple[str, str, str]]:
    found = page(client, reader, name).context["todos"]
    return [(todo.text, todo.url, todo.label) for todo in found if "bestilling" in todo.text]


def owed(row: Any) -> list[str]:
    return [wait.text for wait in row.waits_for if "bestilling" in wait.text]


def url_of(mandate: Mandate) -> str:
    return reverse("teams:mandate_detail", args=[mandate.pk])


def test_questions_wait_for_the_leader(
    client: Client, leader: User, asked_by_team: Mandate, asked_by_person: Mandate
) -> None:
    assert todos(client, leader, "leader") == [
        ('Nord spørger til bestillingen "Lærende møder".', url_of(asked_by_team), "Svar"),
        ('En ressourceperson spørger til bestillingen "Lærende møder".', url_of(asked_by_person), "Svar"),
    ]


def test_a_question_about_no_team_waits_for_the_leader_too(
    client: Client, team: Team, leader: User, person: User
) -> None:
    mandate = make_mandate(None, person, unit=team.unit, given_by=leader, state=MandateState.TALK)
    make_line(mandate, person, "Hvornår?")
    assert [url for _text, url, _label in todos(client, leader, "leader")] == [url_of(mandate)]


def test_an_answered_question_waits_no_more(client: Client, leader: User, member: User, asked_by_team: Mandate) -> None:
    make_line(asked_by_team, leader, "To.", is_from_leader=True)
    assert todos(client, leader, "leader") == []
    assert owed(page(client, leader, "leader").context["rows"][0]) == []
    assert todos(client, member, "member") == [
        ('Lederen har svaret om bestillingen "Lærende møder".', url_of(asked_by_team), "Svar")
    ]


@pytest.mark.parametrize("state", [MandateState.ACCEPTED, MandateState.DONE, MandateState.WITHDRAWN])
def test_what_is_settled_waits_for_nobody(client: Client, team: Team, leader: User, state: MandateState) -> None:
    member = make_member(team)
    make_line(make_mandate(team, given_by=leader, state=state), member, "Hvor mange møder?")
    assert (todos(client, leader, "leader"), todos(client, member, "member")) == ([], [])


def test_the_team_sees_on_its_line_what_the_leader_owes_it(
    client: Client, team: Team, leader: User, member: User, asked_by_team: Mandate
) -> None:
    for reader in (leader, member):
        response = page(client, reader, "team_detail", team.pk)
        (row,) = response.context["rows"]
        assert owed(row) == [OWED]
        assert row.is_led == (reader == leader)
    assert "Venter på lederen:" in response.content.decode()
    assert OWED.replace('"', "&quot;") in page(client, member, "member").content.decode()


def test_what_is_owed_to_one_person_is_not_the_teams_to_know(
    client: Client, member: User, person: User, asked_by_person: Mandate
) -> None:
    (own,) = page(client, member, "member").context["teams"]
    assert owed(own.row) == []
    (row,) = page(client, person, "resource_person").context["rows"]
    assert owed(row) == [OWED]


def test_who_supports_or_administers_sees_none_of_it(client: Client, team: Team, asked_by_team: Mandate) -> None:
    for reader in (
        make_learning_partner(team.unit),
        make_central(CentralRole.ADMINISTRATOR),
        make_central(CentralRole.SECTION_LEADER),
    ):
        (row,) = page(client, reader, "team_detail", team.pk).context["rows"]
        assert row.waits_for == ()


def test_the_team_sees_that_a_date_for_grus_is_owed(client: Client, team: Team, member: User) -> None:
    make_all_terms(unit=team.unit)
    (own,) = page(client, member, "member").context["teams"]
    assert [wait.text for wait in own.row.waits_for] == ["en dato til GRUS"]


def test_a_new_mandate_waits_for_whom_it_is_addressed_to(
    client: Client, team: Team, member: User, person: User
) -> None:
    to_team, to_person = make_mandate(team), make_mandate(team, person, title="Led en samtale")
    of_team = ('En bestilling til Nord: "Lærende møder".', url_of(to_team), "Svar")
    assert todos(client, member, "member") == [of_team]
    assert todos(client, person, "resource_person") == [
        of_team,
        ('En bestilling til dig: "Led en samtale".', url_of(to_person), "Svar"),
    ]


def test_a_leader_writes_a_mandate_from_her_front_page(client: Client, team: Team, leader: User) -> None:
    make_unit("Birkeskolen, indskoling", parent=team.unit)
    html = page(client, leader, "leader").content.decode()
    assert html.count(reverse("teams:mandate_write", args=[team.unit_id])) == 1
    assert [unit.name for unit in page(client, leader, "leader").context["write_from"]] == ["Birkeskolen"]
