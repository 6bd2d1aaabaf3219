"""A meeting on its page: what the team brings to it, how far it is, and how little others see."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import ConversationRole, EntryKind, MeetingState
from learningcycle.models import Attendance, Meeting
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.enums import AgreementSource, AgreementState
from teams.models import Team
from tests.builders import (
    make_agreement,
    make_central,
    make_contract,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_team_leader,
)
from tests.cycle_builders import make_conversation, make_cycle

NAME = "Nanna Nærværende"
# Words of the conversation: the team's alone.
SECRETS = ("Hvem tier?", "Ingen turde.", "Ventetid virker.", "Det gik trægt.", "Vi er uenige om ro.", NAME)


@pytest.fixture
def team(team: Team, tuesday: dt.date) -> Team:
    return team


@pytest.fixture
def closed(team: Team) -> Meeting:
    """A closed conversation of a month ago, with something of everything."""
    meeting = make_meeting(team, dt.date(2026, 10, 27), state=MeetingState.HELD)
    Meeting.objects.filter(pk=meeting.pk).update(with_learning_cycle=True)
    there = make_member(team, NAME)
    conversation = make_conversation(
        meeting,
        cycle=make_cycle(team, "Bedre spørgsmål", phase=3, goal="Flere kommer til orde.", focus="Cirklens fokus."),
        focus=SECRETS[0],
        texts=[SECRETS[1]],
        roles={ConversationRole.MINUTE_TAKER: there},
        begun_at=meeting.starts_at,
        closed_at=meeting.ends_at,
        learning=SECRETS[2],
        how_it_went=SECRETS[3],
        disagreement=SECRETS[4],
        next_focus_person=there,
        present_count=3,
    )
    Attendance.objects.create(conversation=conversation, person=there)
    return meeting


def page(client: Client, meeting: Meeting, person: User) -> Any:
    client.force_login(person)
    return client.get(reverse("learningcycle:meeting_detail", args=[meeting.pk]))


def agreed_at(meeting: Meeting, text: str, **values: Any) -> Any:
    return make_agreement(meeting.team, text, source=AgreementSource.MEETING, source_id=meeting.pk, **values)


def links(client: Client, meeting: Meeting, person: User) -> set[str]:
    """What can be done from the page, of what is built here."""
    content = page(client, meeting, person).content.decode()
    names = ("meeting_prepare", "meeting_attendance", "meeting_move", "meeting_cancel", "meeting_held")
    return {name for name in names if reverse(f"learningcycle:{name}", args=[meeting.pk]) in content}


def test_the_next_meeting_opens_with_what_the_last_one_left(client: Client, team: Team, closed: Meeting) -> None:
    contract = make_contract(team, dt.date(2026, 1, 1))
    contract.first_line, contract.second_line = "Vi lægger bøvlet på bordet.", "Vi spørger, før vi svarer."
    contract.save()
    agreed_at(closed, "Vi tæller til fem.", owner=make_member(team, "Per Person"), due_on=dt.date(2026, 12, 1))
    cycle = closed.conversation.cycle
    assert cycle is not None
    cycle.entries.create(kind=EntryKind.SIGN, text="Flere end halvdelen siger noget.")
    coming = make_meeting(team, dt.date(2026, 12, 8))
    content = page(client, coming, make_member(team)).content.decode()
    told = (
        "Tirsdag 8. december kl. 10.00-11.00",
        "ikke forberedt endnu",
        "Vi lægger bøvlet på bordet.",
        "Vi spørger, før vi svarer.",
        "Siden sidst",
        "Tirsdag 27. oktober",
        "Nanna Nærværende",
        "Ventetid virker.",
        "Vi er uenige om ro.",
        "Flere end halvdelen siger noget.",
        "Vi tæller til fem.",
        "Per Person",
        "inden 1. dec.",
        "Bedre spørgsmål",
        "fase: Reflektér og sæt mål",
        "Den er ikke en af kommunens læringssamtaler om kvalitet og tilsyn.",
    )
    assert [text for text in told if text not in content] == []


def test_a_logged_meeting_is_the_last_one_too(client: Client, team: Team, closed: Meeting) -> None:
    make_meeting(team, dt.date(2026, 11, 17), state=MeetingState.HELD)
    coming = make_meeting(team, dt.date(2026, 12, 8))
    content = page(client, coming, make_member(team)).content.decode()
    assert "Tirsdag 17. november" in content
    assert "Tirsdag 27. oktober" in content


def test_the_first_meeting_says_what_will_stand_there(client: Client, team: Team) -> None:
    content = page(client, make_meeting(team, dt.date(2026, 12, 8)), make_member(team)).content.decode()
    assert "når I har mødtes første gang" in content
    assert "Her står dagsordenen, når I har forberedt mødet." in content


def test_closed_it_tells_the_team_what_was_agreed_and_who_was_here(client: Client, closed: Meeting) -> None:
    agreed_at(closed, "Vi tæller til fem.")
    make_agreement(closed.team, "Noget andet.")
    content = page(client, closed, make_member(closed.team)).content.decode()
    told = (
        "Holdt med læringscirklen",
        "samtalen er afsluttet",
        SECRETS[0],
        "Vi tæller til fem.",
        "3 i alt",
        SECRETS[5],
    )
    assert [text for text in told if text not in content] == []
    assert "Siden sidst</h2>" not in content
    assert "Noget andet." not in content


def test_what_was_agreed_here_is_not_brought_from_last_time(client: Client, team: Team) -> None:
    today = make_meeting(team, dt.date(2026, 11, 24))
    make_conversation(today, begun_at=today.starts_at)
    agreed_at(today, "Vi tæller til fem.")
    response = page(client, today, make_member(team))
    assert response.context["since_last"].agreements == []
    assert response.content.decode().count('own-words">Vi tæller til fem.') == 1


def test_each_state_offers_what_can_be_done(client: Client, team: Team, closed: Meeting) -> None:
    member, leader = make_member(team), make_leader(team.unit)
    coming, today = make_meeting(team, dt.date(2026, 12, 8)), make_meeting(team, dt.date(2026, 11, 24))
    cancelled = make_meeting(team, dt.date(2026, 11, 3), state=MeetingState.CANCELLED)
    logged = make_meeting(team, dt.date(2026, 11, 10), state=MeetingState.HELD)
    moving = {"meeting_move", "meeting_cancel"}
    assert links(client, coming, member) == moving | {"meeting_prepare"}
    assert links(client, today, member) == moving | {"meeting_prepare", "meeting_attendance", "meeting_held"}
    assert links(client, logged, member) == links(client, closed, member) == {"meeting_attendance"}
    assert links(client, cancelled, member) == set()
    assert links(client, coming, leader) == links(client, today, leader) == moving
    assert links(client, closed, leader) == set()


def test_an_agenda_longer_than_the_meeting_is_a_quiet_note(client: Client, team: Team) -> None:
    meeting = make_meeting(team, dt.date(2026, 12, 8))
    conversation, member = make_conversation(meeting), make_member(team)
    assert "60 minutter i alt." in page(client, meeting, member).content.decode()
    conversation.items.filter(position=1).update(minutes=14)
    content = page(client, meeting, member).content.decode()
    assert "70 minutter i alt. Mødet varer 60 minutter, så det kan blive stramt." in content


@pytest.mark.parametrize("leads", ["unit", "team"])
def test_a_leader_sees_that_it_was_held_how_far_and_how_many(
    client: Client, team: Team, closed: Meeting, leads: str
) -> None:
    leader = make_leader(team.unit) if leads == "unit" else make_team_leader(team)
    agreed_at(closed, "Vi tæller til fem.", owner=leader)
    agreed_at(closed, "Vi spørger igen.", is_shared=True, state=AgreementState.UNDER_WAY)
    content = page(client, closed, leader).content.decode()
    told = ("Holdt med læringscirklen", "Bedre spørgsmål", "fase: Reflektér og sæt mål", "Flere kommer til orde.",
            "<dd>3</dd>", "1 åben, 1 i gang")  # fmt: skip
    assert [text for text in told if text not in content] == []
    hidden = (
        *SECRETS,
        "Cirklens fokus.",
        "Vi tæller til fem.",
        "Vi spørger igen.",
        "Tjek ind",
        "samtalen er afsluttet",
    )
    assert [text for text in hidden if text in content] == []


def test_who_only_supports_sees_no_goal_either(client: Client, team: Team, closed: Meeting) -> None:
    for person in (make_learning_partner(team.unit), make_central(CentralRole.SECTION_LEADER)):
        content = page(client, closed, person).content.decode()
        assert "Bedre spørgsmål" in content
        assert [text for text in (*SECRETS, "Flere kommer til orde.") if text in content] == []


def test_a_leader_does_not_see_whether_it_is_prepared_or_under_way(client: Client, team: Team) -> None:
    today = make_meeting(team, dt.date(2026, 11, 24))
    make_conversation(today, begun_at=today.starts_at, focus="Hvem tier?")
    content = page(client, today, make_leader(team.unit)).content.decode()
    assert [text for text in ("i gang", "forberedt", "Hvem tier?") if text in content] == []


def test_a_stranger_does_not_know_of_it(client: Client, closed: Meeting) -> None:
    assert page(client, closed, make_person()).status_code == 404


def test_that_it_was_held_is_taken_back_when_its_minutes_are_open_again(
    client: Client, team: Team, closed: Meeting
) -> None:
    client.force_login(make_member(team))
    take_back = reverse("learningcycle:meeting_reopen", args=[closed.pk])
    client.post(take_back)
    closed.refresh_from_db()
    assert closed.state == MeetingState.HELD
    client.post(reverse("learningcycle:minutes_reopen", args=[closed.pk]))
    client.post(take_back)
    closed.refresh_from_db()
    assert (closed.state, closed.conversation.learning) == (MeetingState.PLANNED, "Ventetid virker.")


@pytest.mark.parametrize("outside", [False, True])
def test_more_of_everything_costs_no_more_queries(client: Client, team: Team, *, outside: bool) -> None:
    before = make_meeting(team, dt.date(2026, 10, 27), state=MeetingState.HELD)
    make_conversation(before, begun_at=before.starts_at, closed_at=before.ends_at)
    today, cycle = make_meeting(team, dt.date(2026, 11, 24)), make_cycle(team)
    conversation = make_conversation(today, cycle=cycle, begun_at=at(dt.date(2026, 11, 24), dt.time(8)))
    person = make_leader(team.unit) if outside else make_resource_person(team)
    counts = []
    for number in (1, 2):
        for index in range(number):
            colleague = make_member(team)
            agreed_at(today, "Vi tæller.", owner=colleague)
            agreed_at(before, "Vi spørger.", owner=colleague)
            cycle.entries.create(kind=EntryKind.SIGN, text="Flere svarer.")
            Attendance.objects.create(conversation=conversation, person=colleague)
            conversation.items.create(position=10 + index, title="Mere", minutes=5)
            role = list(ConversationRole)[conversation.roles.count()]
            conversation.roles.create(role=role, person=colleague)
        page(client, today, person)
        with CaptureQueriesContext(connection) as queries:
            page(client, today, person)
        counts.append(len(queries))
    assert counts[0] == counts[1]
