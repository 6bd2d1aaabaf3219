"""Meetings and fixed meetings as calendars are told of them."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from learningcycle.enums import MeetingState
from learningcycle.models import Gathering, Meeting
from learningcycle.queries.gatherings import series_of
from slf_portal.common.calendars import CalendarEvent, uid_of
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import sentence
from teams.standing import Standing


def meeting_events(here: Standing, since: dt.datetime, *, with_own_calendar: bool) -> Iterator[CalendarEvent]:
    """The meetings from then on of the teams she is a member of or serves, cancelled ones too. One query.

    Those that stand in the team's own calendar are left out unless they are asked for.
    """
    rows = Meeting.objects.filter(team_id__in=here.member_of | here.serves, starts_at__gte=since)
    if not with_own_calendar:
        rows = rows.filter(in_own_calendar=False)
    return (meeting_event(meeting) for meeting in rows.select_related("team"))


def gathering_events(here: Standing, since: dt.datetime, *, with_own_calendar: bool) -> Iterator[CalendarEvent]:
    """The fixed meetings from then on that she takes part in, cancelled ones too. Two queries."""
    rows = Gathering.objects.filter(series__in=series_of(here, today()), starts_at__gte=since)
    if not with_own_calendar:
        rows = rows.filter(series__in_own_calendar=False)
    return (_gathering_event(gathering) for gathering in rows.select_related("series__unit"))


def meeting_event(meeting: Meeting) -> CalendarEvent:
    """The meeting, in the language that is on."""
    link = settings.PORTAL_URL + reverse("learningcycle:meeting_detail", args=[meeting.pk])
    return CalendarEvent(
        uid=uid_of("meeting", meeting.pk),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=_("Team meeting: %(team)s") % {"team": meeting.team.name},
        description=link,
        location="",
        url=link,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )


def _gathering_event(gathering: Gathering) -> CalendarEvent:
    """The kind and the unit name it: what its people call it is for the page."""
    series = gathering.series
    link = settings.PORTAL_URL + reverse("learningcycle:gathering_detail", args=[gathering.pk])
    return CalendarEvent(
        uid=uid_of("gathering", gathering.pk),
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        summary=f"{sentence(series.get_kind_display())}, {series.unit.name}",
        description=link,
        location="",
        url=link,
        sequence=gathering.version,
        changed_at=gathering.changed_at,
        is_cancelled=gathering.is_cancelled,
    )
