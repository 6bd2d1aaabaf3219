"""Mails about meetings: what has just happened, to the team's members."""

import datetime as dt

from django.urls import reverse

from learningcycle.models import Meeting
from slf_portal.notifications.actions import enqueue
from slf_portal.notifications.enums import ReminderKind
from teams.models import Membership


def tell_meeting(meeting: Meeting, *, kind: ReminderKind, members_of: dt.date | None = None) -> None:
    """Tell those who are members that day, the meeting's own unless said otherwise.

    Each step of the meeting's sequence is told once. The plan tells nothing: see decision 10.
    """
    members = Membership.objects.in_force(members_of or meeting.on).filter(team_id=meeting.team_id)
    enqueue(
        kind=kind,
        step=meeting.sequence + 1,
        subject=f"meeting:{meeting.pk}",
        recipients=members.values_list("person_id", flat=True),
        team_name=meeting.team.name,
        about_on=meeting.on,
        path=reverse("learningcycle:meeting_detail", args=[meeting.pk]),
    )
