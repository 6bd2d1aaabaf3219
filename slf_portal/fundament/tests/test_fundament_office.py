"""Three teams of an office like HR og Organisation, and a school without a rhythm: worked out by hand.

What is agreed for Fællesfunktioner: a meeting every month (July pauses), a contract 12 months after the last, a GRUS 12
months after the last (the first 12 months after the team began), a visit 3 months after the last. "Soon" are the 14
days before, for the GRUS 30; for the meeting the days up to the month's last.

    Rekruttering    began 1 February 2024
        meetings    18 November 2025; 12 November 2026
        contract    20 May 2025, replaced on 20 May 2026                 next by 20 May 2027
        GRUS        20 November 2025; planned for 3 December 2026        next by 20 November 2026: late, but arranged
        visits      26 August 2025, 2 December 2025, 12 May 2026         next by 12 August 2026: late
    Arbejdsmiljø    began 15 August 2023
        meetings    25 November 2025; 27 October 2026; planned for 26 November 2026
        contract    9 December 2024, replaced on 8 December 2025         soon from 24 November 2026, that very day
        GRUS        15 September 2025; 14 September 2026
        visits      7 October 2025; 2 October 2026                       next by 2 January 2027, soon from 19 December
    Løn og data     began 1 March 2026, with the contract written in January
        meetings    17 September 2026; 10 November 2026 without the learning cycle       none noted in October
        contract    20 January 2026
        GRUS        none                                                 the first by 1 March 2027
        visits      25 August 2026; planned for 1 December 2026          next by 25 November 2026: soon, but arranged
"""

import datetime as dt

import pytest

from learningcycle.enums import MeetingState
from observations.enums import VisitState
from slf_portal.fundament.queries import Fundament, fundament
from teams.defaults import ensure_default_terms
from teams.enums import ContractState, GrusState, Promise, Status, UnitKind
from teams.models import PromiseTerms, Team, Unit
from teams.rules import PromiseStatus
from tests.builders import (
    make_contract,
    make_grus,
    make_meeting,
    make_resource_person,
    make_team,
    make_unit,
    make_visit,
)

TODAY = dt.date(2026, 11, 24)
A_YEAR_BEFORE = dt.date(2025, 11, 24)
NOT_AGREED = PromiseStatus(Status.NOT_AGREED)


@pytest.fixture
def office(db: None) -> Unit:
    ensure_default_terms(PromiseTerms)
    return make_unit("HR og Organisation", kind=UnitKind.CENTRAL_OFFICE)


@pytest.fixture
def recruitment(office: Unit) -> Team:
    team = make_team("Rekruttering", unit=office, starts_on=dt.date(2024, 2, 1))
    visitor = make_resource_person(team)
    make_meeting(team, dt.date(2025, 11, 18), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 11, 12), state=MeetingState.HELD)
    make_contract(team, dt.date(2025, 5, 20), state=ContractState.REPLACED)
    make_contract(team, dt.date(2026, 5, 20))
    make_grus(team, dt.date(2025, 11, 20))
    make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED)
    for day in (dt.date(2025, 8, 26), dt.date(2025, 12, 2), dt.date(2026, 5, 12)):
        make_visit(team, visitor, day, state=VisitState.HELD)
    return team


@pytest.fixture
def work_environment(office: Unit) -> Team:
    team = make_team("Arbejdsmiljø", unit=office, starts_on=dt.date(2023, 8, 15))
    visitor = make_resource_person(team)
    make_meeting(team, dt.date(2025, 11, 25), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 10, 27), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 11, 26))
    make_contract(team, dt.date(2024, 12, 9), state=ContractState.REPLACED)
    make_contract(team, dt.date(2025, 12, 8))
    make_grus(team, dt.date(2025, 9, 15))
    make_grus(team, dt.date(2026, 9, 14))
    for day in (dt.date(2025, 10, 7), dt.date(2026, 10, 2)):
        make_visit(team, visitor, day, state=VisitState.HELD)
    return team


@pytest.fixture
def pay(office: Unit) -> Team:
    team = make_team("Løn og data", unit=office, starts_on=dt.date(2026, 3, 1))
    visitor = make_resource_person(team)
    make_meeting(team, dt.date(2026, 9, 17), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 11, 10), state=MeetingState.HELD, with_learning_cycle=False)
    make_contract(team, dt.date(2026, 1, 20))
    make_visit(team, visitor, dt.date(2026, 8, 25), state=VisitState.HELD)
    make_visit(team, visitor, dt.date(2026, 12, 1))
    return team


@pytest.fixture
def school_team(db: None) -> Team:
    """A team that does everything, in a school that has agreed on nothing."""
    team = make_team("3. årgang", unit=make_unit("Skovvangskolen"))
    make_meeting(team, dt.date(2026, 10, 27), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 11, 26))
    make_contract(team, dt.date(2025, 5, 20))
    make_grus(team, dt.date(2025, 9, 15))
    make_visit(team, make_resource_person(team), dt.date(2025, 10, 7), state=VisitState.HELD)
    return team


def line_of(team: Team, as_of: dt.date) -> Fundament:
    return fundament([team], as_of)[team.pk]


def test_recruitment_today(recruitment: Team) -> None:
    assert line_of(recruitment, TODAY) == {
        Promise.MEETING: PromiseStatus(Status.MET, dt.date(2026, 11, 12)),
        Promise.CONTRACT: PromiseStatus(Status.MET, dt.date(2026, 5, 20), due_on=dt.date(2027, 5, 20)),
        Promise.GRUS: PromiseStatus(Status.PLANNED, dt.date(2026, 12, 3)),
        Promise.VISIT: PromiseStatus(Status.OVERDUE, dt.date(2026, 8, 12)),
    }


def test_recruitment_a_year_before(recruitment: Team) -> None:
    assert line_of(recruitment, A_YEAR_BEFORE) == {
        Promise.MEETING: PromiseStatus(Status.MET, dt.date(2025, 11, 18)),
        Promise.CONTRACT: PromiseStatus(Status.MET, dt.date(2025, 5, 20), due_on=dt.date(2026, 5, 20)),
        Promise.GRUS: PromiseStatus(Status.MET, dt.date(2025, 11, 20), due_on=dt.date(2026, 11, 20)),
        # Due on 26 November and soon; it was held on 2 December, so on this day it stood ahead.
        Promise.VISIT: PromiseStatus(Status.PLANNED, dt.date(2025, 12, 2)),
    }


def test_work_environment_today(work_environment: Team) -> None:
    assert line_of(work_environment, TODAY) == {
        Promise.MEETING: PromiseStatus(Status.PLANNED, dt.date(2026, 11, 26)),
        Promise.CONTRACT: PromiseStatus(Status.SOON, dt.date(2026, 12, 8)),
        Promise.GRUS: PromiseStatus(Status.MET, dt.date(2026, 9, 14), due_on=dt.date(2027, 9, 14)),
        Promise.VISIT: PromiseStatus(Status.MET, dt.date(2026, 10, 2), due_on=dt.date(2027, 1, 2)),
    }


def test_work_environment_a_year_before(work_environment: Team) -> None:
    assert line_of(work_environment, A_YEAR_BEFORE) == {
        Promise.MEETING: PromiseStatus(Status.PLANNED, dt.date(2025, 11, 25)),
        # Soon from the next day on only.
        Promise.CONTRACT: PromiseStatus(Status.MET, dt.date(2024, 12, 9), due_on=dt.date(2025, 12, 9)),
        Promise.GRUS: PromiseStatus(Status.MET, dt.date(2025, 9, 15), due_on=dt.date(2026, 9, 15)),
        Promise.VISIT: PromiseStatus(Status.MET, dt.date(2025, 10, 7), due_on=dt.date(2026, 1, 7)),
    }


def test_pay_today(pay: Team) -> None:
    assert line_of(pay, TODAY) == {
        Promise.MEETING: PromiseStatus(Status.OVERDUE, dt.date(2026, 10, 31), missing_month=dt.date(2026, 10, 1)),
        Promise.CONTRACT: PromiseStatus(Status.MET, dt.date(2026, 1, 20), due_on=dt.date(2027, 1, 20)),
        Promise.GRUS: PromiseStatus(Status.NOT_YET, dt.date(2027, 3, 1)),
        Promise.VISIT: PromiseStatus(Status.PLANNED, dt.date(2026, 12, 1)),
    }


def test_pay_a_year_before_it_began(pay: Team) -> None:
    assert line_of(pay, A_YEAR_BEFORE) == dict.fromkeys(Promise, PromiseStatus(Status.NOT_YET, dt.date(2026, 3, 1)))


@pytest.mark.parametrize("as_of", [TODAY, A_YEAR_BEFORE])
def test_a_school_without_a_rhythm_has_agreed_on_nothing(school_team: Team, as_of: dt.date) -> None:
    assert line_of(school_team, as_of) == dict.fromkeys(Promise, NOT_AGREED)
