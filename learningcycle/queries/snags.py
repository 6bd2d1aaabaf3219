"""A person's own notes of something troublesome, and the meetings she can bring them to."""

import datetime as dt

from django.db.models import QuerySet

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Snag
from slf_portal.accounts.models import User
from slf_portal.common.dates import end_of_day, start_of_day
from teams.standing import Standing

# How far ahead a note can be put on the agenda.
DAYS_AHEAD_FOR_SNAGS = 90


def snags_of(person: User) -> QuerySet[Snag]:
    """Her own notes, the newest first."""
    return Snag.objects.filter(owner=person)


def meetings_for_snags(standing: Standing, on: dt.date) -> QuerySet[Meeting]:
    """The planned meetings of teams she is in or serves, from that day on, the next first."""
    return Meeting.objects.filter(
        team_id__in=standing.member_of | standing.serves,
        state=MeetingState.PLANNED,
        starts_at__gte=start_of_day(on),
        starts_at__lt=end_of_day(on + dt.timedelta(days=DAYS_AHEAD_FOR_SNAGS)),
    ).select_related("team")
