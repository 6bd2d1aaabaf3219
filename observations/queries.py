"""What the rooms above ask of visits."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.common import sql
from slf_portal.common.dates import add_months, end_of_day, start_of_day
from teams.models import Team
from teams.rules import Facts

# How far back a team's page goes.
SHOWN_MONTHS = 24

_FACTS = """
    SELECT team_id,
        (max(starts_at) FILTER (
            WHERE state = 'held' AND is_evaluated AND starts_at < %(tomorrow)s
        ) AT TIME ZONE 'Europe/Copenhagen')::date,
        (min(starts_at) FILTER (
            WHERE starts_at >= %(tomorrow)s OR (state = 'planned' AND starts_at >= %(today)s)
        ) AT TIME ZONE 'Europe/Copenhagen')::date
    FROM observations_visit
    WHERE team_id = ANY(%(teams)s) AND state <> 'cancelled'
    GROUP BY team_id
"""


def visit_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team was last visited and the conversation evaluated, and when the next visit is. One query."""
    found = sql.rows(_FACTS, teams=list(team_ids), today=start_of_day(as_of), tomorrow=end_of_day(as_of))
    return {team_id: Facts(*dates) for team_id, *dates in found}


def planned_visits(since: dt.date) -> QuerySet[Visit]:
    """Visits from that day on that nobody has said were held or cancelled, the earliest first."""
    return Visit.objects.filter(state=VisitState.PLANNED, starts_at__gte=start_of_day(since)).select_related(
        "team__unit", "visitor"
    )


@dataclass(frozen=True, slots=True)
class TeamVisits:
    """A team's visits around a day: `coming` the next first; `to_note` and `held` the latest first."""

    coming: list[Visit]
    to_note: list[Visit]
    held: list[Visit]


def visits_of(team: Team, on: dt.date) -> TeamVisits:
    """The team's visits of the last two years and all that are planned. One query."""
    since = start_of_day(add_months(on, -SHOWN_MONTHS))
    visits = team.visits.filter(starts_at__gte=since).exclude(state=VisitState.CANCELLED)
    rows = list(visits.select_related("visitor"))
    planned = [visit for visit in rows if visit.is_planned]
    return TeamVisits(
        coming=[visit for visit in planned if visit.on >= on],
        to_note=[visit for visit in reversed(planned) if visit.on < on],
        held=[visit for visit in reversed(rows) if visit.state == VisitState.HELD],
    )
