"""What people do with meetings: what is done, what is refused and why, and what the history says of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps

from learningcycle.actions import (
    MeetingRefusedError,
    cancel_meeting,
    choose_rhythm,
    end_rhythm,
    mark_held,
    move_meeting,
    note_meeting,
    plan_ahead,
    plan_meeting,
    unmark_held,
)
from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.common.errors import AlreadyDoneError, StaleFormError
from teams.models import Team
from tests.builders import make_meeting, make_person, make_rhythm

YESTERDAY, TODAY, TOMORROW = dt.date(2026, 11, 23), dt.date(2026, 11, 24), dt.date(2026, 11, 25)
PLANNED, HELD, CANCELLED = MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED


@pytest.fixture
def by(db: None, tuesday: dt.date) -> User:
    return make_person()


@pytest.fixture
def meeting(team: Team, by: User) -> Meeting:
    """Planned for tomorrow at ten."""
    return make_meeting(team, TOMORROW)


def an_hour(on: dt.date, hour: int) -> dict[str, dt.datetime]:
    return {"starts_at": at(on, dt.time(hour)), "ends_at": at(on, dt.time(hour + 1))}


@pytest.fixture
def plan(team: Team, by: User) -> Callable[..., Meeting]:
    return partial(plan_meeting, by=by, team=team, in_own_calendar=False)


@pytest.fixture
def note(team: Team, by: User) -> Callable[..., Meeting]:
    return partial(note_meeting, by=by, team=team, starts_at=dt.time(9), with_learning_cycle=True)


@pytest.fixture
def move(meeting: Meeting, by: User) -> Callable[..., Meeting]:
    return partial(move_meeting, by=by, meeting=meeting, in_own_calendar=True, version=meeting.version)


def history(model: str, pk: int) -> list[tuple[str, int | None, str]]:
    """Of a row's changes, in order: what the database did, who asked for it and what she called it."""
    events: Any = apps.get_model("learningcycle", f"{model}Event")
    rows = events.objects.filter(pgh_obj_id=pk).order_by("pgh_id").select_related("pgh_context")
    return [
        (row.pgh_label, row.pgh_context.metadata["person"], row.pgh_context.metadata["verb"])
        for row in rows
        if row.pgh_context
    ]


# Planning ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [TODAY, TOMORROW])
def test_a_meeting_is_planned(plan: Callable[..., Meeting], by: User, on: dt.date) -> None:
    meeting = plan(**an_hour(on, 0))

    meeting.refresh_from_db()
    assert (meeting.state, meeting.on, meeting.in_own_calendar) == (PLANNED, on, False)
    assert (meeting.changed_by_person, meeting.sequence, meeting.version) == (True, 0, 1)
    assert history("Meeting", meeting.pk) == [("insert", by.pk, "plan meeting")]


def test_a_day_that_has_passed_is_refused(plan: Callable[..., Meeting]) -> None:
    with pytest.raises(MeetingRefusedError):
        plan(**an_hour(YESTERDAY, 22))
    assert not Meeting.objects.exists()


def test_a_second_meeting_at_the_same_time_is_refused(plan: Callable[..., Meeting]) -> None:
    first = plan(**an_hour(TOMORROW, 9))
    with pytest.raises(MeetingRefusedError):
        plan(**an_hour(TOMORROW, 9))
    assert list(Meeting.objects.all()) == [first]


def test_the_time_of_a_cancelled_meeting_is_free(plan: Callable[..., Meeting], meeting: Meeting, by: User) -> None:
    cancel_meeting(by=by, meeting=meeting)
    assert plan(**an_hour(TOMORROW, 10)).state == PLANNED


def test_a_meeting_that_ends_before_it_begins_is_refused(plan: Callable[..., Meeting]) -> None:
    with pytest.raises(MeetingRefusedError):
        plan(starts_at=at(TOMORROW, dt.time(10)), ends_at=at(TOMORROW, dt.time(9)))
    assert not Meeting.objects.exists()


def test_the_same_form_sent_twice_plans_once(plan: Callable[..., Meeting]) -> None:
    token = uuid.uuid4()
    plan(**an_hour(TOMORROW, 9), token=token)
    with pytest.raises(AlreadyDoneError):
        plan(**an_hour(TOMORROW, 11), token=token)
    assert Meeting.objects.count() == 1


def test_a_refused_form_may_be_sent_again(plan: Callable[..., Meeting], meeting: Meeting) -> None:
    token = uuid.uuid4()
    with pytest.raises(MeetingRefusedError):
        plan(**an_hour(TOMORROW, 10), token=token)
    assert plan(**an_hour(TOMORROW, 11), token=token).state == PLANNED


# Noting afterwards ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [YESTERDAY, TODAY])
def test_a_meeting_is_noted_afterwards(note: Callable[..., Meeting], by: User, on: dt.date) -> None:
    meeting = note(on=on)

    assert (meeting.state, meeting.with_learning_cycle) == (HELD, True)
    assert (meeting.starts_at, meeting.ends_at) == (at(on, dt.time(9)), at(on, dt.time(10)))
    assert history("Meeting", meeting.pk) == [("insert", by.pk, "note meeting")]


def test_a_day_that_has_not_come_is_refused(note: Callable[..., Meeting]) -> None:
    with pytest.raises(MeetingRefusedError):
        note(on=TOMORROW)
    assert not Meeting.objects.exists()


def test_the_same_note_sent_twice_counts_once(note: Callable[..., Meeting]) -> None:
    token = uuid.uuid4()
    note(on=YESTERDAY, token=token)
    with pytest.raises(AlreadyDoneError):
        note(on=YESTERDAY, token=token)
    assert Meeting.objects.count() == 1


# Moving and cancelling -----------------------------------------------------------------------------------------------


def test_a_meeting_is_moved(move: Callable[..., Meeting], meeting: Meeting, by: User) -> None:
    move(**an_hour(TODAY, 14))

    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (at(TODAY, dt.time(14)), at(TODAY, dt.time(15)))
    assert (meeting.changed_by_person, meeting.sequence, meeting.version) == (True, 1, 1)
    assert history("Meeting", meeting.pk) == [("update", by.pk, "move meeting")]


def test_saying_only_that_it_stands_in_the_calendar_is_no_move(move: Callable[..., Meeting], meeting: Meeting) -> None:
    moved = move(**an_hour(TOMORROW, 10), in_own_calendar=False)
    assert (moved.in_own_calendar, moved.sequence, moved.version) == (False, 0, 1)


def test_a_move_seen_from_an_old_page_is_refused(move: Callable[..., Meeting], meeting: Meeting) -> None:
    move(**an_hour(TOMORROW, 14))
    with pytest.raises(StaleFormError) as refusal:
        move(**an_hour(TOMORROW, 15))
    meeting.refresh_from_db()
    assert (refusal.value.stored, meeting.starts_at) == (1, at(TOMORROW, dt.time(14)))


def test_a_move_to_a_day_that_has_passed_is_refused(move: Callable[..., Meeting], meeting: Meeting) -> None:
    with pytest.raises(MeetingRefusedError):
        move(**an_hour(YESTERDAY, 22))
    meeting.refresh_from_db()
    assert meeting.on == TOMORROW


def test_a_move_onto_another_meeting_is_refused(move: Callable[..., Meeting], meeting: Meeting) -> None:
    make_meeting(meeting.team, TODAY)
    with pytest.raises(MeetingRefusedError):
        move(**an_hour(TODAY, 10))
    meeting.refresh_from_db()
    assert meeting.on == TOMORROW


@pytest.mark.parametrize("state", [HELD, CANCELLED])
def test_only_a_planned_meeting_is_moved(move: Callable[..., Meeting], meeting: Meeting, state: MeetingState) -> None:
    Meeting.objects.update(state=state)
    with pytest.raises(MeetingRefusedError):
        move(**an_hour(TOMORROW, 14))


def test_a_meeting_is_cancelled_once(meeting: Meeting, by: User) -> None:
    cancelled = [cancel_meeting(by=by, meeting=meeting) for _ in range(2)][-1]

    assert (cancelled.state, cancelled.sequence, cancelled.changed_by_person) == (CANCELLED, 1, True)
    assert history("Meeting", meeting.pk) == [("update", by.pk, "cancel meeting")]


def test_a_held_meeting_is_not_cancelled(meeting: Meeting, by: User) -> None:
    Meeting.objects.update(state=HELD)
    with pytest.raises(MeetingRefusedError):
        cancel_meeting(by=by, meeting=meeting)


# Held ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def todays(team: Team, by: User) -> Meeting:
    return make_meeting(team, TODAY)


def test_a_meeting_was_held_and_it_can_be_corrected_and_taken_back(todays: Meeting, by: User) -> None:
    held = mark_held(by=by, meeting=todays, with_learning_cycle=True)
    assert (held.state, held.with_learning_cycle, held.changed_by_person) == (HELD, True, True)

    corrected = mark_held(by=by, meeting=todays, with_learning_cycle=False)
    assert (corrected.state, corrected.with_learning_cycle) == (HELD, False)

    mark_held(by=by, meeting=todays, with_learning_cycle=True)
    taken_back = unmark_held(by=by, meeting=todays)
    assert (taken_back.state, taken_back.with_learning_cycle) == (PLANNED, False)
    assert history("Meeting", todays.pk) == [
        *[("update", by.pk, "mark meeting held")] * 3,
        ("update", by.pk, "take back meeting held"),
    ]


def test_a_meeting_to_come_has_not_been_held(meeting: Meeting, by: User) -> None:
    with pytest.raises(MeetingRefusedError):
        mark_held(by=by, meeting=meeting, with_learning_cycle=True)
    meeting.refresh_from_db()
    assert meeting.state == PLANNED


def test_a_meeting_that_was_moved_ahead_meanwhile_has_not_been_held(todays: Meeting, by: User) -> None:
    seen_before = Meeting.objects.get(pk=todays.pk)
    move_meeting(by=by, meeting=todays, in_own_calendar=True, version=0, **an_hour(TOMORROW, 10))
    with pytest.raises(MeetingRefusedError):
        mark_held(by=by, meeting=seen_before, with_learning_cycle=True)


def test_a_cancelled_meeting_was_not_held(todays: Meeting, by: User) -> None:
    cancel_meeting(by=by, meeting=todays)
    with pytest.raises(MeetingRefusedError):
        mark_held(by=by, meeting=todays, with_learning_cycle=True)


def test_there_is_nothing_to_take_back_of_a_planned_meeting(todays: Meeting, by: User) -> None:
    assert unmark_held(by=by, meeting=todays).version == 0
    assert history("Meeting", todays.pk) == []


# Rhythms -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def choose(team: Team, by: User) -> Callable[..., Rhythm]:
    values: dict[str, Any] = {
        "nth": 2,
        "weekday": 1,
        "starts_at": dt.time(10),
        "ends_at": dt.time(11),
        "in_own_calendar": True,
    }
    return partial(choose_rhythm, by=by, team=team, **values)


def test_a_rhythm_begins_today_and_the_history_says_who_chose_it(choose: Callable[..., Rhythm], by: User) -> None:
    rhythm = choose()
    assert (rhythm.starts_on, rhythm.ends_on) == (TODAY, None)
    assert history("Rhythm", rhythm.pk) == [("insert", by.pk, "choose rhythm")]


def test_another_rhythm_the_same_day_leaves_the_first_never_held(choose: Callable[..., Rhythm]) -> None:
    first, second = choose(), choose(nth=3)
    first.refresh_from_db()
    assert (first.starts_on, first.ends_on, second.starts_on) == (TODAY, TODAY, TODAY)


def test_the_same_rhythm_form_sent_twice_chooses_once(choose: Callable[..., Rhythm]) -> None:
    token = uuid.uuid4()
    choose(token=token)
    with pytest.raises(AlreadyDoneError):
        choose(nth=3, token=token)
    assert [rhythm.nth for rhythm in Rhythm.objects.all()] == [2]


def test_a_rhythm_that_ends_before_it_begins_is_refused_and_the_old_one_stays(choose: Callable[..., Rhythm]) -> None:
    choose()
    with pytest.raises(MeetingRefusedError):
        choose(ends_at=dt.time(9))
    assert [(rhythm.nth, rhythm.ends_on) for rhythm in Rhythm.objects.all()] == [(2, None)]


def test_ending_a_rhythm_cancels_what_nobody_touched(team: Team, by: User) -> None:
    rhythm = make_rhythm(team)
    plan_ahead(today=TODAY)
    end_rhythm(by=by, team=team)

    rhythm.refresh_from_db()
    assert (rhythm.ends_on, {meeting.state for meeting in rhythm.meetings.all()}) == (TODAY, {CANCELLED})
    first = rhythm.meetings.earliest("starts_at")
    assert history("Meeting", first.pk) == [("insert", None, "plan ahead"), ("update", by.pk, "end rhythm")]


def test_ending_a_rhythm_leaves_this_morning_s_meeting_to_be_noted(team: Team, by: User) -> None:
    """It is nine o'clock on the fourth Tuesday."""
    make_rhythm(team, nth=4, starts_at=dt.time(8), ends_at=dt.time(9))
    plan_ahead(today=TODAY)
    end_rhythm(by=by, team=team)

    left = Meeting.objects.get(team=team, state=PLANNED)
    assert left.on == TODAY
    assert mark_held(by=by, meeting=left, with_learning_cycle=True).state == HELD
