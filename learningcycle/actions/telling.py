"""Mails about meetings: what has just happened, to the team's members."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from learningcycle.models import Meeting
from slf_portal.notifications.actions import enqueue
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.queries import invited_to
from teams.models import Membership


def tell_meeting(meeting: Meeting, *, kind: ReminderKind, members_of: dt.date | None = None) -> None:
    """Tell those who are members that day, the meeting's own unless said otherwise.

    Whoever was invited and is no longer a member is told that, so that it leaves her calendar. Each step of the
    meeting's sequence is told once. The plan tells nothing: see decision 10.
    """
    rows = Membership.objects.in_force(members_of or meeting.on).filter(team_id=meeting.team_id)
    members = frozenset(rows.values_list("person_id", flat=True))
    _tell(meeting, kind=kind, to=members)
    left = invited_to(f"meeting:{meeting.pk}") - members
    _tell(meeting, kind=kind if kind == ReminderKind.MEETING_CANCELLED else ReminderKind.MEETING_LEFT, to=left)


def _tell(meeting: Meeting, *, kind: ReminderKind, to: Iterable[int]) -> None:
    enqueue(
        kind=kind,
        step=meeting.sequence + 1,
        subject=f"meeting:{meeting.pk}",
        recipients=to,
        team_name=meeting.team.name,
        about_on=meeting.on,
        path=reverse("learningcycle:meeting_detail", args=[meeting.pk]),
    )
