"""What the two sides agreed to expect of each other, written by either."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import MandateState
from teams.models import ExpectationQuestion, Mandate, Team
from tests.builders import make_leader, make_mandate, make_member, make_resource_person, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def leader(team: Team) -> User:
    return make_leader(team.unit)


@pytest.fixture
def person(team: Team) -> User:
    return make_resource_person(team)


@pytest.fixture
def mandate(team: Team, leader: User, person: User) -> Mandate:
    return make_mandate(team, person, given_by=leader)


def agree(client: Client, writer: User, mandate: Mandate, agreed: str, **values: Any) -> Any:
    client.force_login(writer)
    url = reverse("teams:mandate_expectations", args=[mandate.pk])
    return client.post(url, {"agreed": agreed, "version": mandate.version, **values})


def test_both_sides_write_in_the_same_field(client: Client, mandate: Mandate, leader: User, person: User) -> None:
    agree(client, leader, mandate, "Vi ringer om fredagen.")
    mandate.refresh_from_db()
    agree(client, person, mandate, "Vi ringer hver anden fredag.")
    mandate.refresh_from_db()
    assert mandate.agreed == "Vi ringer hver anden fredag."


def test_the_questions_stand_above_the_field_as_long_as_they_are_asked(
    client: Client, mandate: Mandate, person: User
) -> None:
    ExpectationQuestion.objects.filter(position=1).update(is_asked=False)
    client.force_login(person)
    response = client.get(reverse("teams:mandate_expectations", args=[mandate.pk]))
    assert [question.position for question in response.context["questions"]] == [2, 3]


def test_two_at_once_lose_nothing(client: Client, mandate: Mandate, leader: User, person: User) -> None:
    agree(client, leader, mandate, "Vi ringer om fredagen.")
    response = agree(client, person, mandate, "Vi skriver sammen.")
    html = response.content.decode()
    assert len(response.context["form"].non_field_errors()) == 1
    assert "Vi ringer om fredagen." in html
    assert "Vi skriver sammen." in html
    mandate.refresh_from_db()
    assert mandate.agreed == "Vi ringer om fredagen."
    assert response.context["form"]["version"].value() == mandate.version


@pytest.mark.parametrize("text", ["x" * 2001, "Ring 010190-1234"])
def test_bad_input_is_kept(client: Client, mandate: Mandate, person: User, text: str) -> None:
    response = agree(client, person, mandate, text)
    assert list(response.context["form"].errors) == ["agreed"]
    assert response.context["form"]["agreed"].value() == text


def test_a_closed_mandate_is_left_as_it_was(client: Client, team: Team, leader: User) -> None:
    mandate = make_mandate(team, given_by=leader, state=MandateState.DONE, agreed="Vi ringer.")
    assert len(agree(client, leader, mandate, "Andet").context["form"].non_field_errors()) == 1
    mandate.refresh_from_db()
    assert mandate.agreed == "Vi ringer."


def test_a_colleague_on_the_team_is_refused(client: Client, team: Team, mandate: Mandate) -> None:
    assert agree(client, make_member(team), mandate, "Må jeg?").status_code == 403
