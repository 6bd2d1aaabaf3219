"""A member's own teams and when they meet next."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import TeamKind
from teams.models import Team
from tests.builders import make_agreement, make_meeting, make_member, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


def teams_of(client: Client) -> Any:
    return client.get(reverse("dashboard:member")).context["teams"]


def test_the_next_meeting_and_what_nobody_has_noted(client: Client, team: Team, member: User) -> None:
    passed = make_meeting(team, dt.date(2026, 11, 10))
    coming = make_meeting(team, dt.date(2026, 12, 8))
    make_meeting(team, dt.date(2027, 1, 12))
    (own,) = teams_of(client)
    assert (own.team, own.next_meeting, own.to_note) == (team, coming, [passed])


def test_each_of_her_teams_stands_once_and_no_other(client: Client, team: Team, member: User) -> None:
    make_member(make_team("Aktionsgruppen", kind=TeamKind.OTHER), person=member)
    make_member(make_team("Nedlagt", ends_on=dt.date(2026, 11, 1)), person=member)
    make_team("Syd", unit=team.unit)
    assert [own.team.name for own in teams_of(client)] == ["Aktionsgruppen", "Nord"]


def test_a_team_without_meetings_says_so(client: Client, team: Team, member: User) -> None:
    (own,) = teams_of(client)
    assert (own.next_meeting, own.to_note) == (None, [])


def test_what_she_does_herself_and_is_due_soon_stands_with_one_button(client: Client, team: Team, member: User) -> None:
    soon = make_agreement(team, owner=member, due_on=dt.date(2026, 12, 15))
    overdue = make_agreement(team, owner=member, due_on=dt.date(2026, 11, 2))
    make_agreement(team, owner=member, due_on=dt.date(2026, 12, 16))
    make_agreement(team)
    response = client.get(reverse("dashboard:member"))
    assert list(response.context["tasks"]) == [overdue, soon]
    pressed = client.post(
        reverse("teams:agreement_state", args=[soon.pk]),
        {"state": "done", "version": soon.version, "fra": reverse("dashboard:member")},
    )
    assert pressed["Location"] == reverse("dashboard:member")
    assert list(client.get(pressed["Location"]).context["tasks"]) == [overdue]
