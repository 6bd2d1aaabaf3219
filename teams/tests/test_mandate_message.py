"""The talk goes on between leader and receiver."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import MandateState, MandateStep
from teams.models import Mandate, MandateMessage, Team
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
    return make_mandate(team, person, given_by=leader, state=MandateState.TALK)


def write(client: Client, writer: User, mandate: Mandate, text: str, **values: Any) -> Any:
    client.force_login(writer)
    sent = {"text": text, "version": mandate.version, **values}
    return client.post(reverse("teams:mandate_message", args=[mandate.pk]), sent)


def test_each_side_writes_and_it_is_told_which(client: Client, mandate: Mandate, leader: User, person: User) -> None:
    write(client, leader, mandate, "To møder.")
    write(client, person, mandate, "Så gerne.")
    assert list(MandateMessage.objects.values_list("writer", "is_from_leader", "text", "step")) == [
        (leader.pk, True, "To møder.", MandateStep.SAID),
        (person.pk, False, "Så gerne.", MandateStep.SAID),
    ]
    mandate.refresh_from_db()
    assert mandate.state == MandateState.TALK


def test_a_line_does_not_answer(client: Client, mandate: Mandate, person: User) -> None:
    write(client, person, mandate, "Hvornår?", answer="accepted")
    mandate.refresh_from_db()
    assert mandate.state == MandateState.TALK


def test_a_line_crosses_a_change_and_arrives(client: Client, mandate: Mandate, person: User) -> None:
    Mandate.objects.filter(pk=mandate.pk).update(version=7)
    assert write(client, person, mandate, "Hvornår?").status_code == 302


@pytest.mark.parametrize("text", ["", "x" * 1001, "Ring 010190-1234"])
def test_bad_input_comes_back_with_the_text(client: Client, mandate: Mandate, person: User, text: str) -> None:
    response = write(client, person, mandate, text)
    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["text"].value() == text
    assert MandateMessage.objects.count() == 0


def test_an_empty_line_is_no_line_whatever_button_it_says(client: Client, mandate: Mandate, person: User) -> None:
    response = write(client, person, mandate, "", answer="accepted")
    assert response.context["form"].errors
    assert MandateMessage.objects.count() == 0


def test_nothing_is_written_about_a_closed_mandate(client: Client, team: Team, leader: User) -> None:
    mandate = make_mandate(team, given_by=leader, state=MandateState.DONE)
    response = write(client, leader, mandate, "Tak for indsatsen.")
    assert response.context["form"].non_field_errors() == [
        "Bestillingen er meldt færdig i mellemtiden. Det, du skrev, er ikke sendt."
    ]
    assert "Tak for indsatsen." in response.content.decode()


def test_a_double_click_writes_once(client: Client, mandate: Mandate, person: User) -> None:
    token = str(uuid.uuid4())
    assert [write(client, person, mandate, "Hej", token=token).status_code for _ in range(2)] == [302, 302]
    assert MandateMessage.objects.count() == 1


def test_the_rest_of_the_team_does_not_write(client: Client, team: Team, mandate: Mandate) -> None:
    assert write(client, make_member(team), mandate, "Må jeg?").status_code == 403
