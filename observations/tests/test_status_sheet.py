"""A team on one page, before a visit."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from observations.enums import RecordState, VisitState
from observations.models import Visit, VisitFocus, VisitRecord
from slf_portal.accounts.models import User
from teams.models import Team, TeamContract
from tests.builders import (
    make_agreement,
    make_contract,
    make_leader,
    make_meeting,
    make_member,
    make_resource_person,
    make_team,
    make_visit,
)
from tests.cycle_builders import make_conversation, make_cycle
from tests.documents import read, words_of

TODAY = dt.date(2026, 11, 24)
LINE, QUESTION, AGREED = "Vi lægger bøvlet på bordet.", "Hvem tænker højt?", "Vi tæller til fem."
KEPT, FOCUS = "Pauser er arbejde.", "Tempoet i undersøgelsen"
OWN_WORDS = (LINE, QUESTION, AGREED, KEPT)


@pytest.fixture
def visit(tuesday: dt.date, team: Team, visitor: User) -> Visit:
    """Of a team that has met, agreed, learned and been visited."""
    contract = make_contract(team, TODAY - dt.timedelta(days=60), texts=("Vi lærer sammen.",))
    TeamContract.objects.filter(pk=contract.pk).update(first_line=LINE)
    make_cycle(team, "Bedre spørgsmål", phase=2)
    make_conversation(make_meeting(team, TODAY - dt.timedelta(days=20), state=MeetingState.HELD), focus=QUESTION)
    make_agreement(team, AGREED)
    before = make_visit(team, visitor, TODAY - dt.timedelta(days=90), state=VisitState.HELD)
    VisitRecord.objects.create(visit=before, state=RecordState.SHARED, kept=KEPT)
    visit = make_visit(team, visitor, TODAY)
    VisitFocus.objects.create(visit=visit, position=1, text=FOCUS)
    return visit


def address(visit: Visit, name: str = "status_sheet") -> str:
    return reverse(f"observations:{name}", args=[visit.pk])


@pytest.mark.parametrize("name", ["status_sheet", "status_sheet_pdf"])
def test_it_says_what_the_visitor_needs(client: Client, visit: Visit, name: str) -> None:
    answer = client.get(address(visit, name))
    words = words_of(read(answer.content)) if name.endswith("pdf") else answer.content.decode()
    wanted = (*OWN_WORDS, FOCUS, "Bedre spørgsmål", "Observér", "onsdag 26. august", "onsdag 4. november")
    assert [word for word in wanted if word.lower() not in words.lower()] == []


def test_a_member_reads_it_and_the_leader_does_not(client: Client, visit: Visit, team: Team) -> None:
    client.force_login(make_member(team))
    page = client.get(address(visit)).content.decode()
    assert [word for word in OWN_WORDS if word not in page] == []
    client.force_login(make_leader(team.unit))
    assert client.get(address(visit)).status_code == 403


def test_a_visitor_from_outside_gets_titles_and_counts(client: Client, visit: Visit) -> None:
    outsider = make_resource_person(make_team("Syd"))
    Visit.objects.filter(pk=visit.pk).update(visitor=outsider)
    client.force_login(outsider)
    page = client.get(address(visit)).content.decode()
    assert [word for word in OWN_WORDS if word in page] == []
    assert [word for word in (FOCUS, "Bedre spørgsmål", "1 åben", "4. november") if word not in page] == []


def test_what_a_draft_says_is_its_visitors(client: Client, visit: Visit, team: Team) -> None:
    VisitRecord.objects.update(state=RecordState.DRAFT)
    client.force_login(make_member(team))
    assert KEPT not in client.get(address(visit)).content.decode()


def test_a_new_team_has_a_page_too(client: Client, tuesday: dt.date, team: Team, visitor: User) -> None:
    page = client.get(address(make_visit(team, visitor, TODAY))).content.decode()
    assert "Ingen læringscirkel er i gang." in page
    assert "Teamet har ikke haft besøg før." in page


def test_it_is_one_page_when_everything_is_long(client: Client, visit: Visit, team: Team) -> None:
    long = "Vi undersøger sammen, hvad der sker, når vi venter lidt længere end vi plejer, før vi svarer. "
    TeamContract.objects.filter(first_line=LINE).update(first_line=long[:160], second_line=(long * 2)[:160])
    for days in (30, 40, 50):
        make_conversation(
            make_meeting(team, TODAY - dt.timedelta(days=days), state=MeetingState.HELD), focus=(long * 4)[:300]
        )
    for _ in range(12):
        make_agreement(team, (long * 3)[:250])
    for title in ("Læring", "Spørgsmål", "Pauser"):
        make_cycle(team, (title + long)[:120])
    VisitRecord.objects.update(kept=long * 40)
    VisitFocus.objects.update(text=(long * 4)[:300])
    VisitFocus.objects.create(visit=visit, position=2, text=(long * 4)[:300])
    document = read(client.get(address(visit, "status_sheet_pdf")).content)
    assert len(document.pages) == 1
    assert "og 7 til" in words_of(document)


def test_it_costs_as_many_queries_with_more(
    client: Client, visit: Visit, team: Team, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_agreement(team, f"Aftale {number}")
        make_meeting(team, TODAY - dt.timedelta(days=30 + number), state=MeetingState.HELD)
    with django_assert_max_num_queries(18):
        client.get(address(visit))
