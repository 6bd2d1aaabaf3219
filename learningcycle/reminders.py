"""What mails about meetings carry to calendars, and whether they are still to be sent."""

import datetime as dt
from collections.abc import Sequence

from learningcycle.models import Meeting
from learningcycle.queries import meeting_event
from slf_portal.common.calendars import Method
from slf_portal.notifications.enums import ReminderKind, WhyNot
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.queries import outrun, was_invited
from slf_portal.notifications.rules import CalendarPart
from teams.models import Membership

MEETING_KINDS = frozenset(
    {
        ReminderKind.MEETING_INVITED,
        ReminderKind.MEETING_MOVED,
        ReminderKind.MEETING_CANCELLED,
        ReminderKind.MEETING_LEFT,
    }
)


def meeting_part(entry: LedgerEntry) -> CalendarPart | None:
    """The meeting as it is now, for a member; taken out for who was invited and is no longer asked."""
    meeting = _meeting(entry)
    if meeting is None:
        return None
    is_member = _is_member(entry, meeting)
    if meeting.is_planned and not meeting.in_own_calendar and is_member:
        return CalendarPart(meeting_event(meeting), Method.REQUEST)
    if was_invited(entry) or (is_member and entry.kind == ReminderKind.MEETING_CANCELLED):
        return CalendarPart(meeting_event(meeting), Method.CANCEL)
    return None


def meetings_not_needed(entries: Sequence[LedgerEntry], now: dt.datetime) -> dict[int, WhyNot]:
    """For each mail about a meeting that must not be sent now the reason. Asked just before sending.

    Whoever has left is told only what takes an invitation back; nobody of what a later mail says better.
    """
    mine = [entry for entry in entries if entry.kind in MEETING_KINDS]
    late = outrun(mine, MEETING_KINDS) if mine else set()
    reasons = {entry.pk: WhyNot.SETTLED if entry.pk in late else _why_not(entry) for entry in mine}
    return {pk: reason for pk, reason in reasons.items() if reason is not None}


def _why_not(entry: LedgerEntry) -> WhyNot | None:
    meeting = _meeting(entry)
    is_off = meeting is None or not (meeting.is_planned or entry.kind == ReminderKind.MEETING_CANCELLED)
    if meeting is None or is_off:
        return WhyNot.SETTLED
    is_member, is_invited = _is_member(entry, meeting), was_invited(entry)
    if entry.kind == ReminderKind.MEETING_LEFT:
        return None if is_invited and not is_member else WhyNot.SETTLED
    return None if is_member or is_invited else WhyNot.NOT_THEIRS


def _meeting(entry: LedgerEntry) -> Meeting | None:
    pk = entry.subject.removeprefix("meeting:")
    return Meeting.objects.select_related("team").filter(pk=pk).first()


def _is_member(entry: LedgerEntry, meeting: Meeting) -> bool:
    rows = Membership.objects.in_force(meeting.on).filter(team_id=meeting.team_id, person_id=entry.recipient_id)
    return rows.exists()
