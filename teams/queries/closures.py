"""On which days a unit is closed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import holidays
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from teams.models import Closure, Unit
from teams.queries.tree import ancestor_lines, line_of


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Which days are closed for one unit: weekends, Danish holidays and its own closures `[starts_on, ends_on)`."""

    spans: tuple[tuple[dt.date, dt.date], ...] = ()

    def __call__(self, day: dt.date) -> bool:
        return day.weekday() >= 5 or is_public_holiday(day) or any(a <= day < b for a, b in self.spans)  # noqa: PLR2004


@lru_cache(maxsize=64)
def _danish_holidays(year: int) -> frozenset[dt.date]:
    """Public holidays, and the customary days off that municipalities close (the OPTIONAL category)."""
    return frozenset(holidays.country_holidays("DK", years=year, categories=(holidays.PUBLIC, holidays.OPTIONAL)))


def is_public_holiday(day: dt.date) -> bool:
    return day in _danish_holidays(day.year)


def closed_days(unit_ids: Iterable[int], since: dt.date, until: dt.date) -> dict[int, ClosedDays]:
    """For each unit its closed days that touch `[since, until)`, with everyone's and its ancestors'. Two queries."""
    everyone: list[tuple[dt.date, dt.date]] = []
    own: dict[int, list[tuple[dt.date, dt.date]]] = {}
    rows = Closure.objects.filter(starts_on__lt=until, ends_on__gt=since).order_by()
    for unit_id, starts_on, ends_on in rows.values_list("unit_id", "starts_on", "ends_on"):
        if ends_on is not None:
            (everyone if unit_id is None else own.setdefault(unit_id, [])).append((starts_on, ends_on))
    return {
        unit_id: ClosedDays(tuple(everyone + [span for above in line for span in own.get(above, ())]))
        for unit_id, (_, line) in ancestor_lines(unit_ids).items()
    }


def why_closed(unit: Unit, day: dt.date) -> str:
    """Why the unit is closed that day, in words; empty when it is open."""
    if day.weekday() >= 5:  # noqa: PLR2004
        return _("it is a weekend")
    if is_public_holiday(day):
        return _("it is a holiday")
    closure = coming_closures(unit, day).filter(starts_on__lte=day).first()
    return closure.name if closure else ""


def coming_closures(unit: Unit, on: dt.date) -> QuerySet[Closure]:
    """The closures that have not ended: the unit's own, its ancestors' and everyone's, the next first."""
    line = line_of(unit.pk)
    rows = Closure.objects.filter(Q(unit__isnull=True) | Q(unit_id__in=line), ends_on__gt=on)
    return rows.order_by("starts_on", "pk")
