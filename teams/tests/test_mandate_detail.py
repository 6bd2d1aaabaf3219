"""What a mandate asks, and the talk about it: who reads what."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import MandateState, MandateStep
from teams.models import Mandate, Team
from tests.builders import (
    make_leader,
    make_line,
    make_mandate,
    make_member,
    make_resource_person,
    make_team,
    make_team_leader,
    make_unit,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def leader(team: Team) -> User:
    return make_leader(team.unit)


@pytest.fixture
def person(team: Team) -> User:
    return make_resource_person(team)


@pytest.fixture
def personal(team: Team, leader: User, person: User) -> Mandate:
    """A mandate to the resource person about the team, that she wants to talk about."""
    mandate = make_mandate(team, person, given_by=leader, state=MandateState.TALK, agreed="Vi ringer om fredagen.")
    make_line(mandate, person, "Hvor mange møder tænker du på?", step=MandateStep.TALK)
    make_line(mandate, leader, "To til at begynde med.", is_from_leader=True)
    return mandate


def page(client: Client, person: User, mandate: Mandate) -> Any:
    client.force_login(person)
    return client.get(reverse("teams:mandate_detail", args=[mandate.pk]))


def test_both_sides_read_the_thread_with_the_latest_line_last(
    client: Client, personal: Mandate, leader: User, person: User
) -> None:
    for reader in (leader, person):
        response = page(client, reader, personal)
        html = response.content.decode()
        assert html.index("Hvor mange møder tænker du på?") < html.index("To til at begynde med.")
        assert "Vi ringer om fredagen." in html
        assert len(response.context["questions"]) == 3


def test_the_team_reads_what_a_colleague_was_asked_but_not_the_talk(
    client: Client, team: Team, personal: Mandate
) -> None:
    response = page(client, make_member(team), personal)
    html = response.content.decode()
    assert personal.what in html
    assert "6 timer om måneden" in html
    assert "tænker du på" not in html
    assert "om fredagen" not in html
    assert not {"may_answer", "may_change", "may_write", "shares"} & {
        name for name in ("may_answer", "may_change", "may_write", "shares") if response.context[name]
    }


def test_another_resource_person_of_the_team_does_not_read_the_talk(
    client: Client, team: Team, personal: Mandate
) -> None:
    assert page(client, make_resource_person(team, name="Rosa"), personal).context["shares"] is False


def test_a_mandate_about_no_team_is_between_her_and_the_units_leaders(
    client: Client, team: Team, leader: User, person: User
) -> None:
    mandate = make_mandate(None, person, unit=team.unit, given_by=leader)
    statuses = {
        reader.name: page(client, reader, mandate).status_code
        for reader in (leader, person, make_member(team), make_team_leader(team), make_leader(make_unit(), "Fremmed"))
    }
    assert statuses == {
        leader.name: 200,
        person.name: 200,
        "Mette Medlem": 403,
        "Tove Teamleder": 403,
        "Fremmed": 404,
    }


def test_it_reaches_her_in_a_part_of_the_unit(client: Client, team: Team, leader: User) -> None:
    person = make_resource_person(make_team("Indskoling", unit=make_unit(parent=team.unit)))
    mandate = make_mandate(None, person, unit=team.unit, given_by=leader)
    response = page(client, person, mandate)
    assert response.context["may_answer"] is True
    # The whole unit's page about the role is not hers to open.
    assert reverse("teams:role_description", args=[team.unit_id]) not in response.content.decode()


def test_who_no_longer_serves_the_team_sees_nothing(
    client: Client, team: Team, personal: Mandate, person: User
) -> None:
    person.resource_person_rows.update(ends_on=dt.date(2026, 11, 24))
    assert page(client, person, personal).status_code == 404


def test_a_leader_of_another_unit_sees_none_of_it(client: Client, personal: Mandate) -> None:
    assert page(client, make_leader(make_unit("Østerskolen")), personal).status_code == 404


def test_a_leader_who_is_asked_answers_and_changes_nothing(client: Client, team: Team, leader: User) -> None:
    head = make_leader(make_unit("Birkeskolens ledelse"))
    team.resource_person_rows.create(person=leader, starts_on=dt.date(2026, 1, 1))
    asked = page(client, leader, make_mandate(team, leader, given_by=head)).context
    assert (asked["may_answer"], asked["may_change"]) == (True, False)


def test_a_leader_who_is_a_member_of_the_team_gives_and_does_not_answer(
    client: Client, team: Team, leader: User
) -> None:
    make_member(team, person=leader)
    given = page(client, leader, make_mandate(team, given_by=leader)).context
    assert (given["may_answer"], given["may_change"]) == (False, True)


def test_a_deadline_that_has_passed_is_told_as_such(client: Client, team: Team, leader: User) -> None:
    late = make_mandate(team, given_by=leader, due_on=dt.date(2026, 11, 3))
    done = make_mandate(team, given_by=leader, due_on=dt.date(2026, 11, 3), state=MandateState.DONE)
    assert "fristen var tirsdag 3. november" in page(client, leader, late).content.decode()
    assert "fristen var" not in page(client, leader, done).content.decode()


def test_what_changed_is_named(client: Client, team: Team, leader: User) -> None:
    mandate = make_mandate(team, given_by=leader)
    make_line(mandate, leader, "", is_from_leader=True, step=MandateStep.CHANGED, changed=["due_on", "hours_per_month"])
    assert "har ændret bestillingen: timer om måneden, frist" in page(client, leader, mandate).content.decode()


def test_a_closed_mandate_offers_nothing(client: Client, team: Team, leader: User) -> None:
    html = page(client, leader, make_mandate(team, given_by=leader, state=MandateState.DONE)).content.decode()
    assert "<textarea" not in html


def test_three_lines_cost_what_one_costs(client: Client, personal: Mandate, leader: User, person: User) -> None:
    page(client, leader, personal)
    with CaptureQueriesContext(connection) as with_two:
        page(client, leader, personal)
    for number in range(3):
        make_line(personal, person, f"Linje {number}")
    with CaptureQueriesContext(connection) as with_five:
        page(client, leader, personal)
    assert len(with_five) == len(with_two)
