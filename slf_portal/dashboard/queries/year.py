"""The picture of the year: a unit's teams by month, with what is arranged and what was held."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learningcycle.enums import MeetingState
from learningcycle.queries import meetings_between
from observations.enums import VisitState
from observations.queries import visits_between
from slf_portal.common.dates import add_months, first_of_month, last_of_month, school_year_start
from slf_portal.common.templatetags.portal import short_day
from teams.enums import ContractState, GrusState, Promise
from teams.models import Team, TeamContract, Unit
from teams.queries import (
    ClosedDays,
    TermsByPromise,
    closed_days,
    contracts_until,
    grus_between,
    terms_of_teams,
    with_parts,
)
from teams.rules import Facts, Terms, due_date
from teams.standing import Standing

MONTHS = 12
# One looks this many years back, and one ahead: nothing is planned further.
YEARS_BACK = 10


class Became(StrEnum):
    """How far something is."""

    HELD = "held"
    PLANNED = "planned"
    NOT_NOTED = "not-noted"


class Quiet(StrEnum):
    """Why nothing is expected of a team in a month."""

    OUTSIDE = "outside"
    PAUSE = "pause"
    CLOSED = "closed"


# Also the order within a month's legend.
_WORDS: dict[tuple[Promise, Became], Any] = {
    (Promise.MEETING, Became.HELD): _("meeting held"),
    (Promise.MEETING, Became.PLANNED): _("meeting planned"),
    (Promise.VISIT, Became.HELD): _("visit held"),
    (Promise.VISIT, Became.PLANNED): _("visit planned"),
    (Promise.GRUS, Became.HELD): _("GRUS held"),
    (Promise.GRUS, Became.PLANNED): _("GRUS planned"),
    (Promise.CONTRACT, Became.HELD): _("team contract came into force"),
    (Promise.CONTRACT, Became.PLANNED): _("team contract to be renewed"),
    (Promise.MEETING, Became.NOT_NOTED): _("meeting, not noted yet"),
    (Promise.VISIT, Became.NOT_NOTED): _("visit, not noted yet"),
    (Promise.GRUS, Became.NOT_NOTED): _("GRUS, not noted yet"),
}
_QUIET_WORDS = {
    Quiet.OUTSIDE: _("the team is not there"),
    Quiet.PAUSE: _("pause"),
    Quiet.CLOSED: pgettext_lazy("a month", "closed"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a team's year: its sign, and the words that say the same."""

    promise: Promise
    became: Became
    on: dt.date

    @property
    def label(self) -> str:
        return str(_WORDS[self.promise, self.became])

    @property
    def words(self) -> str:
        """As "meeting held 24 Nov"."""
        return f"{self.label} {short_day(self.on)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A team's month. `quiet`: why nothing is expected."""

    month: dt.date
    marks: list[Mark]
    quiet: Quiet | None
    is_now: bool

    @property
    def quiet_words(self) -> str:
        return str(_QUIET_WORDS[self.quiet]) if self.quiet else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A team's year."""

    name: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """The teams of one unit, in Danish order."""

    unit: Unit
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class YearWheel:
    """Twelve months from `first` on; `this_month` is the first of today's."""

    first: dt.date
    this_month: dt.date
    groups: list[Group]

    @property
    def title(self) -> str:
        """As 2026/27."""
        return f"{self.first.year}/{self.last_month:%y}"

    @property
    def months(self) -> list[dt.date]:
        return [add_months(self.first, count) for count in range(MONTHS)]

    @property
    def last_month(self) -> dt.date:
        return add_months(self.first, MONTHS - 1)

    @property
    def earlier(self) -> dt.date:
        return add_months(self.first, -MONTHS)

    @property
    def later(self) -> dt.date | None:
        """The year after; None where nothing is planned yet."""
        after = add_months(self.first, MONTHS)
        return after if after <= add_months(school_year_start(self.this_month), MONTHS) else None

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]


def legend() -> list[Mark]:
    """A mark of each kind, less those that are not noted: they look the same in all three shapes."""
    shown = [pair for pair in _WORDS if pair[1] is not Became.NOT_NOTED]
    return [Mark(promise, became, dt.date.min) for promise, became in shown]


def year_from(text: str, today: dt.date) -> dt.date:
    """The August in which the school year of the month `text`, as 2026-08, began.

    This school year's where it is missing, nonsense or further away than one can look.
    """
    this = school_year_start(today)
    try:
        asked = school_year_start(dt.datetime.strptime(text, "%Y-%m").date())  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return this
    return asked if -YEARS_BACK <= asked.year - this.year <= 1 else this


def year_wheel(standing: Standing, unit: Unit, first: dt.date, today: dt.date) -> YearWheel:
    """The year, from the month `first` on, of the partner teams of the unit and its parts that the person may see.

    Ten queries, whatever the number of teams.
    """
    until = add_months(first, MONTHS)
    teams = _teams_of(standing, unit, first, until)
    terms, closed = terms_of_teams(teams, today), closed_days({team.unit_id for team in teams}, first, until)
    marks = _marks(teams, terms, first, until, today)
    groups = []
    for of_unit, its_teams in groupby(teams, key=lambda team: team.unit):
        off = _closed_months(closed[of_unit.pk], first)
        rows = [
            _row(team, marks[team.pk], _quiet_months(team, terms[team.pk], off, first), today) for team in its_teams
        ]
        groups.append(Group(of_unit, rows))
    return YearWheel(first, first_of_month(today), groups)


def _teams_of(standing: Standing, unit: Unit, first: dt.date, until: dt.date) -> list[Team]:
    """Also those that have ended or begun in the year. The unit's own first, its parts in Danish order."""
    there = Q(starts_on__isnull=True) | Q(starts_on__lt=until), Q(ends_on__isnull=True) | Q(ends_on__gt=first)
    teams = Team.objects.visible_to(standing).partner_teams().filter(*there, unit__in=with_parts(frozenset([unit.pk])))
    found = teams.select_related("unit").order_by("unit__sort_key", "unit_id", "sort_key", "pk")
    return sorted(found, key=lambda team: team.unit_id != unit.pk)


def _marks(
    teams: Iterable[Team], terms: Mapping[int, TermsByPromise], first: dt.date, until: dt.date, today: dt.date
) -> dict[int, list[Mark]]:
    """For each team's id what is in its year, the earliest first."""
    by_id = {team.pk: team for team in teams}
    marks: dict[int, list[Mark]] = {pk: [] for pk in by_id}
    arranged: tuple[tuple[Promise, Iterable[Any], str], ...] = (
        (Promise.MEETING, meetings_between(by_id, first, until), MeetingState.HELD),
        (Promise.VISIT, visits_between(by_id, first, until), VisitState.HELD),
        (Promise.GRUS, grus_between(by_id, first, until), GrusState.HELD),
    )
    for promise, rows, held in arranged:
        for row in rows:
            ahead = Became.PLANNED if row.on >= today else Became.NOT_NOTED
            marks[row.team_id].append(Mark(promise, Became.HELD if row.state == held else ahead, row.on))
    for contract in contracts_until(by_id, until):
        days = _days_of_contract(contract, by_id[contract.team_id], terms[contract.team_id].get(Promise.CONTRACT))
        marks[contract.team_id] += [
            Mark(Promise.CONTRACT, became, on) for became, on in days.items() if first <= on < until
        ]
    return {pk: sorted(found, key=lambda mark: mark.on) for pk, found in marks.items()}


def _days_of_contract(contract: TeamContract, team: Team, terms: Terms | None) -> dict[Became, dt.date]:
    """When the version came into force, and by when the one in force is to be looked over again."""
    days = {Became.HELD: contract.in_force_on}
    if terms and contract.state == ContractState.IN_FORCE:
        days[Became.PLANNED] = due_date(terms, team.starts_on, Facts(contract.in_force_on))
    return {became: on for became, on in days.items() if on is not None}


def _closed_months(is_closed: ClosedDays, first: dt.date) -> set[dt.date]:
    """The months without an open day."""
    months = [add_months(first, count) for count in range(MONTHS)]
    return {month for month in months if all(is_closed(day) for day in _days(month))}


def _days(month: dt.date) -> Iterator[dt.date]:
    return (month.replace(day=number) for number in range(1, last_of_month(month).day + 1))


def _quiet_months(
    team: Team, terms: TermsByPromise, closed: Collection[dt.date], first: dt.date
) -> dict[dt.date, Quiet | None]:
    """For each month of the year why nothing is expected of the team; None where something may be."""
    agreed = terms.get(Promise.MEETING)
    paused = agreed.pause_months if agreed else frozenset()

    def quiet(month: dt.date) -> Quiet | None:
        has_ended = team.ends_on is not None and team.ends_on <= month
        if has_ended or (team.starts_on is not None and team.starts_on > last_of_month(month)):
            return Quiet.OUTSIDE
        if month.month in paused:
            return Quiet.PAUSE
        return Quiet.CLOSED if month in closed else None

    return {month: quiet(month) for month in (add_months(first, count) for count in range(MONTHS))}


def _row(team: Team, marks: Sequence[Mark], quiet: Mapping[dt.date, Quiet | None], today: dt.date) -> Row:
    by_month = {month: [mark for mark in marks if first_of_month(mark.on) == month] for month in quiet}
    this_month = first_of_month(today)
    cells = [Cell(month, by_month[month], quiet[month], month == this_month) for month in quiet]
    return Row(team.name, reverse("dashboard:team_detail", args=[team.pk]), cells)


# On paper --------------------------------------------------------------------------------------------------------


class Paper(StrEnum):
    """The sheet it is printed on, on its side."""

    A4 = "a4"
    A3 = "a3"


# How the type is set, by how many lines it leaves room for on a sheet. With more lines there are more sheets.
_ROOM = {
    Paper.A4: ((14, "roomy"), (25, "close")),
    Paper.A3: ((16, "roomy"), (28, "close")),
}
# So many signs, and letters of a name, stand on a line.
SIGNS_ON_A_LINE, LETTERS_ON_A_LINE = 3, 30


def density(wheel: YearWheel, paper: Paper) -> str:
    """The largest type, in words of static/year-paper.css, in which the year fits on one sheet; else the smallest."""
    heads = len(wheel.groups) if len(wheel.groups) > 1 else 0
    lines = heads + sum(_lines(row) for row in wheel.rows)
    return next((name for most, name in _ROOM[paper] if lines <= most), "dense")


def _lines(row: Row) -> int:
    signs = max(len(cell.marks) for cell in row.cells)
    return max(1, -(-signs // SIGNS_ON_A_LINE), -(-len(row.name) // LETTERS_ON_A_LINE))
