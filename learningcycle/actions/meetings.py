"""Planning, moving, cancelling and noting meetings."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, refuse_stale
from slf_portal.common.dates import at, today
from slf_portal.common.errors import RefusedError
from teams.models import Team


class MeetingRefusedError(RefusedError):
    """The meeting cannot be as asked; the message says why."""


def plan_meeting(
    *,
    by: User,
    team: Team,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    in_own_calendar: bool,
    token: uuid.UUID | None = None,
) -> Meeting:
    """Plan a meeting that is still to come. Raises MeetingRefusedError."""
    if starts_at < at(today(), dt.time.min):
        raise MeetingRefusedError(_("The day has passed. Note the meeting as held instead."))
    meeting = Meeting(
        team=team, starts_at=starts_at, ends_at=ends_at, in_own_calendar=in_own_calendar, changed_by_person=True
    )
    with change(by=by, verb="plan meeting", token=token):
        _save(meeting)
    return meeting


def note_meeting(
    *, by: User, team: Team, on: dt.date, starts_at: dt.time, with_learning_cycle: bool, token: uuid.UUID | None = None
) -> Meeting:
    """Note a meeting that was held without having been planned; it counts for an hour. Raises MeetingRefusedError."""
    if on > today():
        raise MeetingRefusedError(_("The day has not come yet. Plan the meeting instead."))
    begins = at(on, starts_at)
    meeting = Meeting(
        team=team,
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=1),
        state=MeetingState.HELD,
        with_learning_cycle=with_learning_cycle,
        changed_by_person=True,
    )
    with change(by=by, verb="note meeting", token=token):
        _save(meeting)
    return meeting


def move_meeting(
    *, by: User, meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, in_own_calendar: bool, version: int
) -> Meeting:
    """Move a planned meeting; the plan never moves it again. Raises MeetingRefusedError, StaleFormError."""
    if starts_at < at(today(), dt.time.min):
        raise MeetingRefusedError(_("Choose a day that has not passed."))
    with change(by=by, verb="move meeting"):
        meeting = _locked(meeting)
        refuse_stale(stored=meeting.version, shown=version)
        _refuse_unless_planned(meeting)
        if (meeting.starts_at, meeting.ends_at) != (starts_at, ends_at):
            meeting.sequence += 1
        meeting.starts_at, meeting.ends_at, meeting.in_own_calendar = starts_at, ends_at, in_own_calendar
        meeting.changed_by_person = True
        _save(meeting)
    return meeting


def cancel_meeting(*, by: User, meeting: Meeting) -> Meeting:
    """Cancel a planned meeting; the plan does not bring it back. Cancelling twice changes nothing."""
    with change(by=by, verb="cancel meeting"):
        meeting = _locked(meeting)
        if meeting.state == MeetingState.CANCELLED:
            return meeting
        _refuse_unless_planned(meeting)
        meeting.state, meeting.changed_by_person = MeetingState.CANCELLED, True
        meeting.sequence += 1
        _save(meeting)
    return meeting


def mark_held(*, by: User, meeting: Meeting, with_learning_cycle: bool) -> Meeting:
    """Say that the meeting was held, and whether the learning cycle was used; can be said again to correct it."""
    with change(by=by, verb="mark meeting held"):
        meeting = _locked(meeting)
        if meeting.on > today():
            raise MeetingRefusedError(_("The meeting has not been held yet."))
        if meeting.state == MeetingState.CANCELLED:
            raise MeetingRefusedError(_("The meeting is cancelled."))
        meeting.state, meeting.with_learning_cycle = MeetingState.HELD, with_learning_cycle
        meeting.changed_by_person = True
        _save(meeting)
    return meeting


def unmark_held(*, by: User, meeting: Meeting) -> Meeting:
    """Take back that the meeting was held."""
    with change(by=by, verb="take back meeting held"):
        meeting = _locked(meeting)
        if meeting.state != MeetingState.HELD:
            return meeting
        meeting.state, meeting.with_learning_cycle = MeetingState.PLANNED, False
        _save(meeting)
    return meeting


def choose_rhythm(
    *,
    by: User,
    team: Team,
    nth: int,
    weekday: int,
    starts_at: dt.time,
    ends_at: dt.time,
    in_own_calendar: bool,
    token: uuid.UUID | None = None,
) -> Rhythm:
    """Give the team a rhythm from today. Planned meetings of the old one that nobody touched are cancelled."""
    with change(by=by, verb="choose rhythm", token=token):
        _end_rhythm(team)
        rhythm = Rhythm(
            team=team,
            nth=nth,
            weekday=weekday,
            starts_at=starts_at,
            ends_at=ends_at,
            in_own_calendar=in_own_calendar,
            starts_on=today(),
        )
        _validated(rhythm)
        rhythm.save()
    return rhythm


def end_rhythm(*, by: User, team: Team) -> None:
    """Meet without a fixed rhythm from today."""
    with change(by=by, verb="end rhythm"):
        _end_rhythm(team)


def _end_rhythm(team: Team) -> None:
    Team.objects.select_for_update().get(pk=team.pk)
    for rhythm in Rhythm.objects.in_force(today()).filter(team=team):
        rhythm.ends_on = today()
        rhythm.save(update_fields=["ends_on"])
        # This morning's meeting may have been held and is still to be noted.
        for meeting in rhythm.meetings.filter(
            state=MeetingState.PLANNED, changed_by_person=False, starts_at__gt=timezone.now()
        ):
            meeting.state = MeetingState.CANCELLED
            meeting.sequence += 1
            _save(meeting)


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _refuse_unless_planned(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise MeetingRefusedError(_("The meeting is no longer planned."))


def _validated(row: Meeting | Rhythm) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise MeetingRefusedError(" ".join(error.messages)) from error


def _save(meeting: Meeting) -> None:
    meeting.version += 1
    _validated(meeting)
    meeting.save()
