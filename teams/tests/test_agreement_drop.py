"""Dropped, with one line that says why."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import AgreementState
from teams.models import Agreement, Team
from tests.builders import make_agreement, make_leader, make_member, make_team, make_unit

REASON = "Vi fandt en bedre vej."


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def agreement(team: Team, member: User) -> Agreement:
    return make_agreement(team)


def drop(client: Client, agreement: Agreement, reason: str = REASON, **values: Any) -> Any:
    url = reverse("teams:agreement_drop", args=[agreement.pk])
    response = client.post(url, {"reason": reason, "version": 0, **values})
    agreement.refresh_from_db()
    return response


def test_it_is_dropped_today_for_that_reason(client: Client, agreement: Agreement) -> None:
    response = drop(client, agreement)
    assert response["Location"] == reverse("teams:team_agreements", args=[agreement.team_id])
    assert (agreement.state, agreement.reason, agreement.settled_on, agreement.check_on) == (
        AgreementState.DROPPED, REASON, dt.date(2026, 11, 24), None,
    )  # fmt: skip


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_without_a_reason_of_a_line_it_is_not_dropped(client: Client, agreement: Agreement, reason: str) -> None:
    assert list(drop(client, agreement, reason).context["form"].errors) == ["reason"]
    assert agreement.state == AgreementState.OPEN


def test_someone_changed_it_meanwhile(client: Client, agreement: Agreement) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(version=1)
    response = drop(client, agreement)
    assert list(response.context["form"].errors) == ["__all__"]
    assert response.context["form"]["reason"].value() == REASON
    assert agreement.state == AgreementState.OPEN


@pytest.mark.parametrize("state", [AgreementState.DONE, AgreementState.DROPPED])
def test_what_is_settled_is_not_dropped_again(client: Client, team: Team, member: User, state: AgreementState) -> None:
    settled = make_agreement(team, state=state)
    assert list(drop(client, settled, "En anden grund.").context["form"].errors) == ["__all__"]
    assert (settled.state, settled.reason) == (state, REASON if state == AgreementState.DROPPED else "")


def test_digits_are_asked_about_and_logged(client: Client, agreement: Agreement, member: User) -> None:
    assert list(drop(client, agreement, "Ring på 010190-1234.").context["form"].errors) == ["reason"]
    drop(client, agreement, "Ring på 010190-1234.", not_cpr="on")
    assert agreement.state == AgreementState.DROPPED
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.Agreement.reason")


def test_a_leader_drops_what_she_does_herself(client: Client, team: Team) -> None:
    leader = make_leader(team.unit)
    client.force_login(leader)
    own = make_agreement(team, owner=leader)
    assert drop(client, own).status_code == 302
    assert own.state == AgreementState.DROPPED
