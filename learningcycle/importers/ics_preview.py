"""What a calendar file would bring: each meeting, whether it stands here already, and whether the day is closed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from learningcycle.importers.ics import FoundSeries
from learningcycle.models import GatheringSeries
from learningcycle.queries import known_days, known_starts
from learningcycle.rules import Span
from teams.models import Team
from teams.queries import closed_days


@dataclass(frozen=True, slots=True)
class DayPreview:
    """A meeting of the file; on a closed day it is taken over all the same, as it stands in their own calendar."""

    span: Span
    is_known: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class SeriesPreview:
    """A series of the file; `key` is its place in it."""

    key: str
    name: str
    days: tuple[DayPreview, ...]

    @property
    def fresh(self) -> int:
        """How many meetings it would bring."""
        return sum(not day.is_known for day in self.days)


def preview_for_team(team: Team, found: tuple[FoundSeries, ...]) -> list[SeriesPreview]:
    """What of the file the team has already, by the moment a meeting begins. Three queries."""
    known = known_starts(team)
    return _preview(team.unit_id, found, lambda span: span.starts_at in known)


def preview_for_series(series: GatheringSeries, found: tuple[FoundSeries, ...]) -> list[SeriesPreview]:
    """What of the file the series has already, by the day. Three queries."""
    known = known_days(series)
    return _preview(series.unit_id, found, lambda span: span.on in known)


def _preview(unit_id: int, found: tuple[FoundSeries, ...], is_known: Callable[[Span], bool]) -> list[SeriesPreview]:
    days = [span.on for series in found for span in series.spans]
    last = max(days, default=dt.date.min) + dt.timedelta(days=1)
    is_closed = closed_days([unit_id], min(days, default=dt.date.min), last)[unit_id]
    return [
        SeriesPreview(
            str(number),
            series.name,
            tuple(DayPreview(span, is_known(span), is_closed(span.on)) for span in series.spans),
        )
        for number, series in enumerate(found, start=1)
    ]
