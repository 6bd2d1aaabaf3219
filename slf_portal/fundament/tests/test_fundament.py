"""The four promises at their edges: ends of months, midnight, summer time, pauses, and what counts."""

import datetime as dt
from typing import Any

import pytest

from learningcycle.enums import MeetingState
from observations.enums import VisitState
from slf_portal.accounts.models import User
from slf_portal.fundament.queries import fundament
from teams.enums import ContractState, GrusState, Promise, Status
from teams.models import PromiseTerms, Team, Unit
from teams.rules import PromiseStatus
from tests.builders import (
    make_all_terms,
    make_contract,
    make_grus,
    make_meeting,
    make_person,
    make_team,
    make_unit,
    make_visit,
)


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


def missing(month: dt.date, on: dt.date) -> PromiseStatus:
    """Nothing is noted in a month, and nobody has arranged anything since."""
    return PromiseStatus(Status.OVERDUE, on, missing_month=month)


def change_terms(unit: Unit, promise: Promise, **values: Any) -> None:
    PromiseTerms.objects.filter(unit=unit, promise=promise).update(**values)


# Months that are not alike -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visited_on", "months", "due_on"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 1, 31), 3, dt.date(2026, 4, 30)),
        (dt.date(2026, 1, 31), 2, dt.date(2026, 3, 31)),
        (dt.date(2026, 2, 28), 1, dt.date(2026, 3, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
    ],
)
def test_months_are_counted_from_the_last_time(
    unit: Unit, team: Team, visitor: User, visited_on: dt.date, months: int, due_on: dt.date
) -> None:
    change_terms(unit, Promise.VISIT, interval_months=months, soon_days=0)
    make_visit(team, visitor, visited_on, state=VisitState.HELD)

    day_before, day_after = due_on - dt.timedelta(days=1), due_on + dt.timedelta(days=1)
    assert [status(team, Promise.VISIT, day) for day in (day_before, due_on, day_after)] == [
        PromiseStatus(Status.MET, visited_on, due_on=due_on),
        PromiseStatus(Status.SOON, due_on),
        PromiseStatus(Status.OVERDUE, due_on),
    ]


def test_a_visit_is_soon_for_fourteen_days(team: Team, visitor: User) -> None:
    make_visit(team, visitor, dt.date(2026, 9, 8), state=VisitState.HELD)

    due_on = dt.date(2026, 12, 8)
    assert [status(team, Promise.VISIT, dt.date(2026, 11, day)) for day in (23, 24)] == [
        PromiseStatus(Status.MET, dt.date(2026, 9, 8), due_on=due_on),
        PromiseStatus(Status.SOON, due_on),
    ]
    assert [status(team, Promise.VISIT, dt.date(2026, 12, day)) for day in (8, 9)] == [
        PromiseStatus(Status.SOON, due_on),
        PromiseStatus(Status.OVERDUE, due_on),
    ]


# Midnight and summer time --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "time", "month"),
    [
        (dt.date(2026, 11, 1), dt.time(0, 30), 11),  # 31 October, 23.30 UTC
        (dt.date(2026, 10, 31), dt.time(23, 30), 10),
        (dt.date(2026, 6, 1), dt.time(1, 30), 6),  # 31 May, 23.30 UTC
        (dt.date(2026, 5, 31), dt.time(23, 30), 5),
        (dt.date(2026, 3, 1), dt.time(0), 3),
        (dt.date(2026, 1, 1), dt.time(0, 30), 1),  # 2025 in UTC
    ],
)
def test_a_meeting_counts_for_its_month_in_copenhagen(team: Team, on: dt.date, time: dt.time, month: int) -> None:
    make_meeting(team, on, time=time, state=MeetingState.HELD)

    month_before = dt.date(2026, month, 1) - dt.timedelta(days=1)
    assert status(team, Promise.MEETING, on) == PromiseStatus(Status.MET, on)
    assert status(team, Promise.MEETING, month_before).status is Status.OVERDUE


@pytest.mark.parametrize("on", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
@pytest.mark.parametrize("time", [dt.time(0, 30), dt.time(23, 30)])
def test_a_meeting_on_the_night_the_clock_changes_counts_from_its_own_day(
    team: Team, on: dt.date, time: dt.time
) -> None:
    make_meeting(team, on, time=time, state=MeetingState.HELD)

    day_before = on - dt.timedelta(days=1)
    assert [status(team, Promise.MEETING, day) for day in (day_before, on)] == [
        PromiseStatus(Status.PLANNED, on),
        PromiseStatus(Status.MET, on),
    ]


@pytest.mark.parametrize("on", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_a_visit_planned_for_the_night_the_clock_changes_is_arranged_until_that_day_ends(
    team: Team, visitor: User, on: dt.date
) -> None:
    visit = make_visit(team, visitor, on)
    starts_at = dt.datetime.combine(on, dt.time(23, 30), visit.starts_at.tzinfo)
    type(visit).objects.update(starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=20))

    day_after = on + dt.timedelta(days=1)
    assert [status(team, Promise.VISIT, day) for day in (on, day_after)] == [
        PromiseStatus(Status.PLANNED, on),
        PromiseStatus(Status.OVERDUE, dt.date(2020, 4, 1)),
    ]


# The month, its pause and the team's beginning -----------------------------------------------------------------------


def test_a_month_is_soon_in_its_last_fourteen_days_and_missing_on_its_last(team: Team) -> None:
    make_meeting(team, dt.date(2026, 10, 13), state=MeetingState.HELD)

    november, last = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    assert [status(team, Promise.MEETING, dt.date(2026, 11, day)) for day in (1, 15, 16, 29, 30)] == [
        PromiseStatus(Status.NOT_YET, last),
        PromiseStatus(Status.NOT_YET, last),
        PromiseStatus(Status.SOON, last, missing_month=november),
        PromiseStatus(Status.SOON, last, missing_month=november),
        missing(november, last),
    ]
    assert status(team, Promise.MEETING, dt.date(2026, 12, 1)) == missing(november, last)
    assert status(team, Promise.MEETING, dt.date(2026, 10, 12)) == PromiseStatus(Status.PLANNED, dt.date(2026, 10, 13))


@pytest.mark.parametrize("starts_on", [dt.date(2020, 1, 1), None])
def test_a_month_is_enough_when_anything_was_kept_in_it(unit: Unit, starts_on: dt.date | None) -> None:
    team = make_team(unit=unit, starts_on=starts_on)
    make_meeting(team, dt.date(2026, 10, 1), state=MeetingState.HELD)

    assert status(team, Promise.MEETING, dt.date(2026, 11, 1)) == PromiseStatus(Status.NOT_YET, dt.date(2026, 11, 30))
    assert status(team, Promise.MEETING, dt.date(2026, 12, 1)) == missing(dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def test_a_meeting_planned_for_the_last_day_of_the_month_is_in_time(team: Team) -> None:
    make_meeting(team, dt.date(2026, 11, 30), time=dt.time(23))

    assert [status(team, Promise.MEETING, dt.date(2026, 11, day)) for day in (1, 30)] == [
        PromiseStatus(Status.PLANNED, dt.date(2026, 11, 30)),
        PromiseStatus(Status.PLANNED, dt.date(2026, 11, 30)),
    ]


def test_july_is_paused_and_august_looks_back_at_june(team: Team) -> None:
    make_meeting(team, dt.date(2026, 6, 9), state=MeetingState.HELD)

    assert [status(team, Promise.MEETING, day) for day in (dt.date(2026, 7, 1), dt.date(2026, 7, 31))] == [
        PromiseStatus(Status.PAUSED, dt.date(2026, 7, 31)),
        PromiseStatus(Status.PAUSED, dt.date(2026, 7, 31)),
    ]
    assert [status(team, Promise.MEETING, dt.date(2026, 8, day)) for day in (1, 16, 17)] == [
        PromiseStatus(Status.NOT_YET, dt.date(2026, 8, 31)),
        PromiseStatus(Status.NOT_YET, dt.date(2026, 8, 31)),
        PromiseStatus(Status.SOON, dt.date(2026, 8, 31), missing_month=dt.date(2026, 8, 1)),
    ]


def test_a_missing_june_rests_in_july_and_is_back_in_august(team: Team) -> None:
    make_meeting(team, dt.date(2026, 5, 12), state=MeetingState.HELD)

    assert status(team, Promise.MEETING, dt.date(2026, 7, 15)) == PromiseStatus(Status.PAUSED, dt.date(2026, 7, 31))
    assert status(team, Promise.MEETING, dt.date(2026, 8, 1)) == missing(dt.date(2026, 6, 1), dt.date(2026, 6, 30))


def test_a_meeting_in_the_pause_counts_all_the_same(team: Team) -> None:
    make_meeting(team, dt.date(2026, 7, 7), state=MeetingState.HELD)

    assert status(team, Promise.MEETING, dt.date(2026, 7, 15)) == PromiseStatus(Status.MET, dt.date(2026, 7, 7))
    assert status(team, Promise.MEETING, dt.date(2026, 8, 1)) == PromiseStatus(Status.NOT_YET, dt.date(2026, 8, 31))


@pytest.mark.parametrize(
    ("visited_on", "as_of", "expected"),
    [
        (dt.date(2026, 4, 10), dt.date(2026, 7, 31), PromiseStatus(Status.PAUSED, dt.date(2026, 7, 10))),
        (dt.date(2026, 4, 10), dt.date(2026, 8, 1), PromiseStatus(Status.OVERDUE, dt.date(2026, 7, 10))),
        (dt.date(2026, 5, 5), dt.date(2026, 7, 31), PromiseStatus(Status.PAUSED, dt.date(2026, 8, 5))),
        (dt.date(2026, 5, 5), dt.date(2026, 8, 1), PromiseStatus(Status.SOON, dt.date(2026, 8, 5))),
    ],
)
def test_a_visit_that_is_late_or_soon_rests_in_the_pause(
    team: Team, visitor: User, visited_on: dt.date, as_of: dt.date, expected: PromiseStatus
) -> None:
    make_visit(team, visitor, visited_on, state=VisitState.HELD)

    assert status(team, Promise.VISIT, as_of) == expected


@pytest.mark.parametrize("day", [15, 20, 29, 30])
def test_the_month_a_team_begins_in_is_not_asked_for(unit: Unit, day: int) -> None:
    team = make_team(unit=unit, starts_on=dt.date(2026, 11, 15))

    assert status(team, Promise.MEETING, dt.date(2026, 11, day)) == PromiseStatus(Status.NOT_YET, dt.date(2026, 11, 30))


def test_the_month_after_a_team_began_is_its_first(unit: Unit) -> None:
    team = make_team(unit=unit, starts_on=dt.date(2026, 11, 15))

    assert status(team, Promise.MEETING, dt.date(2026, 11, 14)) == PromiseStatus(Status.NOT_YET, team.starts_on)
    assert [status(team, Promise.MEETING, dt.date(2026, 12, day)) for day in (16, 17)] == [
        PromiseStatus(Status.NOT_YET, dt.date(2026, 12, 31)),
        PromiseStatus(Status.SOON, dt.date(2026, 12, 31), missing_month=dt.date(2026, 12, 1)),
    ]
    assert status(team, Promise.MEETING, dt.date(2027, 1, 1)) == missing(dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def test_a_team_that_began_on_the_first_is_asked_for_that_month(unit: Unit) -> None:
    team = make_team(unit=unit, starts_on=dt.date(2026, 11, 1))

    november = missing(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert [status(team, Promise.MEETING, day) for day in (dt.date(2026, 11, 30), dt.date(2026, 12, 1))] == [
        november,
        november,
    ]


def test_the_first_visit_and_grus_are_counted_from_the_day_the_team_began(unit: Unit) -> None:
    team = make_team(unit=unit, starts_on=dt.date(2026, 8, 31))

    line = fundament([team], dt.date(2026, 9, 15))[team.pk]
    assert line == {
        Promise.MEETING: PromiseStatus(Status.NOT_YET, dt.date(2026, 9, 30)),
        Promise.CONTRACT: PromiseStatus(Status.NOT_YET, dt.date(2026, 9, 30)),
        Promise.GRUS: PromiseStatus(Status.NOT_YET, dt.date(2027, 8, 31)),
        Promise.VISIT: PromiseStatus(Status.NOT_YET, dt.date(2026, 11, 30)),
    }


def test_without_a_beginning_and_anything_noted_nothing_is_known(unit: Unit, visitor: User) -> None:
    team = make_team(unit=unit, starts_on=None)
    assert fundament([team], dt.date(2026, 11, 24))[team.pk] == dict.fromkeys(Promise, PromiseStatus(Status.UNKNOWN))

    make_visit(team, visitor, dt.date(2026, 11, 24), state=VisitState.HELD)
    assert status(team, Promise.VISIT, dt.date(2026, 11, 23)) == PromiseStatus(Status.PLANNED, dt.date(2026, 11, 24))
    assert status(team, Promise.VISIT, dt.date(2026, 11, 24)) == PromiseStatus(
        Status.MET, dt.date(2026, 11, 24), due_on=dt.date(2027, 2, 24)
    )


# What counts ---------------------------------------------------------------------------------------------------------


def test_a_meeting_held_without_the_learning_cycle_does_not_count(team: Team) -> None:
    make_meeting(team, dt.date(2026, 10, 13), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 11, 10), state=MeetingState.HELD, with_learning_cycle=False)

    assert status(team, Promise.MEETING, dt.date(2026, 11, 10)) == PromiseStatus(Status.NOT_YET, dt.date(2026, 11, 30))


def test_a_held_visit_that_was_not_evaluated_does_not_count(team: Team, visitor: User) -> None:
    make_visit(team, visitor, dt.date(2026, 5, 12), state=VisitState.HELD)
    make_visit(team, visitor, dt.date(2026, 11, 10), state=VisitState.HELD, is_evaluated=False)

    assert status(team, Promise.VISIT, dt.date(2026, 11, 24)) == PromiseStatus(Status.OVERDUE, dt.date(2026, 8, 12))


def test_what_is_planned_for_today_is_arranged_and_what_was_planned_for_yesterday_is_not(
    team: Team, visitor: User
) -> None:
    day = dt.date(2026, 11, 24)
    make_meeting(team, day)
    make_grus(team, day, state=GrusState.PLANNED)
    make_visit(team, visitor, day)

    assert {promise: answer.status for promise, answer in fundament([team], day)[team.pk].items()} == {
        Promise.MEETING: Status.PLANNED,
        Promise.CONTRACT: Status.OVERDUE,
        Promise.GRUS: Status.PLANNED,
        Promise.VISIT: Status.PLANNED,
    }
    next_day = fundament([team], day + dt.timedelta(days=1))[team.pk]
    assert {answer.status for answer in next_day.values()} == {Status.OVERDUE}


def test_what_is_held_today_counts_today(team: Team, visitor: User) -> None:
    day = dt.date(2026, 11, 24)
    make_meeting(team, day, state=MeetingState.HELD)
    make_contract(team, day)
    make_grus(team, day)
    make_visit(team, visitor, day, state=VisitState.HELD)

    assert fundament([team], day)[team.pk] == {
        Promise.MEETING: PromiseStatus(Status.MET, day),
        Promise.CONTRACT: PromiseStatus(Status.MET, day, due_on=dt.date(2027, 11, 24)),
        Promise.GRUS: PromiseStatus(Status.MET, day, due_on=dt.date(2027, 11, 24)),
        Promise.VISIT: PromiseStatus(Status.MET, day, due_on=dt.date(2027, 2, 24)),
    }


def test_what_is_cancelled_is_nothing(team: Team, visitor: User) -> None:
    day = dt.date(2026, 11, 26)
    make_meeting(team, day, state=MeetingState.CANCELLED)
    make_grus(team, day, state=GrusState.CANCELLED)
    make_visit(team, visitor, day, state=VisitState.CANCELLED)
    make_contract(team, None)

    assert {answer.status for answer in fundament([team], dt.date(2026, 11, 24))[team.pk].values()} == {Status.OVERDUE}


def test_a_grus_that_is_only_proposed_is_not_arranged(team: Team) -> None:
    make_grus(team, dt.date(2026, 11, 26), state=GrusState.PROPOSED)
    day = dt.date(2026, 11, 24)
    assert fundament([team], day)[team.pk][Promise.GRUS].status == Status.OVERDUE


def test_the_earliest_of_what_is_arranged_is_shown(team: Team) -> None:
    make_meeting(team, dt.date(2026, 11, 27))
    make_meeting(team, dt.date(2026, 11, 25))
    make_meeting(team, dt.date(2026, 11, 26), state=MeetingState.CANCELLED)

    assert status(team, Promise.MEETING, dt.date(2026, 11, 24)) == PromiseStatus(Status.PLANNED, dt.date(2026, 11, 25))


def test_a_meeting_planned_for_a_later_month_does_not_help_this_one(team: Team) -> None:
    make_meeting(team, dt.date(2026, 12, 1))

    assert status(team, Promise.MEETING, dt.date(2026, 11, 30)) == missing(dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def test_a_replaced_contract_counts_until_the_new_one_is_in_force(team: Team) -> None:
    make_contract(team, dt.date(2025, 11, 10), state=ContractState.REPLACED)
    make_contract(team, dt.date(2026, 11, 24))

    assert status(team, Promise.CONTRACT, dt.date(2026, 11, 23)) == PromiseStatus(Status.OVERDUE, dt.date(2026, 11, 10))
    assert status(team, Promise.CONTRACT, dt.date(2026, 11, 24)) == PromiseStatus(
        Status.MET, dt.date(2026, 11, 24), due_on=dt.date(2027, 11, 24)
    )
