"""The promises once more, slowly: one team at a time, one day at a time, from these words alone.

What is agreed. A promise is agreed for a unit and its parts or for a kind of units, from a day until a day. For a team
the agreement of its own unit counts, else of the unit that one is part of, and so upwards, else of its own unit's kind.
Without any the promise is NOT AGREED. A team that begins later has NOT YET got it, until the day it begins.

What keeps it. A meeting held with the learning cycle; a visit held and evaluated; a GRUS held; a contract put in force.
It is kept on the day in Copenhagen on which that began, and counts from that day on. What is planned for the day itself
or later is arranged; so is what was held later, when one looks back; a contract is never arranged. What was cancelled
is nothing, and what was planned for an earlier day and never noted is nothing.

Every month (only meetings). The month is MET once it is kept. Else PLANNED when it is arranged for a day of the month.
Else PAUSED when the month is a pause. Else UNKNOWN when it was never kept and nobody knows when the team began.
A month is asked for when agreement and team were there on its first day (only the agreement, when the team's is not
known). On its last day the month is missing: OVERDUE. Before that the latest earlier month that is no pause is missing,
OVERDUE as well, when it was asked for and nothing was kept in it or after it. SOON on the month's last days, as many as
agreed and the last one, when the month is asked for. Else NOT YET.

Every so many months. The day it is due lies so many months after it was last kept; the first time, the agreed number of
months after agreement and team were both there; the last of the month where the month has no such day. Never kept, and
nobody knows when the team began: PLANNED when arranged, else UNKNOWN. SOON are the agreed number of days before that
day and the day itself, late is every day after. Kept, and neither soon nor late: MET. Else PLANNED when arranged. Else,
when soon or late, PAUSED in a pause month, OVERDUE when late, SOON when soon. Else NOT YET.
"""

import datetime as dt
from calendar import SUNDAY, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from teams.enums import Promise, Status

ONE_DAY = dt.timedelta(days=1)

# Status, the day that decides it, the month in which nothing is noted, the day a kept promise is due again.
Answer = tuple[Status, dt.date | None, dt.date | None, dt.date | None]


@dataclass
class Organisation:
    """All rows, as Python objects."""

    units: list[Any] = field(default_factory=list)
    teams: list[Any] = field(default_factory=list)
    terms: list[Any] = field(default_factory=list)
    meetings: list[Any] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    contracts: list[Any] = field(default_factory=list)
    grus: list[Any] = field(default_factory=list)

    def answer(self, team: Any, promise: Promise, as_of: dt.date) -> Answer:
        """How the promise stands for the team on that day."""
        agreement = self._agreement(team, promise, as_of)
        if agreement is None:
            return Status.NOT_AGREED, None, None, None
        if team.starts_on is not None and team.starts_on > as_of:
            return Status.NOT_YET, team.starts_on, None, None
        kept, arranged = self._days(team, promise, as_of)
        if promise == "meeting" and agreement.interval_months == 1:
            return _every_month(agreement, team, kept, arranged, as_of)
        return _every_so_many_months(agreement, team, kept, arranged, as_of)

    def _agreement(self, team: Any, promise: Promise, day: dt.date) -> Any:
        in_force = [
            row
            for row in self.terms
            if row.promise == promise and row.starts_on <= day and not (row.ends_on and row.ends_on <= day)
        ]
        for unit_id in self._upwards(team.unit_id):
            for row in in_force:
                if row.unit_id == unit_id:
                    return row
        kind = self._unit(team.unit_id).kind
        return next((row for row in in_force if row.unit_id is None and row.kind == kind), None)

    def _unit(self, pk: int) -> Any:
        return next(unit for unit in self.units if unit.pk == pk)

    def _upwards(self, pk: int | None) -> Iterator[int]:
        while pk is not None:
            yield pk
            pk = self._unit(pk).parent_id

    def _days(self, team: Any, promise: Promise, as_of: dt.date) -> tuple[set[dt.date], set[dt.date]]:
        """The days up to `as_of` on which the promise was kept, and those from then on for which it is arranged."""
        kept, arranged = set(), set()
        for day, was_held, keeps in self._occasions(team, promise):
            if keeps and day <= as_of:
                kept.add(day)
            if (was_held and day > as_of) or (not was_held and day >= as_of):
                arranged.add(day)
        return kept, arranged if promise != "contract" else set()

    def _occasions(self, team: Any, promise: Promise) -> Iterator[tuple[dt.date, bool, bool]]:
        """Of what was not cancelled: the day, whether it was held, whether that keeps the promise."""
        if promise == "contract":
            rows = [row for row in self.contracts if row.team_id == team.pk and row.state != "draft"]
            yield from ((row.in_force_on, True, True) for row in rows)
        elif promise == "grus":
            # A day that is only proposed is not arranged.
            rows = [row for row in self.grus if row.team_id == team.pk and row.state in {"planned", "held"}]
            yield from ((row.on, row.state == "held", row.state == "held") for row in rows)
        elif promise == "meeting":
            rows = [row for row in self.meetings if row.team_id == team.pk and row.state != "cancelled"]
            yield from ((_danish_day(row.starts_at), row.state == "held", row.with_learning_cycle) for row in rows)
        else:
            rows = [row for row in self.visits if row.team_id == team.pk and row.state != "cancelled"]
            yield from ((_danish_day(row.starts_at), row.state == "held", row.is_evaluated) for row in rows)


def _every_month(agreement: Any, team: Any, kept: set[dt.date], arranged: set[dt.date], as_of: dt.date) -> Answer:
    month = (as_of.year, as_of.month)
    end = _last_day(month)
    if kept_now := {day for day in kept if (day.year, day.month) == month}:
        return Status.MET, max(kept_now), None, None
    if arranged_now := {day for day in arranged if (day.year, day.month) == month}:
        return Status.PLANNED, min(arranged_now), None, None
    if as_of.month in agreement.pause_months:
        return Status.PAUSED, end, None, None
    if team.starts_on is None and not kept:
        return Status.UNKNOWN, None, None, None
    asked_for = _asked_for(agreement, team, month)
    if asked_for and as_of == end:
        return Status.OVERDUE, end, dt.date(*month, 1), None
    before = _month_before(month, agreement.pause_months)
    if _asked_for(agreement, team, before) and not any((day.year, day.month) >= before for day in kept):
        return Status.OVERDUE, _last_day(before), dt.date(*before, 1), None
    if asked_for and (end - as_of).days <= agreement.soon_days:
        return Status.SOON, end, dt.date(*month, 1), None
    return Status.NOT_YET, end, None, None


def _asked_for(agreement: Any, team: Any, month: tuple[int, int]) -> bool:
    first = dt.date(*month, 1)
    return agreement.starts_on <= first and (team.starts_on is None or team.starts_on <= first)


def _month_before(month: tuple[int, int], pauses: list[int]) -> tuple[int, int]:
    year, number = month
    while True:
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
        if number not in pauses or number == month[1]:
            return year, number


def _every_so_many_months(
    agreement: Any, team: Any, kept: set[dt.date], arranged: set[dt.date], as_of: dt.date
) -> Answer:
    planned = (Status.PLANNED, min(arranged), None, None) if arranged else None
    if kept:
        due = months_later(max(kept), agreement.interval_months)
    elif team.starts_on is not None:
        both_there = agreement.starts_on if agreement.starts_on > team.starts_on else team.starts_on
        due = months_later(both_there, agreement.first_due_months)
    else:
        return planned or (Status.UNKNOWN, None, None, None)
    days_left = (due - as_of).days
    is_late, is_soon = days_left < 0, 0 <= days_left <= agreement.soon_days
    if kept and not is_late and not is_soon:
        return Status.MET, max(kept), None, due
    if planned:
        return planned
    if (is_late or is_soon) and as_of.month in agreement.pause_months:
        return Status.PAUSED, due, None, None
    return (Status.OVERDUE if is_late else Status.SOON if is_soon else Status.NOT_YET), due, None, None


def _last_day(month: tuple[int, int]) -> dt.date:
    return dt.date(*month, monthrange(*month)[1])


def months_later(day: dt.date, months: int) -> dt.date:
    """One month at a time by the calendar's page, then the same day on that page or its last."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def _danish_day(moment: dt.datetime) -> dt.date:
    """One hour ahead of UTC, two from the last Sunday in March until the last in October, both at 01.00 UTC."""
    utc = moment.astimezone(dt.UTC).replace(tzinfo=None)
    summer = [dt.datetime.combine(_last_sunday(utc.year, month), dt.time(1)) for month in (3, 10)]
    return (utc + dt.timedelta(hours=2 if summer[0] <= utc < summer[1] else 1)).date()


def _last_sunday(year: int, month: int) -> dt.date:
    day = _last_day((year, month))
    while day.weekday() != SUNDAY:
        day -= ONE_DAY
    return day
