"""The coming months' meetings: what the rhythm says, less what people decided."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from learningcycle.actions import (
    cancel_meeting,
    choose_rhythm,
    end_rhythm,
    mark_held,
    move_meeting,
    plan_ahead,
    plan_meeting,
)
from learningcycle.actions.plan import Planned
from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.actions import end_team
from teams.enums import Promise
from teams.models import Team
from tests.builders import SINCE, make_meeting, make_person, make_rhythm, make_team, make_terms, make_unit

# The second Tuesdays after Tuesday 24 November 2026.
DECEMBER, JANUARY, FEBRUARY = dt.date(2026, 12, 8), dt.date(2027, 1, 12), dt.date(2027, 2, 9)


@pytest.fixture
def person(db: None) -> User:
    return make_person()


@pytest.fixture
def rhythm(team: Team) -> Rhythm:
    return make_rhythm(team)


@pytest.fixture
def december(rhythm: Rhythm, tuesday: dt.date) -> Meeting:
    """The first meeting that is planned."""
    plan_ahead(today=tuesday)
    return Meeting.objects.get(period=dt.date(2026, 12, 1))


def days_planned(team: Team) -> list[dt.date]:
    return [meeting.on for meeting in Meeting.objects.filter(team=team, state=MeetingState.PLANNED)]


def test_three_months_ahead_are_planned(rhythm: Rhythm, tuesday: dt.date) -> None:
    assert plan_ahead(today=tuesday) == Planned(created=3)
    assert days_planned(rhythm.team) == [DECEMBER, JANUARY, FEBRUARY]

    meeting = Meeting.objects.get(period=dt.date(2026, 12, 1))
    assert (meeting.rhythm, meeting.in_own_calendar, meeting.changed_by_person) == (rhythm, True, False)
    assert (meeting.starts_at, meeting.ends_at) == (at(DECEMBER, dt.time(10)), at(DECEMBER, dt.time(11)))


def test_planning_again_changes_nothing(rhythm: Rhythm, tuesday: dt.date) -> None:
    plan_ahead(today=tuesday)
    before = list(Meeting.objects.values())

    assert plan_ahead(today=tuesday) == Planned()
    assert list(Meeting.objects.values()) == before


def test_the_next_month_is_planned_when_it_comes_within_three(rhythm: Rhythm, tuesday: dt.date) -> None:
    plan_ahead(today=tuesday)

    assert plan_ahead(today=dt.date(2026, 11, 30)) == Planned()
    assert plan_ahead(today=dt.date(2026, 12, 1)) == Planned(created=1)
    assert days_planned(rhythm.team)[-1] == dt.date(2027, 3, 9)


def test_a_meeting_on_the_day_itself_is_planned_and_an_earlier_one_is_not(team: Team) -> None:
    make_rhythm(team, nth=1)

    plan_ahead(today=dt.date(2026, 12, 2))
    assert days_planned(team) == [dt.date(2027, 1, 5), dt.date(2027, 2, 2), dt.date(2027, 3, 2)]
    plan_ahead(today=dt.date(2026, 12, 1))
    assert days_planned(team)[0] == dt.date(2026, 12, 1)


def test_ten_o_clock_stays_ten_o_clock_when_the_clock_changes(rhythm: Rhythm) -> None:
    plan_ahead(today=dt.date(2026, 10, 1))
    plan_ahead(today=dt.date(2027, 1, 31))

    hours = {meeting.on: meeting.starts_at.astimezone(dt.UTC).hour for meeting in Meeting.objects.all()}
    assert hours == {
        dt.date(2026, 10, 13): 8,
        dt.date(2026, 11, 10): 9,
        dt.date(2026, 12, 8): 9,
        dt.date(2027, 1, 12): 9,
        dt.date(2027, 2, 9): 9,
        dt.date(2027, 3, 9): 9,
        dt.date(2027, 4, 13): 8,
    }


def test_a_rhythm_has_one_meeting_a_month_even_when_it_is_cancelled(december: Meeting) -> None:
    Meeting.objects.filter(pk=december.pk).update(state=MeetingState.CANCELLED)
    december.pk, december.starts_at = None, at(DECEMBER, dt.time(9))

    with pytest.raises(IntegrityError, match="learningcycle_one_meeting_per_rhythm_and_month"), transaction.atomic():
        december.save()


# What people decided -------------------------------------------------------------------------------------------------


def test_what_a_person_cancelled_stays_cancelled(december: Meeting, person: User, tuesday: dt.date) -> None:
    cancel_meeting(by=person, meeting=december)

    assert plan_ahead(today=tuesday) == Planned()
    assert days_planned(december.team) == [JANUARY, FEBRUARY]


def test_what_a_person_moved_stays_there(december: Meeting, person: User, tuesday: dt.date) -> None:
    day = dt.date(2026, 12, 10)
    move_meeting(
        by=person,
        meeting=december,
        starts_at=at(day, dt.time(14)),
        ends_at=at(day, dt.time(15)),
        in_own_calendar=True,
        version=december.version,
    )

    assert plan_ahead(today=tuesday) == Planned()
    assert days_planned(december.team) == [day, JANUARY, FEBRUARY]


def test_a_meeting_moved_into_the_next_month_does_not_take_that_month_s_place(
    rhythm: Rhythm, person: User, tuesday: dt.date
) -> None:
    plan_ahead(today=tuesday)
    day, march = dt.date(2027, 3, 2), dt.date(2027, 3, 9)
    move_meeting(
        by=person,
        meeting=Meeting.objects.get(period=dt.date(2027, 2, 1)),
        starts_at=at(day, dt.time(10)),
        ends_at=at(day, dt.time(11)),
        in_own_calendar=True,
        version=0,
    )

    plan_ahead(today=dt.date(2026, 12, 1))
    assert days_planned(rhythm.team) == [DECEMBER, JANUARY, day, march]


def test_a_month_in_which_the_team_meets_already_gets_no_second_meeting(
    rhythm: Rhythm, person: User, tuesday: dt.date
) -> None:
    day = dt.date(2026, 12, 17)
    own = plan_meeting(
        by=person,
        team=rhythm.team,
        starts_at=at(day, dt.time(9)),
        ends_at=at(day, dt.time(10)),
        in_own_calendar=True,
    )
    assert plan_ahead(today=tuesday) == Planned(created=2)
    assert days_planned(rhythm.team) == [day, JANUARY, FEBRUARY]

    cancel_meeting(by=person, meeting=own)
    assert plan_ahead(today=tuesday) == Planned(created=1)
    assert days_planned(rhythm.team) == [DECEMBER, JANUARY, FEBRUARY]


def test_a_meeting_held_this_month_is_enough(team: Team, tuesday: dt.date) -> None:
    make_rhythm(team, nth=4, weekday=3)
    # In UTC it is still October.
    make_meeting(team, dt.date(2026, 11, 1), time=dt.time(0, 30), state=MeetingState.HELD)

    plan_ahead(today=tuesday)
    # Not on Thursday 26 November; in December the fourth and the fifth Thursday are closed.
    assert days_planned(team) == [dt.date(2027, 1, 28), dt.date(2027, 2, 25)]


def test_another_team_s_meetings_do_not_matter(rhythm: Rhythm, tuesday: dt.date) -> None:
    make_meeting(make_team(), DECEMBER)

    plan_ahead(today=tuesday)
    assert days_planned(rhythm.team) == [DECEMBER, JANUARY, FEBRUARY]


# Other rhythms, and none ---------------------------------------------------------------------------------------------


def test_another_rhythm_replaces_the_untouched_meetings(december: Meeting, person: User, tuesday: dt.date) -> None:
    team = december.team
    new = choose_rhythm(
        by=person,
        team=team,
        nth=1,
        weekday=3,
        starts_at=dt.time(13),
        ends_at=dt.time(14, 30),
        in_own_calendar=False,
    )
    assert days_planned(team) == []

    plan_ahead(today=tuesday)
    assert days_planned(team) == [dt.date(2026, 12, 3), dt.date(2027, 1, 7), dt.date(2027, 2, 4)]
    assert set(Meeting.objects.filter(rhythm=new).values_list("in_own_calendar", flat=True)) == {False}
    assert [(row.starts_on, row.ends_on) for row in Rhythm.objects.filter(team=team)] == [
        (tuesday, None),
        (SINCE, tuesday),
    ]


def test_another_rhythm_keeps_what_people_did_in_the_old_one(december: Meeting, person: User, tuesday: dt.date) -> None:
    day = dt.date(2026, 12, 15)
    move_meeting(
        by=person,
        meeting=december,
        starts_at=at(day, dt.time(14)),
        ends_at=at(day, dt.time(15)),
        in_own_calendar=True,
        version=december.version,
    )
    choose_rhythm(
        by=person,
        team=december.team,
        nth=1,
        weekday=3,
        starts_at=dt.time(13),
        ends_at=dt.time(14),
        in_own_calendar=True,
    )

    plan_ahead(today=tuesday)
    assert days_planned(december.team) == [day, dt.date(2027, 1, 7), dt.date(2027, 2, 4)]


def test_a_held_meeting_of_the_old_rhythm_counts_for_its_month(team: Team, person: User, tuesday: dt.date) -> None:
    make_rhythm(team)
    plan_ahead(today=dt.date(2026, 11, 1))
    mark_held(by=person, meeting=Meeting.objects.get(period=dt.date(2026, 11, 1)), with_learning_cycle=True)
    choose_rhythm(
        by=person, team=team, nth=4, weekday=3, starts_at=dt.time(13), ends_at=dt.time(14), in_own_calendar=True
    )

    plan_ahead(today=tuesday)
    assert dt.date(2026, 11, 26) not in days_planned(team)


def test_without_a_rhythm_nothing_is_planned(december: Meeting, person: User, tuesday: dt.date) -> None:
    end_rhythm(by=person, team=december.team)

    assert plan_ahead(today=tuesday) == Planned()
    assert days_planned(december.team) == []


def test_a_rhythm_that_ends_plans_until_then(december: Meeting, tuesday: dt.date) -> None:
    Rhythm.objects.update(ends_on=JANUARY)

    assert plan_ahead(today=tuesday) == Planned(cancelled=2)
    assert days_planned(december.team) == [DECEMBER]
    Rhythm.objects.update(ends_on=JANUARY + dt.timedelta(days=1))
    assert plan_ahead(today=tuesday) == Planned(moved=1)
    assert days_planned(december.team) == [DECEMBER, JANUARY]


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (dt.date(2026, 11, 24), []),
        (DECEMBER, []),
        (DECEMBER + dt.timedelta(days=1), [DECEMBER]),
        (dt.date(2027, 2, 1), [DECEMBER, JANUARY]),
    ],
)
def test_a_team_that_ends_meets_until_then(
    december: Meeting, person: User, tuesday: dt.date, ends_on: dt.date, expected: list[dt.date]
) -> None:
    end_team(by=person, team=december.team, on=ends_on)

    plan_ahead(today=tuesday)
    assert days_planned(december.team) == expected


def test_a_team_that_ends_takes_along_what_people_planned(december: Meeting, person: User, tuesday: dt.date) -> None:
    make_meeting(december.team, dt.date(2026, 12, 2), changed_by_person=True)
    end_team(by=person, team=december.team, on=tuesday)

    plan_ahead(today=tuesday)
    assert days_planned(december.team) == []


def test_a_pause_month_gets_no_meeting(team: Team) -> None:
    make_rhythm(team)
    make_terms(Promise.MEETING, unit=team.unit, pause_months=[7])

    plan_ahead(today=dt.date(2026, 6, 1))
    assert days_planned(team) == [dt.date(2026, 6, 9), dt.date(2026, 8, 11), dt.date(2026, 9, 8)]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_run_costs_the_same_for_any_number_of_teams(
    count: int, tuesday: dt.date, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    unit = make_unit()
    for _ in range(count):
        make_rhythm(make_team(unit=unit))
    plan_ahead(today=tuesday)

    # Rhythms, terms 2, closures 2, what exists, what is taken; a savepoint before and after.
    with django_assert_num_queries(9):
        plan_ahead(today=tuesday)
