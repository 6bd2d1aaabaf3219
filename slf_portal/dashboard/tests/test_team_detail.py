"""A team's page: its promises, its people, its meetings and visits."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState, NoMeeting
from observations.enums import VisitState
from slf_portal.accounts.models import User
from teams.enums import AgreementState, GrusState, Promise, TeamKind
from teams.models import Team
from tests.builders import (
    make_administrator,
    make_agreement,
    make_all_terms,
    make_closure,
    make_goal,
    make_grus,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_resource_person,
    make_rhythm,
    make_stand,
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


def test_the_team_reads_what_is_open_and_others_how_much_there_is(client: Client, team: Team) -> None:
    member = make_member(team, name="Mette Medlem")
    open_one = make_agreement(team, "Vi prøver to.", owner=member)
    shared = make_agreement(team, "Vi siger det højt.", is_shared=True)
    make_agreement(team, "Vi er færdige.", state=AgreementState.DONE)
    read = {
        person.name: (
            list(page(client, team, person).context["agreements"]),
            page(client, team, person).context["unread"].in_words,
            b"Vi pr\xc3\xb8ver to." in page(client, team, person).content,
        )
        for person in (member, make_leader(team.unit), make_learning_partner(team.unit), make_administrator())
    }
    assert read == {
        "Mette Medlem": ([open_one, shared], "", True),
        "Lone Leder": ([shared], "1 åben, 1 gjort", False),
        "Lis Læringspartner": ([], "2 åbne, 1 gjort", False),
        "Ada Administrator": ([], "2 åbne, 1 gjort", False),
    }


def test_only_who_may_open_the_list_is_led_to_it(client: Client, team: Team) -> None:
    make_agreement(team)
    links = [reverse(f"teams:{name}", args=[team.pk]).encode() for name in ("team_agreements", "agreement_add")]
    people = (make_member(team), make_leader(team.unit), make_learning_partner(team.unit))
    offered = [[link in page(client, team, person).content for link in links] for person in people]
    assert offered == [[True, True], [True, False], [False, False]]


def test_the_coming_grus_is_shown_to_the_team_and_its_leader_alone(client: Client, team: Team) -> None:
    planned = make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED)
    make_grus(team, dt.date(2025, 12, 3))
    link = reverse("teams:grus_detail", args=[planned.pk]).encode()
    people = (make_member(team), make_leader(team.unit), make_learning_partner(team.unit))
    assert [link in page(client, team, person).content for person in people] == [True, True, False]


def test_without_a_grus_the_leader_finds_a_time_and_the_team_proposes_a_day(client: Client, team: Team) -> None:
    make_all_terms(unit=team.unit)
    people = (make_member(team), make_leader(team.unit), make_learning_partner(team.unit))
    rows = [page(client, team, person).context["rows"] for person in people]
    cells = [next(cell for cell in row.cells if cell.promise is Promise.GRUS) for (row,) in rows]
    assert [cell.action_url for cell in cells] == [
        reverse("teams:grus_propose", args=[team.pk]), reverse("teams:grus_plan", args=[team.pk]), "",
    ]  # fmt: skip


def test_the_latest_words_about_the_staircase_are_shown_to_those_who_may_read_them(client: Client, team: Team) -> None:
    goal = make_goal(team.unit, "Vi lærer af hinanden")
    make_stand(team, goal, dt.date(2026, 5, 5), "Vi var ikke begyndt.")
    make_stand(team, goal, dt.date(2026, 10, 5), "Vi har prøvet det.")
    shown = {}
    for name, person in {
        "member": make_member(team),
        "resource person": make_resource_person(team),
        "leader": make_leader(team.unit),
        "learning partner": make_learning_partner(team.unit),
    }.items():
        text = page(client, team, person).content.decode()
        say = reverse("teams:staircase_say", args=[team.pk, goal.pk])
        shown[name] = ("Vi har prøvet det." in text, "Vi var ikke begyndt." in text, say in text)
        assert "Vi lærer af hinanden" in text
        assert "5. okt" in text
    assert shown == {
        "member": (True, False, True),
        "resource person": (True, False, True),
        "leader": (True, False, False),
        "learning partner": (False, False, False),
    }


def test_a_unit_without_goals_has_no_section_for_them(client: Client, team: Team) -> None:
    make_goal(team.unit, "Ældre", ends_on=dt.date(2026, 1, 1))
    make_goal(team.unit, "Senere", starts_on=dt.date(2030, 1, 1))
    response = page(client, team, make_member(team))
    assert response.context["stands"] == []
    assert "Målsætningstrappen" not in response.content.decode()


def test_the_cancelled_visits_of_three_months_stand_below_with_their_reason(client: Client, team: Team) -> None:
    visitor, cancelled = make_resource_person(team), VisitState.CANCELLED
    make_visit(team, visitor, dt.date(2026, 8, 23), state=cancelled, reason="For længe siden.")
    latest = make_visit(team, visitor, dt.date(2026, 12, 1), state=cancelled, reason="Vandskade <i>på</i> skolen.")
    first = make_visit(team, visitor, dt.date(2026, 8, 24), state=cancelled)
    for person in (visitor, make_member(team), make_learning_partner(team.unit)):
        response = page(client, team, person)
        assert response.context["cancelled"] == [latest, first]
        shown = response.content.decode()
        assert "aflyst: Vandskade &lt;i&gt;på&lt;/i&gt; skolen." in shown
        assert reverse("observations:visit_detail", args=[latest.pk]) in shown
        assert "For længe siden." not in shown
