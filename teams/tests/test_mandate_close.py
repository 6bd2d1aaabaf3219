"""Finished, or withdrawn with a line."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import MandateState, MandateStep
from teams.models import Mandate, MandateMessage, Team
from tests.builders import make_leader, make_mandate, make_member, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def leader(team: Team) -> User:
    return make_leader(team.unit)


@pytest.fixture
def mandate(team: Team, leader: User) -> Mandate:
    return make_mandate(team, given_by=leader, state=MandateState.ACCEPTED)


def close(client: Client, person: User, mandate: Mandate, **values: Any) -> Any:
    client.force_login(person)
    return client.post(reverse("teams:mandate_close", args=[mandate.pk]), {"outcome": "done", **values})


@pytest.mark.parametrize("is_leader", [True, False])
def test_either_side_says_that_it_is_finished(
    client: Client, team: Team, leader: User, mandate: Mandate, *, is_leader: bool
) -> None:
    person = leader if is_leader else make_member(team)
    assert close(client, person, mandate)["Location"] == reverse("teams:mandate_detail", args=[mandate.pk])
    mandate.refresh_from_db()
    line = MandateMessage.objects.get()
    assert mandate.state == MandateState.DONE
    assert mandate.closed_at is not None
    assert (line.step, line.writer, line.is_from_leader) == (MandateStep.DONE, person, is_leader)


def test_the_leader_withdraws_it_with_a_line(client: Client, leader: User, mandate: Mandate) -> None:
    assert list(close(client, leader, mandate, outcome="withdrawn").context["form"].errors) == ["text"]
    close(client, leader, mandate, outcome="withdrawn", text="Vi har fået en anden opgave.")
    mandate.refresh_from_db()
    assert mandate.state == MandateState.WITHDRAWN
    assert MandateMessage.objects.get().text == "Vi har fået en anden opgave."


def test_the_receiver_cannot_withdraw(client: Client, team: Team, mandate: Mandate) -> None:
    response = close(client, make_member(team), mandate, outcome="withdrawn", text="Nej tak.")
    assert list(response.context["form"].errors) == ["outcome"]
    assert response.context["form"]["text"].value() == "Nej tak."
    mandate.refresh_from_db()
    assert mandate.state == MandateState.ACCEPTED


def test_what_is_closed_is_not_closed_again(client: Client, team: Team, leader: User) -> None:
    mandate = make_mandate(team, given_by=leader, state=MandateState.WITHDRAWN)
    response = close(client, make_member(team), mandate, text="Vi nåede det.")
    assert response.context["form"].non_field_errors() == [
        "Lederen har trukket bestillingen tilbage i mellemtiden. Det, du skrev, er ikke sendt."
    ]
    assert response.context["form"]["text"].value() == "Vi nåede det."


@pytest.mark.parametrize("text", ["x" * 1001, "Ring 010190-1234"])
def test_bad_input_is_kept(client: Client, leader: User, mandate: Mandate, text: str) -> None:
    response = close(client, leader, mandate, text=text)
    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["text"].value() == text


def test_a_double_click_closes_once(client: Client, leader: User, mandate: Mandate) -> None:
    token = str(uuid.uuid4())
    assert [close(client, leader, mandate, token=token).status_code for _ in range(2)] == [302, 302]
    assert MandateMessage.objects.count() == 1
