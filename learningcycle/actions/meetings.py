"""Planning, moving, cancelling and noting meetings."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.actions.telling import tell_meeting
from learningcycle.enums import MeetingState
from learningcycle.models import Conversation, Meeting, Rhythm
from learningcycle.queries import coming_meetings, lasting_rhythms
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, refuse_stale
from slf_portal.common.dates import at, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from slf_portal.notifications.enums import ReminderKind
from teams.models import Team

# What rooms above tie to a meeting goes with it: each adds its function in AppConfig.ready. Called in the same
# transaction with `by` and `meeting`, once the meeting has its new time, or is cancelled.
MOVED_WITH_MEETING: list[Callable[..., None]] = []
CANCELLED_WITH_MEETING: list[Callable[..., None]] = []


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
    """Plan a meeting that is still to come; to one that stands in no calendar yet the members are invited.

    Raises MeetingRefusedError.
    """
    if starts_at < at(today(), dt.time.min):
        raise MeetingRefusedError(_("The day has passed. Note the meeting as held instead."))
    meeting = Meeting(
        team=team, starts_at=starts_at, ends_at=ends_at, in_own_calendar=in_own_calendar, changed_by_person=True
    )
    with change(by=by, verb="plan meeting", token=token):
        _save(meeting)
        if not in_own_calendar:
            tell_meeting(meeting, kind=ReminderKind.MEETING_INVITED)
    return meeting


def note_meeting(
    *,
    by: User,
    team: Team,
    on: dt.date,
    starts_at: dt.time,
    with_learning_cycle: bool,
    ends_at: dt.time | None = None,
    token: uuid.UUID | None = None,
) -> Meeting:
    """Note a meeting that was held unplanned; without an end it counts for an hour. Raises MeetingRefusedError."""
    if on > today():
        raise MeetingRefusedError(_("The day has not come yet. Plan the meeting instead."))
    begins = at(on, starts_at)
    meeting = Meeting(
        team=team,
        starts_at=begins,
        ends_at=at(on, ends_at) if ends_at else begins + dt.timedelta(hours=1),
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
        has_moved = (meeting.starts_at, meeting.ends_at) != (starts_at, ends_at)
        stood_in_own_calendar = meeting.in_own_calendar
        meeting.starts_at, meeting.ends_at, meeting.in_own_calendar = starts_at, ends_at, in_own_calendar
        meeting.changed_by_person = True
        if has_moved:
            _renew(meeting)
        else:
            _save(meeting)
        if has_moved and not (in_own_calendar and stood_in_own_calendar):
            tell_meeting(meeting, kind=ReminderKind.MEETING_MOVED)
        elif stood_in_own_calendar and not in_own_calendar:
            tell_meeting(meeting, kind=ReminderKind.MEETING_INVITED)
        for carry in MOVED_WITH_MEETING:
            carry(by=by, meeting=meeting)
    return meeting


def keep_meeting(*, meeting: Meeting) -> Meeting:
    """Nail the meeting to its time, because something is tied to it: the plan neither moves nor removes it.

    The row stays locked until the transaction ends, which the caller begins. Raises MeetingRefusedError.
    """
    meeting = _locked(meeting)
    _refuse_unless_planned(meeting)
    if not meeting.changed_by_person:
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
        _renew(meeting)
        if not meeting.in_own_calendar:
            tell_meeting(meeting, kind=ReminderKind.MEETING_CANCELLED)
        for cancel in CANCELLED_WITH_MEETING:
            cancel(by=by, meeting=meeting)
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
    """Take back that the meeting was held; refused while there are final minutes of it. Raises MeetingRefusedError."""
    with change(by=by, verb="take back meeting held"):
        meeting = _locked(meeting)
        if meeting.state != MeetingState.HELD:
            return meeting
        if Conversation.objects.filter(meeting=meeting, closed_at__isnull=False).exists():
            raise MeetingRefusedError(_("There are minutes of the meeting. Open them again first."))
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


def close_meetings(*, by: User | None, team: Team, on: dt.date) -> None:
    """The team is no more from that day: its rhythm ends, and what is planned from then on is cancelled."""
    with change(by=by, verb="close team's meetings"):
        for rhythm in lasting_rhythms([team.pk], on).select_for_update():
            rhythm.ends_on = max(on, rhythm.starts_on)
            rhythm.save(update_fields=["ends_on"])
        for meeting in coming_meetings(team, on).select_for_update(of=("self",)):
            meeting.state = MeetingState.CANCELLED
            _renew(meeting)
            # To what the plan made nobody was invited; the members are those of today, on its day there are none.
            if meeting.changed_by_person and not meeting.in_own_calendar:
                tell_meeting(meeting, kind=ReminderKind.MEETING_CANCELLED, members_of=today())


def copy_rhythm(*, by: User | None, old: Team, new: Team, on: dt.date) -> None:
    """Let the new team meet in the rhythm that the old one had when it ended."""
    rhythm = Rhythm.objects.filter(team=old, starts_on__lte=on, ends_on=on).order_by("starts_on").last()
    if rhythm is not None:
        rhythm.pk, rhythm._state.adding, rhythm.team = None, True, new
        rhythm.starts_on, rhythm.ends_on = on, None
        with change(by=by, verb="copy rhythm"):
            save_checked(rhythm)


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
            _renew(meeting)


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


def _renew(meeting: Meeting) -> None:
    """Save what calendars must be told of."""
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    _save(meeting)


def _save(meeting: Meeting) -> None:
    meeting.version += 1
    _validated(meeting)
    meeting.save()
