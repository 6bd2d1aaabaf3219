"""Rows of fixed meetings for tests, and calendar files; beside tests.builders."""

import datetime as dt
from typing import Any

from learningcycle.enums import GatheringKind
from learningcycle.models import Gathering, GatheringPart, GatheringSeries
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Unit
from tests.builders import SINCE


def make_series(
    unit: Unit, *people: User, kind: GatheringKind = GatheringKind.RESOURCE_PERSONS, **values: Any
) -> GatheringSeries:
    """A series of ten to eleven o'clock every week from a Tuesday long ago; the first person made it."""
    values.setdefault("first_on", dt.date(2020, 1, 7))
    values.setdefault("every_weeks", 1)
    times = {"starts_at": dt.time(10), "ends_at": dt.time(11)} if values["first_on"] else {}
    series = GatheringSeries.objects.create(unit=unit, kind=kind, made_by=people[0], **{**times, **values})
    for person in people:
        take_part(series, person)
    return series


def take_part(series: GatheringSeries, person: User) -> GatheringPart:
    return GatheringPart.objects.create(series=series, person=person, starts_on=SINCE)


def make_gathering(
    series: GatheringSeries, on: dt.date, *points: str, time: dt.time = dt.time(10), **values: Any
) -> Gathering:
    """An hour of the series that day, with those points."""
    begins = at(on, time)
    gathering = Gathering.objects.create(
        series=series, planned_on=on, starts_at=begins, ends_at=begins + dt.timedelta(hours=1), **values
    )
    for text in points:
        gathering.points.create(text=text)
    return gathering


def ics(*events: str, zones: str = "") -> bytes:
    """A calendar file with those events; each is its lines, divided by |."""
    lines = [f"BEGIN:VEVENT|{event}|END:VEVENT" for event in events]
    return (
        "|".join(["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [zones]), *lines, "END:VCALENDAR", ""])
        .replace("|", "\r\n")
        .encode()
    )
