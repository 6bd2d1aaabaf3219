"""A resource person's day: today, what is coming, and the visits that need a date."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_all_terms, make_meeting, make_resource_person, make_team, make_visit


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    team = make_team("Nord")
    make_all_terms(unit=team.unit)
    return team


@pytest.fixture
def visitor(team: Team, client: Client) -> User:
    person = make_resource_person(team)
    client.force_login(person)
    return person


def page(client: Client) -> Any:
    return client.get(reverse("dashboard:resource_person")).context


def test_today_stands_first_and_the_coming_three_weeks_by_day(
    client: Client, team: Team, visitor: User, tuesday: dt.date
) -> None:
    make_meeting(team, tuesday)
    make_meeting(team, dt.date(2026, 12, 8))
    make_visit(team, visitor, dt.date(2026, 12, 8))
    make_meeting(team, dt.date(2026, 12, 16))
    context = page(client)
    assert [entry.time.hour for entry in context["entries_today"]] == [9]  # 10.00 in Copenhagen
    assert [(day.day, len(day.entries)) for day in context["days_coming"]] == [(dt.date(2026, 12, 8), 2)]


def test_a_visit_to_a_team_she_does_not_serve_has_no_link_to_its_page(
    client: Client, team: Team, visitor: User
) -> None:
    make_visit(make_team("Syd", unit=team.unit), visitor, dt.date(2026, 12, 8))
    (day,) = page(client)["days_coming"]
    assert [(entry.url, entry.action_url) for entry in day.entries] == [("", "")]


def test_what_nobody_has_noted_is_asked_for(client: Client, team: Team, visitor: User) -> None:
    meeting = make_meeting(team, dt.date(2026, 11, 10))
    visit = make_visit(team, visitor, dt.date(2026, 11, 10))
    make_meeting(make_team("Syd"), dt.date(2026, 11, 10))
    make_meeting(team, dt.date(2026, 9, 1))  # too long ago to be a task
    context = page(client)
    assert list(context["meetings_to_note"]) == [meeting]
    assert list(context["visits_to_note"]) == [visit]


def test_a_team_without_a_visit_for_long_needs_a_date(client: Client, team: Team, visitor: User) -> None:
    assert [due.row.name for due in page(client)["due"]] == ["Nord"]


def test_a_planned_visit_needs_none(client: Client, team: Team, visitor: User) -> None:
    make_visit(team, visitor, dt.date(2026, 12, 8))
    assert page(client)["due"] == []
