"""The leader's acknowledgement: she has seen it, and changes no word."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.common.dates import local_date
from teams.models import Team, TeamContract
from tests.builders import make_contract, make_leader, make_member, make_team, make_team_leader


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def contract(team: Team) -> TeamContract:
    return make_contract(team, dt.date(2026, 11, 12), texts=("Vi lærer sammen.",))


def see(client: Client, contract: TeamContract, person: User) -> int:
    client.force_login(person)
    return client.post(reverse("teams:contract_seen", args=[contract.pk])).status_code


def test_the_first_leader_to_see_it_is_named(
    client: Client, team: Team, contract: TeamContract, tuesday: dt.date
) -> None:
    leader, other = make_leader(team.unit), make_team_leader(team)
    assert (see(client, contract, leader), see(client, contract, other)) == (302, 302)
    contract.refresh_from_db()
    assert contract.seen_at
    assert (contract.seen_by, local_date(contract.seen_at)) == (leader, tuesday)
    client.force_login(leader)
    todos = client.get(reverse("dashboard:leader")).context["todos"]
    assert [todo.text for todo in todos if "teamkontrakt" in todo.text] == []


def test_a_member_cannot_see_it_for_her(client: Client, team: Team, contract: TeamContract) -> None:
    assert see(client, contract, make_member(team)) == 403
    contract.refresh_from_db()
    assert contract.seen_at is None
