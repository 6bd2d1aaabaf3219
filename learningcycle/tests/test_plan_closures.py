"""The plan follows the closures: off a closed day, and back when it is open again."""

import datetime as dt

import pytest

from learningcycle.actions import cancel_meeting, move_meeting, plan_ahead
from learningcycle.actions.plan import Planned
from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.common.dates import at
from teams.enums import Promise
from teams.models import Closure, Team
from tests.builders import make_closure, make_meeting, make_person, make_rhythm, make_team, make_terms, make_unit

DECEMBER, JANUARY, FEBRUARY = dt.date(2026, 12, 8), dt.date(2027, 1, 12), dt.date(2027, 2, 9)
A_WEEK_LATER = dt.date(2026, 12, 15)


@pytest.fixture
def december(team: Team, tuesday: dt.date) -> Meeting:
    """The second Tuesday of December, planned while nothing was closed."""
    make_rhythm(team)
    plan_ahead(today=tuesday)
    return Meeting.objects.get(period=dt.date(2026, 12, 1))


def close(team: Team, *, days: int) -> Closure:
    return make_closure(DECEMBER, DECEMBER + dt.timedelta(days=days), unit=team.unit)


def seen_again(meeting: Meeting) -> tuple[str, dt.date, int]:
    meeting.refresh_from_db()
    return meeting.state, meeting.on, meeting.sequence


def test_a_closed_day_gets_its_meeting_a_week_later(team: Team, tuesday: dt.date) -> None:
    make_rhythm(team)
    close(team, days=1)

    plan_ahead(today=tuesday)
    assert [meeting.on for meeting in Meeting.objects.all()] == [A_WEEK_LATER, JANUARY, FEBRUARY]


def test_a_month_without_an_open_such_day_gets_none(team: Team, tuesday: dt.date) -> None:
    make_rhythm(team)
    close(team, days=22)

    plan_ahead(today=tuesday)
    assert [meeting.on for meeting in Meeting.objects.all()] == [JANUARY, FEBRUARY]


def test_a_new_closure_moves_the_meeting_and_a_reopened_day_brings_it_back(december: Meeting, tuesday: dt.date) -> None:
    closure = close(december.team, days=1)
    assert plan_ahead(today=tuesday) == Planned(moved=1)
    assert seen_again(december) == (MeetingState.PLANNED, A_WEEK_LATER, 1)
    assert december.starts_at == at(A_WEEK_LATER, dt.time(10))
    assert plan_ahead(today=tuesday) == Planned()

    closure.delete()
    assert plan_ahead(today=tuesday) == Planned(moved=1)
    assert seen_again(december) == (MeetingState.PLANNED, DECEMBER, 2)


def test_a_month_that_closes_loses_its_meeting_until_it_opens_again(december: Meeting, tuesday: dt.date) -> None:
    closure = close(december.team, days=22)
    assert plan_ahead(today=tuesday) == Planned(cancelled=1)
    assert seen_again(december) == (MeetingState.CANCELLED, DECEMBER, 1)
    assert plan_ahead(today=tuesday) == Planned()

    closure.delete()
    assert plan_ahead(today=tuesday) == Planned(moved=1)
    assert seen_again(december) == (MeetingState.PLANNED, DECEMBER, 2)


def test_a_month_that_becomes_a_pause_loses_its_meeting(december: Meeting, tuesday: dt.date) -> None:
    make_terms(Promise.MEETING, unit=december.team.unit, pause_months=[12])

    assert plan_ahead(today=tuesday) == Planned(cancelled=1)
    assert seen_again(december)[0] == MeetingState.CANCELLED


@pytest.mark.parametrize("place", ["everyone", "the unit it is part of"])
def test_closures_of_others_count_too(place: str, tuesday: dt.date, db: None) -> None:
    school = make_unit()
    make_rhythm(make_team(unit=make_unit(parent=school)))
    make_closure(DECEMBER, DECEMBER + dt.timedelta(days=1), unit=None if place == "everyone" else school)

    plan_ahead(today=tuesday)
    assert Meeting.objects.earliest("starts_at").on == A_WEEK_LATER


def test_another_unit_s_closure_does_not_count(december: Meeting, tuesday: dt.date) -> None:
    close(make_team(), days=1)

    assert plan_ahead(today=tuesday) == Planned()


def test_what_a_person_moved_stays_on_its_closed_day(december: Meeting, tuesday: dt.date) -> None:
    move_meeting(
        by=make_person(),
        meeting=december,
        starts_at=at(DECEMBER, dt.time(14)),
        ends_at=at(DECEMBER, dt.time(15)),
        in_own_calendar=True,
        version=december.version,
    )
    close(december.team, days=1)

    assert plan_ahead(today=tuesday) == Planned()
    assert seen_again(december)[:2] == (MeetingState.PLANNED, DECEMBER)


def test_what_a_person_cancelled_is_not_brought_back_by_a_reopened_day(december: Meeting, tuesday: dt.date) -> None:
    closure = close(december.team, days=1)
    plan_ahead(today=tuesday)
    december.refresh_from_db()
    cancel_meeting(by=make_person(), meeting=december)
    closure.delete()

    assert plan_ahead(today=tuesday) == Planned()
    assert seen_again(december)[0] == MeetingState.CANCELLED


def test_todays_and_past_meetings_are_left_alone(december: Meeting) -> None:
    close(december.team, days=1)

    assert plan_ahead(today=DECEMBER).moved == 0
    assert plan_ahead(today=DECEMBER + dt.timedelta(days=1)).moved == 0
    assert seen_again(december) == (MeetingState.PLANNED, DECEMBER, 0)


def test_a_meeting_is_not_moved_back_to_a_day_that_has_passed(december: Meeting, tuesday: dt.date) -> None:
    closure = close(december.team, days=1)
    plan_ahead(today=tuesday)
    closure.delete()

    assert plan_ahead(today=DECEMBER + dt.timedelta(days=1)).moved == 0
    assert seen_again(december)[:2] == (MeetingState.PLANNED, A_WEEK_LATER)


def test_a_month_in_which_the_team_has_met_instead_does_not_get_its_meeting_back(
    december: Meeting, tuesday: dt.date
) -> None:
    closure = close(december.team, days=22)
    plan_ahead(today=tuesday)
    make_meeting(december.team, dt.date(2026, 12, 3), changed_by_person=True)
    closure.delete()

    assert plan_ahead(today=tuesday) == Planned()
    assert seen_again(december)[0] == MeetingState.CANCELLED


def test_a_meeting_that_finds_its_new_time_taken_is_taken_out_and_the_others_are_planned_all_the_same(
    december: Meeting, tuesday: dt.date
) -> None:
    make_meeting(december.team, A_WEEK_LATER, changed_by_person=True)
    close(december.team, days=1)
    other = make_rhythm(make_team())

    assert plan_ahead(today=tuesday) == Planned(created=3, cancelled=1)
    assert seen_again(december)[0] == MeetingState.CANCELLED
    assert other.meetings.count() == 3
    assert plan_ahead(today=tuesday) == Planned()
