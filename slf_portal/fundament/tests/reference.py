"""The promises once more, slowly: one team at a time, one day at a time, from these words alone.

What is agreed. A promise is agreed for a unit and its parts or for a kind of units, from a day until a day. For a team
the agreement of its own unit counts, else of the unit that is part of, and so upwards, else of the unit's kind. Without
any the promise is NOT AGREED. A team that begins later has NOT YET got it, until the day it begins.

What keeps it. A meeting held with the learning cycle; a visit held and evaluated; a GRUS held; a contract put in force.
It is kept on the day in Copenhagen on which that began, and counts from that day on. What is planned for the day itself
or later is arranged; so is what was held later, when one looks back; a contract is never arranged. Cancelled is nothing,
and what was planned for an earlier day and never noted is nothing.

Every month (only meetings). The month is MET once it is kept. Else PLANNED when it is arranged for a day of the month.
Else PAUSED when the month is a pause. Else UNKNOWN when it was never kept and nobody knows when the team began.
A month is asked for when agreement and team were there on its first day (only the agreement, when the team's is not
known). The month itself is missing, OVERDUE, on its last day. So is, before that, the latest earlier month that is no
pause, when nothing was kept in it or after it. SOON on the month's last days, as many as agreed and the last one. Else
NOT YET.

Every so many months. The day it is due lies so many months after it was last kept; the first time, the agreed number of
months after agreement and team were both there; the last of the month where the month has no such day. With neither
known it is PLANNED when arranged, else UNKNOWN. SOON are the agreed number of days before that day and the day itself,
late is every day after. Kept, and neither soon nor late: MET. Else PLANNED when arranged. Else, when soon or late, PAUSED
in a pause month, OVERDUE when late, SOON when soon. Else NOT YET.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from teams.enums import Promise, Status

ONE_DAY = dt.timedelta(days=1)
ONE_HOUR = dt.timedelta(hours=1)

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
        for day, was_held, counts in self._occasions(team, promise):
            if counts and day <= as_of:
                kept.add(day)
            if (was_held and day > as_of) or (not was_held and day >= as_of):
                arranged.add(day)
        return kept, arranged if promise != "contract" else set()

    def _occasions(self, team: Any, promise: Promise) -> Iterator[tuple[dt.date, bool, bool]]:
        """Day, whether it was held, whether that keeps the promise."""
        if promise == "contract":
            for row in self.contracts:
                if row.team_id == team.pk and row.state != "draft":
                    yield row.in_force_on, True, True
            return
        rows = {"meeting": self.meetings, "visit": self.visits, "grus": self.grus}[promise]
        for row in rows:
            if row.team_id == team.pk and row.state != "cancelled":
                was_held = row.state == "held"
                yield _day_of(row), was_held, was_held and _counts(row, promise)


def _counts(row: Any, promise: Promise) -> bool:
    return bool({"meeting": "with_learning_cycle", "visit": "is_evaluated", "grus": "leader_present"}[promise] and getattr(
        row, {"meeting": "with_learning_cycle", "visit": "is_evaluated", "grus": "leader_present"}[promise]
    ))
