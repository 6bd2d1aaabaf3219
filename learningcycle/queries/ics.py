"""What of a calendar stands in the portal already."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from learningcycle.enums import MeetingState
from learningcycle.models import GatheringSeries
from teams.models import Team


def known_starts(team: Team) -> frozenset[dt.datetime]:
    """When the team's coming meetings begin, with those a person has cancelled: the team knows of them."""
    known = ~Q(state=MeetingState.CANCELLED) | Q(changed_by_person=True)
    rows = team.meetings.filter(known, starts_at__gte=timezone.now())
    return frozenset(rows.values_list("starts_at", flat=True))


def known_days(series: GatheringSeries) -> frozenset[dt.date]:
    """The days that the series has a meeting for, a cancelled one too."""
    return frozenset(series.gatherings.values_list("planned_on", flat=True))
