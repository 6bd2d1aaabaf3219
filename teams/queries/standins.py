"""Who stands in for the leaders of a unit."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from slf_portal.common.dates import add_months
from teams.models import StandIn, Unit, UnitLeader
from teams.queries.tree import line_of
from teams.standing import Standing

# How far back the page of a unit's stand-ins goes.
SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class GivenStandIn:
    """A stand-in; `is_given` while the leader who gave the tasks leads the unit, or one that it is a part of."""

    row: StandIn
    is_given: bool


def stand_ins_of(unit: Unit, on: dt.date) -> list[GivenStandIn]:
    """The unit's stand-ins of that day and later, the first to begin first. Three queries."""
    leading = UnitLeader.objects.in_force(on).filter(unit_id__in=line_of(unit.pk), person__is_active=True)
    leaders = set(leading.values_list("person_id", flat=True))
    rows = _rows(unit).filter(ends_on__gt=on).order_by("starts_on", "person__sort_key", "pk")
    return [GivenStandIn(row, row.leader_id in leaders) for row in rows]


def former_stand_ins(unit: Unit, on: dt.date) -> QuerySet[StandIn]:
    """Those whose tasks ended within a year before that day, the latest first."""
    return _rows(unit).filter(ends_on__lte=on, ends_on__gt=add_months(on, -SHOWN_MONTHS)).order_by("-ends_on", "-pk")


def tasks_standing_in(standing: Standing, on: dt.date) -> QuerySet[StandIn]:
    """The tasks that the person has that day as somebody's stand-in."""
    rows = StandIn.objects.in_force(on).filter(person_id=standing.person_id, unit_id__in=standing.stands_in_for)
    return rows.select_related("unit", "leader").order_by("ends_on", "pk")


def _rows(unit: Unit) -> QuerySet[StandIn]:
    return StandIn.objects.filter(unit=unit).select_related("person", "leader")
