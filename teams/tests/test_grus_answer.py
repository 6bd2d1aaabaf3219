"""A proposed day is answered: yes, or another day, which the other side answers in turn."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import GrusSide, GrusState
from teams.models import Grus, Team
from tests.builders import make_grus, make_leader, make_member, make_team

THURSDAY = dt.date(2026, 12, 3)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Rekruttering")


@pytest.fixture
def leader(team: Team, client: Client) -> User:
    person = make_leader(team.unit)
    client.force_login(person)
    return person


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


@pytest.fixture
def proposal(team: Team, member: User, leader: User) -> Grus:
    return make_grus(team, THURSDAY, state=GrusState.PROPOSED, proposed_by=member, line="Passer det?", version=1)


@pytest.fixture
def url(proposal: Grus) -> str:
    return reverse("teams:grus_answer", args=[proposal.pk])


def yes(client: Client, url: str, version: int = 1) -> Any:
    return client.post(url, {"answer": "yes", "version": version})


def other(client: Client, url: str, on: str, version: int = 1) -> Any:
    return client.post(url, {"on": on, "line": "Hellere den dag.", "version": version})


def test_yes_arranges_it(client: Client, url: str, proposal: Grus, leader: User) -> None:
    response = yes(client, url)
    assert response["Location"] == reverse("teams:grus_detail", args=[proposal.pk])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.on, proposal.leader, proposal.line) == (
        GrusState.PLANNED, THURSDAY, leader, "",
    )  # fmt: skip


def test_another_day_is_the_teams_to_answer(
    client: Client, url: str, proposal: Grus, leader: User, member: User
) -> None:
    response = other(client, url, "2026-12-08")
    assert response["Location"] == reverse("teams:grus_list", args=[proposal.team_id])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.on, proposal.waits_for) == (
        GrusState.PROPOSED, dt.date(2026, 12, 8), GrusSide.TEAM,
    )  # fmt: skip
    assert (proposal.proposed_by, proposal.line) == (leader, "Hellere den dag.")
    assert yes(client, url, version=2).status_code == 403
    client.force_login(member)
    assert yes(client, url, version=2).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.leader) == (GrusState.PLANNED, leader)


def test_the_team_may_answer_with_yet_another_day(client: Client, url: str, proposal: Grus, member: User) -> None:
    other(client, url, "2026-12-08")
    client.force_login(member)
    other(client, url, "2026-12-09", version=2)
    proposal.refresh_from_db()
    assert (proposal.on, proposal.waits_for, proposal.version) == (dt.date(2026, 12, 9), GrusSide.LEADER, 3)


def test_who_proposed_does_not_answer(client: Client, url: str, member: User) -> None:
    client.force_login(member)
    assert (client.get(url).status_code, yes(client, url).status_code) == (403, 403)


def test_a_yes_counts_for_the_day_that_was_shown(client: Client, url: str, proposal: Grus) -> None:
    Grus.objects.filter(pk=proposal.pk).update(on=dt.date(2026, 12, 9), version=2)
    response = yes(client, url)
    assert response.status_code == 200
    assert b"9. december" in response.content
    proposal.refresh_from_db()
    assert proposal.state == GrusState.PROPOSED


def test_another_day_that_is_closed_is_refused_at_its_field(client: Client, url: str) -> None:
    assert list(other(client, url, "2026-12-06").context["form"].errors) == ["on"]


def test_the_same_day_at_another_hour_is_another_time(client: Client, url: str, proposal: Grus) -> None:
    client.post(url, {"on": THURSDAY.isoformat(), "begins": "13:00", "version": 1})
    proposal.refresh_from_db()
    assert (proposal.on, proposal.begins, proposal.waits_for) == (THURSDAY, dt.time(13), GrusSide.TEAM)


def test_a_day_that_has_passed_is_not_said_yes_to(client: Client, url: str, proposal: Grus) -> None:
    Grus.objects.filter(pk=proposal.pk).update(on=dt.date(2026, 11, 20))
    response = yes(client, url)
    assert response.context["yes"].non_field_errors() == ["Fredag 20. november er passeret. Vælg en dag, der kommer."]


def test_what_has_been_answered_leads_to_the_grus(client: Client, url: str, proposal: Grus) -> None:
    yes(client, url)
    response = yes(client, url)
    assert response["Location"] == reverse("teams:grus_detail", args=[proposal.pk])
