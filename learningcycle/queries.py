"""What the rooms above ask of meetings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from learningcycle.rules import Slot, slot_in_month
from slf_portal.common import sql
from slf_portal.common.dates import add_months, end_of_day, first_of_month, start_of_day
from teams.enums import Promise
from teams.models import Team
from teams.queries import TermsByPromise, closed_days, terms_of_teams
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


def planned_meetings(team_ids: Iterable[int], since: dt.date) -> QuerySet[Meeting]:
    """Meetings from that day on that nobody has said were held or cancelled, the earliest first."""
    return Meeting.objects.filter(
        team_id__in=team_ids, state=MeetingState.PLANNED, starts_at__gte=start_of_day(since)
    ).select_related("team__unit")


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
