"""What is agreed and when: terms that change, the nearest ones, and what the whole line costs."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from learningcycle.enums import MeetingState
from observations.enums import VisitState
from slf_portal.accounts.models import User
from slf_portal.fundament.queries import fundament
from teams.enums import Promise, Status, TeamKind, UnitKind
from teams.models import PromiseTerms, Team, Unit
from teams.rules import PromiseStatus
from tests.builders import (
    SINCE,
    make_all_terms,
    make_meeting,
    make_person,
    make_team,
    make_terms,
    make_unit,
    make_visit,
)

NOT_AGREED = PromiseStatus(Status.NOT_AGREED)


@pytest.fixture
def unit(db: None) -> Unit:
    """A school that has agreed on the defaults."""
    unit = make_unit()
    make_all_terms(unit=unit)
    return unit


@pytest.fixture
def team(unit: Unit) -> Team:
    return make_team(unit=unit)


@pytest.fixture
def visitor(db: None) -> User:
    return make_person()


def status(team: Team, promise: Promise, as_of: dt.date) -> PromiseStatus:
    return fundament([team], as_of)[team.pk][promise]


def change_terms(unit: Unit, promise: Promise, **values: Any) -> None:
    PromiseTerms.objects.filter(unit=unit, promise=promise).update(**values)


def test_terms_that_change_in_the_middle_of_the_year_hold_from_their_day(unit: Unit, team: Team, visitor: User) -> None:
    change_terms(unit, Promise.VISIT, ends_on=dt.date(2026, 6, 15))
    make_terms(Promise.VISIT, unit=unit, starts_on=dt.date(2026, 6, 15), interval_months=6, soon_days=7)
    make_visit(team, visitor, dt.date(2026, 3, 10), state=VisitState.HELD)

    assert [status(team, Promise.VISIT, dt.date(2026, 6, day)) for day in (14, 15)] == [
        PromiseStatus(Status.OVERDUE, dt.date(2026, 6, 10)),
        PromiseStatus(Status.MET, dt.date(2026, 3, 10), due_on=dt.date(2026, 9, 10)),
    ]
    assert [status(team, Promise.VISIT, dt.date(2026, 9, day)) for day in (2, 3)] == [
        PromiseStatus(Status.MET, dt.date(2026, 3, 10), due_on=dt.date(2026, 9, 10)),
        PromiseStatus(Status.SOON, dt.date(2026, 9, 10)),
    ]


def test_a_first_visit_is_counted_from_the_day_it_was_agreed(unit: Unit, team: Team) -> None:
    change_terms(unit, Promise.VISIT, starts_on=dt.date(2026, 6, 15))

    assert [status(team, Promise.VISIT, dt.date(2026, 6, day)) for day in (14, 15)] == [
        NOT_AGREED,
        PromiseStatus(Status.NOT_YET, dt.date(2026, 9, 15)),
    ]


def test_the_month_in_which_meetings_were_agreed_is_not_asked_for(unit: Unit, team: Team) -> None:
    change_terms(unit, Promise.MEETING, starts_on=dt.date(2026, 10, 2))

    assert [status(team, Promise.MEETING, dt.date(2026, 10, day)) for day in (1, 2, 31)] == [
        NOT_AGREED,
        PromiseStatus(Status.NOT_YET, dt.date(2026, 10, 31)),
        PromiseStatus(Status.NOT_YET, dt.date(2026, 10, 31)),
    ]
    assert status(team, Promise.MEETING, dt.date(2026, 11, 1)) == PromiseStatus(Status.NOT_YET, dt.date(2026, 11, 30))


def test_meetings_every_second_month_are_counted_from_the_last(unit: Unit, team: Team) -> None:
    change_terms(unit, Promise.MEETING, interval_months=2)
    make_meeting(team, dt.date(2026, 9, 15), state=MeetingState.HELD)

    assert [
        status(team, Promise.MEETING, dt.date(2026, month, day)) for month, day in ((10, 31), (11, 1), (11, 16))
    ] == [
        PromiseStatus(Status.MET, dt.date(2026, 9, 15), due_on=dt.date(2026, 11, 15)),
        PromiseStatus(Status.SOON, dt.date(2026, 11, 15)),
        PromiseStatus(Status.OVERDUE, dt.date(2026, 11, 15)),
    ]


def test_terms_end_on_the_day_they_end(unit: Unit, team: Team) -> None:
    change_terms(unit, Promise.GRUS, ends_on=dt.date(2026, 11, 24))

    assert [status(team, Promise.GRUS, dt.date(2026, 11, day)) for day in (23, 24)] == [
        PromiseStatus(Status.OVERDUE, dt.date(2021, 1, 1)),
        NOT_AGREED,
    ]


def test_the_nearest_agreement_counts(db: None) -> None:
    """Youth area → club → department → room, with an agreement one step further down each time."""
    line = [make_unit("Område", kind=UnitKind.YOUTH)]
    for name in ("Klub", "Afdeling", "Rum"):
        line.append(make_unit(name, kind=UnitKind.YOUTH, parent=line[-1]))
    team = make_team(unit=line[-1], starts_on=SINCE)
    day = dt.date(2020, 1, 2)
    assert status(team, Promise.VISIT, day) == NOT_AGREED

    make_terms(Promise.VISIT, kind=UnitKind.YOUTH, first_due_months=12)
    assert status(team, Promise.VISIT, day).on == dt.date(2021, 1, 1)
    for months, unit in zip((10, 8, 6, 4), line, strict=True):
        make_terms(Promise.VISIT, unit=unit, first_due_months=months)
        assert status(team, Promise.VISIT, day).on == dt.date(2020, 1 + months, 1)


def test_other_groups_have_no_promises(unit: Unit) -> None:
    group = make_team(unit=unit, kind=TeamKind.LEADERSHIP)

    assert fundament([group], dt.date(2026, 11, 24)) == {}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_fundament_costs_six_queries_for_any_number_of_teams(
    count: int, unit: Unit, visitor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teams = [make_team(unit=make_unit(parent=unit)) for _ in range(count)]
    for team in teams:
        make_meeting(team, dt.date(2026, 11, 12), state=MeetingState.HELD)
        make_visit(team, visitor, dt.date(2026, 11, 12))

    with django_assert_num_queries(6):
        found = fundament(teams, dt.date(2026, 11, 24))
    assert {line[Promise.MEETING].status for line in found.values()} == {Status.MET}
    assert len(found) == count
