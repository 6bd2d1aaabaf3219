"""What the rooms above ask of visits."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.common import sql
from slf_portal.common.dates import end_of_day, start_of_day
from teams.models import Team
from teams.rules import Facts


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


def coming_visits(since: dt.date) -> QuerySet[Visit]:
    """Planned visits from that day on, the next first."""
    return Visit.objects.filter(state=VisitState.PLANNED, starts_at__gte=start_of_day(since)).select_related(
        "team__unit", "visitor"
    )


def visits_to_note(until: dt.date) -> QuerySet[Visit]:
    """Visits before that day that nobody has said were held or cancelled, the latest first."""
    return (
        Visit.objects.filter(state=VisitState.PLANNED, starts_at__lt=start_of_day(until))
        .select_related("team__unit", "visitor")
        .order_by("-starts_at")
    )


def held_visits(team: Team) -> QuerySet[Visit]:
    """The team's held visits, the latest first."""
    return Visit.objects.filter(team=team, state=VisitState.HELD).select_related("visitor").order_by("-starts_at")
