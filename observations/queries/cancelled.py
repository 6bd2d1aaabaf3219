"""Visits that did not come about."""

import datetime as dt

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.common.dates import start_of_day
from teams.models import Team


def cancelled_visits(team: Team, since: dt.date) -> list[Visit]:
    """The cancelled visits to the team that were to be on that day or later, the latest first. One query."""
    rows = team.visits.filter(state=VisitState.CANCELLED, starts_at__gte=start_of_day(since))
    return list(rows.order_by("-starts_at", "-pk"))
