"""A resource person's day: today, what is coming, and the visits that need a date."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.models import VisitFocus
from slf_portal.accounts.models import User
from teams.enums import AgreementState
from teams.models import Team
from tests.builders import make_agreement, make_all_terms, make_meeting, make_resource_person, make_team, make_visit


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


def test_a_visit_leads_to_its_own_page_with_what_to_look_at(client: Client, team: Team, visitor: User) -> None:
    """To a team she does not serve as well, whose own page is not hers to open."""
    visit = make_visit(make_team("Syd", unit=team.unit), visitor, dt.date(2026, 12, 8))
    VisitFocus.objects.create(visit=visit, position=1, text="Hvem spørger?")
    (day,) = page(client)["days_coming"]
    (entry,) = day.entries
    assert {entry.url, entry.action_url} == {reverse("observations:visit_detail", args=[visit.pk])}
    assert "fokus: Hvem spørger?" in entry.detail
    assert client.get(entry.url).status_code == 200


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


def test_what_she_does_herself_within_three_weeks_stands_there(client: Client, team: Team, visitor: User) -> None:
    soon = make_agreement(team, owner=visitor, due_on=dt.date(2026, 12, 15), state=AgreementState.UNDER_WAY)
    make_agreement(team, owner=visitor, due_on=dt.date(2026, 12, 16))
    make_agreement(team, owner=visitor, state=AgreementState.DONE)
    make_agreement(team)
    assert list(page(client)["tasks"]) == [soon]


def test_a_front_page_shows_some_of_many(client: Client, team: Team, visitor: User) -> None:
    for _ in range(7):
        make_agreement(team, owner=visitor)
    assert len(page(client)["tasks"]) == 6
