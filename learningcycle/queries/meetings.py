"""What the rooms above ask of meetings."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from learningcycle.rules import Slot, slot_in_month
from slf_portal.common import sql
from slf_portal.common.dates import add_months, end_of_day, first_of_month, start_of_day
from slf_portal.common.templatetags.portal import clock, short_day, until
from teams.enums import Promise
from teams.models import Team
from teams.queries import SourceLabel, TermsByPromise, closed_days, terms_of_teams
from teams.rules import Facts

# How far back a team's page goes.
SHOWN_MONTHS = 12

_FACTS = """
    SELECT team_id,
        (max(starts_at) FILTER (
            WHERE state = 'held' AND with_learning_cycle AND starts_at < %(tomorrow)s
        ) AT TIME ZONE 'Europe/Copenhagen')::date,
        (min(starts_at) FILTER (
            WHERE starts_at >= %(tomorrow)s OR (state = 'planned' AND starts_at >= %(today)s)
        ) AT TIME ZONE 'Europe/Copenhagen')::date
    FROM learningcycle_meeting
    WHERE team_id = ANY(%(teams)s) AND state <> 'cancelled'
    GROUP BY team_id
"""


def meeting_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team last met with the learning cycle, and when it meets next, seen on that day. One query."""
    found = sql.rows(_FACTS, teams=list(team_ids), today=start_of_day(as_of), tomorrow=end_of_day(as_of))
    return {team_id: Facts(*dates) for team_id, *dates in found}


def meeting_labels(ids: Collection[int]) -> dict[int, SourceLabel]:
    """For the ids of meetings what agreements made there call them, and their pages. One query."""
    return {
        pk: SourceLabel(
            _("the meeting %(day)s") % {"day": short_day(meeting.on)},
            reverse("learningcycle:meeting_detail", args=[pk]),
        )
        for pk, meeting in Meeting.objects.in_bulk(ids).items()
    }


def planned_meetings(team_ids: Iterable[int], since: dt.date) -> QuerySet[Meeting]:
    """Meetings from that day on that nobody has said were held or cancelled, the earliest first."""
    return Meeting.objects.filter(
        team_id__in=team_ids, state=MeetingState.PLANNED, starts_at__gte=start_of_day(since)
    ).select_related("team__unit")


def coming_meetings(team: Team, on: dt.date) -> QuerySet[Meeting]:
    """The team's planned meetings from that day on that have not begun."""
    since = max(start_of_day(on), timezone.now())
    return team.meetings.filter(state=MeetingState.PLANNED, starts_at__gte=since)


@dataclass(frozen=True, slots=True)
class TeamMeetings:
    """A team's meetings around a day: `coming` the next first; `to_note` and `held` the latest first."""

    coming: list[Meeting]
    to_note: list[Meeting]
    held: list[Meeting]


def meetings_of(team: Team, on: dt.date) -> TeamMeetings:
    """The team's meetings of the last year and all that are planned. One query."""
    since = start_of_day(add_months(on, -SHOWN_MONTHS))
    rows = list(team.meetings.filter(starts_at__gte=since).exclude(state=MeetingState.CANCELLED))
    planned = [meeting for meeting in rows if meeting.is_planned]
    return TeamMeetings(
        coming=[meeting for meeting in planned if meeting.on >= on],
        to_note=[meeting for meeting in reversed(planned) if meeting.on < on],
        held=[meeting for meeting in reversed(rows) if meeting.state == MeetingState.HELD],
    )


def meetings_between(team_ids: Iterable[int], since: dt.date, until: dt.date) -> QuerySet[Meeting]:
    """The teams' meetings on the days `[since, until)`, held or planned, the earliest first."""
    return Meeting.objects.filter(
        team_id__in=team_ids, starts_at__gte=start_of_day(since), starts_at__lt=start_of_day(until)
    ).exclude(state=MeetingState.CANCELLED)


def rhythm_of(team: Team, on: dt.date) -> Rhythm | None:
    return team.rhythms.in_force(on).first()


def rhythm_slots(rhythms: Iterable[Rhythm], since: dt.date, months: int) -> dict[int, list[Slot]]:
    """For each rhythm its slots in the month of `since` and the next ones, with closures and pauses. Four queries."""
    rhythms = list(rhythms)
    first = first_of_month(since)
    ahead = [add_months(first, count) for count in range(months + 1)]
    teams = [rhythm.team for rhythm in rhythms]
    terms = terms_of_teams(teams, since)
    closed = closed_days({team.unit_id for team in teams}, first, add_months(first, months + 1))
    return {
        rhythm.pk: [
            slot_in_month(
                month,
                weekday=rhythm.weekday,
                nth=rhythm.nth,
                is_closed=closed[rhythm.team.unit_id],
                pause_months=_pause_months(terms[rhythm.team_id]),
            )
            for month in ahead
        ]
        for rhythm in rhythms
    }


def _pause_months(terms: TermsByPromise) -> frozenset[int]:
    agreed = terms.get(Promise.MEETING)
    return agreed.pause_months if agreed else frozenset()


def active_rhythms(on: dt.date) -> QuerySet[Rhythm]:
    """The rhythms in force that day of teams that have not ended."""
    return Rhythm.objects.in_force(on).filter(team__in=Team.objects.active(on)).select_related("team").order_by("pk")


def lasting_rhythms(team_ids: Collection[int], on: dt.date) -> QuerySet[Rhythm]:
    """The rhythms that hold that day or later, the next first."""
    rows = Rhythm.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), team_id__in=team_ids)
    return rows.order_by("starts_on", "pk")


def rhythm_words(team_ids: Collection[int], on: dt.date) -> dict[int, str]:
    """For each team's id the rhythm it hands on, in words. One query."""
    return {
        rhythm.team_id: _("the rhythm: %(nth)s %(weekday)s of the month, %(begins)s-%(ends)s")
        % {
            "nth": rhythm.get_nth_display(),
            "weekday": rhythm.get_weekday_display(),
            "begins": clock(rhythm.starts_at),
            "ends": clock(rhythm.ends_at),
        }
        for rhythm in lasting_rhythms(team_ids, on).filter(starts_on__lte=on)
    }


def meetings_falling_away(team_ids: Collection[int], on: dt.date) -> dict[int, list[str]]:
    """For each team's id the planned meetings it loses when it ends that day, in words. One query."""
    found: dict[int, list[str]] = {}
    for meeting in planned_meetings(team_ids, on).filter(starts_at__gt=timezone.now()):
        words = _("meeting %(when)s") % {"when": until(meeting.starts_at, meeting.ends_at)}
        found.setdefault(meeting.team_id, []).append(words)
    return found
