"""Closing a conversation, so that what was said becomes the minutes, and opening it again."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.actions.meetings import MeetingRefusedError, mark_held, plan_meeting
from learningcycle.actions.preparing import open_conversation, refuse_strangers, write_attendance
from learningcycle.actions.running import take_in_every_silence
from learningcycle.enums import EntryKind
from learningcycle.models import Conversation, Cycle, CycleEntry, Meeting, TemplateStep
from learningcycle.queries import minutes_readers, minutes_subject
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from slf_portal.common.templatetags.portal import long_day
from slf_portal.notifications.actions import enqueue
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.queries import next_step
from teams.actions import agree
from teams.enums import AgreementSource


class ClosingRefusedError(RefusedError):
    """The conversation cannot be closed as asked; the message says why, `field` where."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class GoalChangedError(ClosingRefusedError):
    """A colleague has written another goal meanwhile: `stored` is what stands there now."""

    def __init__(self, stored: str) -> None:
        super().__init__(_("A colleague has changed the goal meanwhile. Look at both, and close again."), "goal")
        self.stored = stored


@dataclass(frozen=True, slots=True)
class Trial:
    """Something the team tries: by whom (None: by the team), and by when."""

    text: str
    owner: User | None
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class NextTime:
    """A meeting to be planned."""

    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class GoalWriting:
    """The cycle's goal as it was written, and what stood there when the page was opened."""

    text: str
    was: str


@dataclass(frozen=True, slots=True)
class CycleNews:
    """What the conversation changes in the cycle it is about; `phase` is the one to go on to."""

    goal: GoalWriting | None = None
    signs: Collection[str] = ()
    phase: TemplateStep | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a conversation ended: what the team tries, and all that is offered beside it."""

    trials: Collection[Trial] = ()
    next_time: NextTime | None = None
    with_learning_cycle: bool = True
    cycle: CycleNews = field(default_factory=CycleNews)
    next_focus_person: User | None = None
    learning: str = ""
    how_it_went: str = ""
    disagreement: str = ""
    present: Collection[User] = ()
    present_count: int | None = None


def close_conversation(
    *,
    by: User,
    meeting: Meeting,
    ending: Ending,
    version: int,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Conversation:
    """Close the meeting's conversation, opened here where nobody prepared it; all of it is done, or nothing.

    What was written in silence goes into its items, what was tried becomes agreements, the meeting is held, the cycle
    and the next meeting are as said, and everyone of the team is told that the minutes are there. Raises
    ClosingRefusedError, StaleFormError where somebody has prepared it or noted who was there since, and RefusedError
    for what cannot be saved.
    """
    if meeting.on > today():
        raise ClosingRefusedError(
            _("The meeting is not until %(day)s. Close it when you have held it.") % {"day": long_day(meeting.on)}
        )
    with change(by=by, verb="close conversation", token=token):
        conversation = _locked(open_conversation(by=by, meeting=meeting))
        if conversation.is_closed:
            raise ClosingRefusedError(_("A colleague has closed the conversation already. The minutes are there."))
        refuse_stale(stored=conversation.version, shown=version)
        if confirmed_not_cpr:
            note_text_override(by=by, place="learningcycle.Conversation")
        take_in_every_silence(by=by, conversation=conversation)
        refuse_strangers(conversation.meeting, ending.present)
        mark_held(by=by, meeting=conversation.meeting, with_learning_cycle=ending.with_learning_cycle)
        _close(conversation, ending, confirmed_not_cpr=confirmed_not_cpr)
        _agree_on(conversation, ending.trials, by=by, confirmed_not_cpr=confirmed_not_cpr)
        _change_cycle(conversation.cycle, ending.cycle, confirmed_not_cpr=confirmed_not_cpr)
        _plan_next(conversation, ending.next_time, by=by)
        _tell(conversation)
    return conversation


def reopen_conversation(*, by: User, conversation: Conversation) -> Conversation:
    """Make the minutes a draft again. What was agreed, and that the meeting was held, stay. Twice changes nothing."""
    with change(by=by, verb="reopen conversation"):
        conversation = _locked(conversation)
        if conversation.is_closed:
            conversation.closed_at = None
            conversation.version += 1
            conversation.save(update_fields=["closed_at", "version"])
    return conversation


def _locked(conversation: Conversation) -> Conversation:
    """The row, for one writer at a time; the meeting first, as when a conversation is begun."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=conversation.meeting_id)
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("meeting__team__unit", "cycle__phase")
    return rows.get(pk=conversation.pk)


def _close(conversation: Conversation, ending: Ending, *, confirmed_not_cpr: bool) -> None:
    conversation.running_since, conversation.closed_at = None, timezone.now()
    # Closed a second time, it keeps the phase in which it was held.
    if conversation.phase is None and conversation.cycle is not None:
        conversation.phase = conversation.cycle.phase
    conversation.next_focus_person = ending.next_focus_person
    conversation.learning, conversation.how_it_went = ending.learning, ending.how_it_went
    conversation.disagreement, conversation.present_count = ending.disagreement, ending.present_count
    conversation.version += 1
    save_checked(conversation, confirmed_not_cpr=confirmed_not_cpr)
    write_attendance(conversation, ending.present)


def _agree_on(conversation: Conversation, trials: Collection[Trial], *, by: User, confirmed_not_cpr: bool) -> None:
    for trial in trials:
        agree(
            by=by,
            team=conversation.meeting.team,
            text=trial.text,
            owner=trial.owner,
            due_on=trial.due_on,
            source=AgreementSource.MEETING,
            source_id=conversation.meeting_id,
            confirmed_not_cpr=confirmed_not_cpr,
        )


def _change_cycle(cycle: Cycle | None, news: CycleNews, *, confirmed_not_cpr: bool) -> None:
    """The goal, new signs and the next phase; a cycle that was closed meanwhile is left as it is."""
    if cycle is None:
        return
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("phase", "version_used").get(pk=cycle.pk)
    if not cycle.is_running:
        return
    before = (cycle.goal, cycle.phase)
    if news.goal is not None and news.goal.text != news.goal.was:
        if cycle.goal not in {news.goal.was, news.goal.text}:
            raise GoalChangedError(cycle.goal)
        cycle.goal = news.goal.text
    # Two who both go on do it once.
    if news.phase is not None and news.phase.position > cycle.phase.position:
        cycle.phase = news.phase
    if (cycle.goal, cycle.phase) != before:
        cycle.version += 1
        save_checked(cycle, confirmed_not_cpr=confirmed_not_cpr)
    for text in news.signs:
        save_checked(CycleEntry(cycle=cycle, kind=EntryKind.SIGN, text=text), confirmed_not_cpr=confirmed_not_cpr)


def _plan_next(conversation: Conversation, next_time: NextTime | None, *, by: User) -> None:
    if next_time is None:
        return
    meeting = conversation.meeting
    try:
        plan_meeting(
            by=by,
            team=meeting.team,
            starts_at=next_time.starts_at,
            ends_at=next_time.ends_at,
            in_own_calendar=meeting.in_own_calendar,
        )
    except MeetingRefusedError as error:
        raise ClosingRefusedError(str(error), "next_on") from error


def _tell(conversation: Conversation) -> None:
    """Everyone of the team, who closed it too, gets a mail with a link; after another closing a mail that says so."""
    meeting = conversation.meeting
    subject = minutes_subject(meeting)
    enqueue(
        kind=ReminderKind.MINUTES,
        step=next_step(ReminderKind.MINUTES, subject),
        subject=subject,
        recipients=minutes_readers([meeting.team_id], today())[meeting.team_id],
        team_name=meeting.team.name,
        about_on=meeting.on,
        path=reverse("learningcycle:minutes", args=[meeting.pk]),
    )
