"""The rule of the promises: from what is known about a team to one of eight statuses. Pure: no database, no clock.

The rules are hr-og-organisation-2020's (the fundament) with our own defaults for what it does not say; both are
rows of `PromiseTerms`, so nothing here is a constant of the domain.
"""

import datetime as dt
from dataclasses import dataclass

from slf_portal.common.dates import add_months, first_of_month, last_of_month
from teams.enums import Promise, Status


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed about one promise: months between, days before "soon", months that are waived."""

    starts_on: dt.date
    interval_months: int
    first_due_months: int
    soon_days: int
    pause_months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the domain's rows say about a team and a promise, seen on one day.

    `done_on`: the latest day, not after that day, on which the promise was kept.
    `planned_on`: the earliest day, not before it, on which it is arranged.
    """

    done_on: dt.date | None = None
    planned_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AskedForYes:
    """A member who has not said yes to the contract in force, and since when she has been asked."""

    person_id: int
    contract_id: int
    in_force_on: dt.date
    since: dt.date


@dataclass(frozen=True, slots=True)
class PromiseStatus:
    """A status and the day that decides it.

    `missing_month`: the first day of a month in which nothing is noted; `due_on`: when a kept promise is due again.
    """

    status: Status
    on: dt.date | None = None
    missing_month: dt.date | None = None
    due_on: dt.date | None = None

    @property
    def needs_someone(self) -> bool:
        return self.status in {Status.SOON, Status.OVERDUE}


NOTHING = Facts()


def promise_status(
    promise: Promise, *, terms: Terms | None, team_starts_on: dt.date | None, facts: Facts, as_of: dt.date
) -> PromiseStatus:
    """The status of a promise on a day.

    `team_starts_on` None means that nobody knows when the team began: with nothing noted the status is then unknown.
    """
    if terms is None or as_of < terms.starts_on:
        return PromiseStatus(Status.NOT_AGREED)
    if team_starts_on is not None and as_of < team_starts_on:
        return PromiseStatus(Status.NOT_YET, team_starts_on)
    rule = _monthly if promise is Promise.MEETING and terms.interval_months == 1 else _interval
    return rule(terms, team_starts_on, facts, as_of)


def _monthly(terms: Terms, team_starts_on: dt.date | None, facts: Facts, as_of: dt.date) -> PromiseStatus:
    """At least once in each calendar month that is not a pause month."""
    month = first_of_month(as_of)
    deadline = last_of_month(as_of)
    if facts.done_on is not None and facts.done_on >= month:
        return PromiseStatus(Status.MET, facts.done_on)
    if facts.planned_on is not None and facts.planned_on <= deadline:
        return PromiseStatus(Status.PLANNED, facts.planned_on)
    if month.month in terms.pause_months:
        return PromiseStatus(Status.PAUSED, deadline)
    if team_starts_on is None and facts.done_on is None:
        return PromiseStatus(Status.UNKNOWN)
    counted_from = max(terms.starts_on, team_starts_on or terms.starts_on)
    if counted_from <= month and as_of == deadline:
        return PromiseStatus(Status.OVERDUE, deadline, month)
    previous = _previous_required_month(month, terms.pause_months)
    if counted_from <= previous and (facts.done_on is None or facts.done_on < previous):
        return PromiseStatus(Status.OVERDUE, last_of_month(previous), previous)
    if counted_from <= month and _is_soon(deadline, terms, as_of):
        return PromiseStatus(Status.SOON, deadline, month)
    return PromiseStatus(Status.NOT_YET, deadline)


def _previous_required_month(month: dt.date, pause_months: frozenset[int]) -> dt.date:
    """The first of the latest earlier month that is not waived, for a month that is not: at most a year before."""
    return next(earlier for back in range(1, 13) if (earlier := add_months(month, -back)).month not in pause_months)


def _interval(terms: Terms, team_starts_on: dt.date | None, facts: Facts, as_of: dt.date) -> PromiseStatus:
    """Every so many months, counted from the last time; the first time from when the team and the promise began."""
    due_on = due_date(terms, team_starts_on, facts)
    if due_on is None:
        if facts.planned_on is not None:
            return PromiseStatus(Status.PLANNED, facts.planned_on)
        return PromiseStatus(Status.UNKNOWN)
    is_soon, is_late = _is_soon(due_on, terms, as_of), as_of > due_on
    if facts.done_on is not None and not (is_soon or is_late):
        return PromiseStatus(Status.MET, facts.done_on, due_on=due_on)
    if facts.planned_on is not None:
        return PromiseStatus(Status.PLANNED, facts.planned_on)
    if (is_soon or is_late) and as_of.month in terms.pause_months:
        return PromiseStatus(Status.PAUSED, due_on)
    if is_late:
        return PromiseStatus(Status.OVERDUE, due_on)
    return PromiseStatus(Status.SOON if is_soon else Status.NOT_YET, due_on)


def due_date(terms: Terms, team_starts_on: dt.date | None, facts: Facts) -> dt.date | None:
    """The day by which an interval promise is to be kept next; None when nothing says where to count from."""
    if facts.done_on is not None:
        return add_months(facts.done_on, terms.interval_months)
    if team_starts_on is None:
        return None
    return add_months(max(team_starts_on, terms.starts_on), terms.first_due_months)


def _is_soon(due_on: dt.date, terms: Terms, as_of: dt.date) -> bool:
    return due_on - dt.timedelta(days=terms.soon_days) <= as_of <= due_on
