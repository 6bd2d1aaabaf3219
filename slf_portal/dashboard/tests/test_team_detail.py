"""A team's page: its promises, its people, its meetings and visits."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState, NoMeeting
from observations.enums import VisitState
from slf_portal.accounts.models import User
from teams.enums import TeamKind
from teams.models import Team
from tests.builders import (
    make_all_terms,
    make_closure,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_resource_person,
    make_rhythm,
    make_team,
    make_unit,
    make_visit,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


def page(client: Client, team: Team, person: User) -> Any:
    client.force_login(person)
    return client.get(reverse("dashboard:team_detail", args=[team.pk]))


def test_meetings_stand_by_what_is_to_be_done_with_them(client: Client, team: Team) -> None:
    held = make_meeting(team, dt.date(2026, 10, 13), state=MeetingState.HELD)
    passed = make_meeting(team, dt.date(2026, 11, 10))
    coming = [make_meeting(team, dt.date(2026, 12, day)) for day in (8, 15)]
    make_meeting(team, dt.date(2026, 12, 22), state=MeetingState.CANCELLED)
    meetings = page(client, team, make_member(team)).context["meetings"]
    assert (meetings.held, meetings.to_note, meetings.coming) == ([held], [passed], coming)


def test_visits_stand_by_what_is_to_be_done_with_them(client: Client, team: Team) -> None:
    visitor = make_resource_person(team)
    held = make_visit(team, visitor, dt.date(2026, 9, 8), state=VisitState.HELD)
    passed = make_visit(team, visitor, dt.date(2026, 11, 10))
    coming = make_visit(team, visitor, dt.date(2026, 12, 8))
    visits = page(client, team, visitor).context["visits"]
    assert (visits.held, visits.to_note, visits.coming) == ([held], [passed], [coming])


def test_a_month_without_a_meeting_says_why(client: Client, team: Team) -> None:
    make_all_terms(unit=team.unit)
    make_rhythm(team)
    make_closure(dt.date(2027, 2, 1), dt.date(2027, 3, 1), unit=team.unit)
    (slot,) = page(client, team, make_member(team)).context["months_without"]
    assert (slot.month, slot.why_not) == (dt.date(2027, 2, 1), NoMeeting.CLOSED)


def test_members_are_named_to_those_who_lead_and_not_to_those_who_support(client: Client, team: Team) -> None:
    make_member(team, name="Mette Medlem")
    leader, partner = make_leader(team.unit), make_learning_partner(team.unit)
    named = [b"Mette Medlem" in page(client, team, person).content for person in (leader, partner)]
    assert named == [True, False]


@pytest.mark.parametrize("verb", ["meeting_move", "meeting_cancel"])
def test_who_cannot_plan_is_offered_no_way_to(client: Client, team: Team, verb: str) -> None:
    meeting = make_meeting(team, dt.date(2026, 12, 8))
    link = reverse(f"learningcycle:{verb}", args=[meeting.pk]).encode()
    offered = [
        link in page(client, team, person).content for person in (make_member(team), make_learning_partner(team.unit))
    ]
    assert offered == [True, False]


def test_only_the_team_is_asked_whether_the_meeting_was_held(client: Client, team: Team) -> None:
    meeting = make_meeting(team, dt.date(2026, 11, 10))
    link = reverse("learningcycle:meeting_held", args=[meeting.pk]).encode()
    asked = [link in page(client, team, person).content for person in (make_member(team), make_leader(team.unit))]
    assert asked == [True, False]


def test_a_group_without_promises_has_no_line(client: Client, db: None, tuesday: dt.date) -> None:
    group = make_team("Ledelsen", kind=TeamKind.LEADERSHIP)
    assert page(client, group, make_member(group)).context["rows"] == []
