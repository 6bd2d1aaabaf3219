"""What the rooms above ask of visits."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, Min, Q, QuerySet

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.common.dates import end_of_day, local_date, start_of_day
from teams.models import Team
from teams.rules import Facts


def visit_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team was last visited and the conversation evaluated, and when the next visit is. One query."""
    kept = Q(state=VisitState.HELD, is_evaluated=True, starts_at__lt=end_of_day(as_of))
    ahead = Q(state=VisitState.PLANNED, starts_at__gte=start_of_day(as_of)) | Q(
        state=VisitState.HELD, starts_at__gte=end_of_day(as_of)
    )
    rows = (
        Visit.objects.filter(team_id__in=team_ids)
        .order_by()
        .values("team_id")
        .annotate(done_at=Max("starts_at", filter=kept), planned_at=Min("starts_at", filter=ahead))
        .values_list("team_id", "done_at", "planned_at")
    )
    return {
        team_id: Facts(
            done_on=local_date(done_at) if done_at else None, planned_on=local_date(planned_at) if planned_at else None
        )
        for team_id, done_at, planned_at in rows
    }


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
