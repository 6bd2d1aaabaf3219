"""A member's dated yes: "Det kan jeg stå inde for"."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.common.dates import local_date
from teams.enums import ContractState
from teams.models import ContractYes, Membership, Team, TeamContract
from teams.queries import support_of
from tests.builders import make_contract, make_member, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def contract(team: Team) -> TeamContract:
    return make_contract(team, dt.date(2026, 11, 12), texts=("Vi lærer sammen.",))


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


def say_yes(client: Client, contract: TeamContract) -> list[str]:
    """What the next page says."""
    response = client.post(reverse("teams:contract_yes", args=[contract.pk]), follow=True)
    assert response.redirect_chain == [(reverse("teams:contract_detail", args=[contract.team_id]), 302)]
    return [str(message) for message in response.context["messages"]]


def test_the_yes_is_kept_with_its_day(client: Client, contract: TeamContract, member: User, tuesday: dt.date) -> None:
    assert say_yes(client, contract) == ["Tak. Dit ja er noteret med dagens dato."]
    yes = ContractYes.objects.get()
    assert (yes.contract, yes.person, local_date(yes.said_at)) == (contract, member, tuesday)


def test_saying_it_twice_is_once(client: Client, contract: TeamContract, member: User) -> None:
    say_yes(client, contract)
    say_yes(client, contract)
    assert ContractYes.objects.count() == 1


def test_a_yes_to_a_version_that_was_replaced_is_not_taken(
    client: Client, team: Team, contract: TeamContract, member: User
) -> None:
    TeamContract.objects.update(state=ContractState.REPLACED)
    make_contract(team, dt.date(2026, 11, 24), texts=("Vi lærer sammen, hver måned.",))
    assert say_yes(client, contract) == ["Kontrakten er ændret imens. Læs den nye, og sig ja til den."]
    assert ContractYes.objects.count() == 0


def test_a_new_member_is_asked_and_one_who_left_is_not_waited_for(
    client: Client, team: Team, contract: TeamContract, member: User, tuesday: dt.date
) -> None:
    say_yes(client, contract)
    left = make_member(team, "Frida Farvel")
    Membership.objects.filter(person=left).update(ends_on=tuesday)
    new = make_member(team, "Nina Ny")
    assert support_of(contract, tuesday).waiting == [new]
    client.force_login(new)
    (own,) = client.get(reverse("dashboard:member")).context["teams"]
    assert own.to_agree == contract
