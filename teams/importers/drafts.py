"""From the rows of a file to what each says about a unit, before it is known which units there are."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from slf_portal.common.tables import Row, Table
from teams.enums import UnitKind, UnitLevel
from teams.importers.cells import degrees_in, folded, refuse_bad_row, required, safe, words, yes_or_no_in
from teams.importers.mappings import (
    DISTRICT_TYPE,
    HISTORICAL,
    LEVELS,
    NOT_UNITS,
    SCHOOL_SITES,
    Layout,
    Meaning,
)
from teams.importers.report import Problem, RefusedRowError, SkippedRowError


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says about a unit. Kind None: as what it is a part of; what is not in `stated` stays as it is."""

    row: int
    name: str
    kind: UnitKind | None
    level_when_new: UnitLevel = UnitLevel.UNIT
    stated: Mapping[str, Any] = field(default_factory=dict)
    part_of: str = ""
    district: str = ""

    @property
    def number(self) -> str:
        return str(self.stated.get("institution_number", ""))


@dataclass(frozen=True, slots=True)
class DistrictDraft:
    """A row about a district."""

    row: int
    name: str


Drafted = Draft | DistrictDraft | Problem


def drafts_of(table: Table, layout: Layout) -> Iterator[Drafted]:
    """One or, for a school with its first site, two for each row. Raises UnreadableTableError."""
    column_of = layout.column_of(table)
    reader = _Reader(layout, column_of)
    if layout is SCHOOL_SITES:
        by_number = sorted(table.rows, key=reader.number)
        for _number, sites in groupby(by_number, key=reader.number):
            yield from reader.school(list(sites))
    else:
        yield from (reader.attempt(row, reader.unit) for row in table.rows)


class _Reader:
    """Reads the cells of one file by our names of its columns."""

    def __init__(self, layout: Layout, column_of: Mapping[str, str]) -> None:
        self.layout = layout
        # A column the file does not have is read as one that is empty.
        self.column = defaultdict(str, column_of)

    def cell(self, row: Row, ours: str) -> str:
        return words(row.cells.get(self.column[ours], ""))

    def number(self, row: Row) -> str:
        return self.cell(row, "institution_number")

    def attempt(self, row: Row, read: Callable[[Row], Drafted]) -> Drafted:
        try:
            refuse_bad_row(row)
            return read(row)
        except (RefusedRowError, SkippedRowError) as error:
            return Problem(row.number, safe(self.cell(row, "name")), error)

    def unit(self, row: Row) -> Draft | DistrictDraft:
        name = required(row.cells, self.column["name"])
        type_ = folded(required(row.cells, self.column["type"]))
        if HISTORICAL.search(type_):
            raise SkippedRowError(_("A historical name is not imported."), column=self.column["type"])
        if type_ in NOT_UNITS:
            raise SkippedRowError(str(NOT_UNITS[type_]), column=self.column["type"])
        if type_ == DISTRICT_TYPE:
            return DistrictDraft(row.number, name)
        meaning = self._meaning(type_)
        return Draft(
            row=row.number,
            name=name,
            kind=meaning.kind,
            level_when_new=meaning.level,
            stated=self._stated(row),
            part_of=self.cell(row, "parent"),
            district=self.cell(row, "district"),
        )

    def _meaning(self, type_: str) -> Meaning:
        if type_ not in self.layout.types:
            known = ", ".join(sorted(self.layout.types))
            reason = _("The type is not known. Known types: %(types)s.") % {"types": known}
            raise RefusedRowError(reason, column=self.column["type"])
        return self.layout.types[type_]

    def _stated(self, row: Row) -> dict[str, Any]:
        """The columns of a unit that the row fills in."""
        latitude, longitude = self.column["latitude"], self.column["longitude"]
        stated = {
            "institution_number": self.number(row),
            "address": self.cell(row, "address"),
            "latitude": degrees_in(row.cells, latitude, most=90),
            "longitude": degrees_in(row.cells, longitude, most=180),
            "level": self._level(row),
        }
        if (stated["latitude"] is None) != (stated["longitude"] is None):
            missing = latitude if stated["latitude"] is None else longitude
            raise RefusedRowError(_("Give both latitude and longitude, in degrees."), column=missing)
        return {ours: value for ours, value in stated.items() if value not in {None, ""}}

    def _level(self, row: Row) -> UnitLevel | None:
        cell = folded(self.cell(row, "level"))
        if not cell or cell in LEVELS:
            return LEVELS.get(cell)
        reason = _("The level is not known. Known levels: %(levels)s.") % {"levels": ", ".join(LEVELS)}
        raise RefusedRowError(reason, column=self.column["level"])

    def school(self, rows: Sequence[Row]) -> Iterator[Drafted]:
        """The rows of one institution number: a school with one site, or a school and its sites."""
        if len(rows) == 1 or not self.number(rows[0]):
            yield from (self.attempt(row, self._school) for row in rows)
            return
        main = next((row for row in rows if self._is_main(row)), None)
        first = main or rows[0]
        name = self.cell(first, "name").split(" (", 1)[0]
        school = self.attempt(first, partial(self._whole_school, name=name, main=main))
        yield school
        for row in rows:
            if row is not first or not (isinstance(school, Problem) or self.cell(row, "name") == name):
                yield self.attempt(row, partial(self._site, school=name))

    def _is_main(self, row: Row) -> bool:
        try:
            return bool(yes_or_no_in(row.cells, self.column["is_main_site"]))
        except RefusedRowError:
            return False

    def _school(self, row: Row) -> Draft:
        name = required(row.cells, self.column["name"])
        required(row.cells, self.column["institution_number"])
        yes_or_no_in(row.cells, self.column["is_main_site"])
        return Draft(row=row.number, name=name, kind=UnitKind.SCHOOL, stated=self._stated(row))

    def _whole_school(self, row: Row, *, name: str, main: Row | None) -> Draft:
        """The school that the sites are parts of; what only a site knows, it does not say about the school."""
        school = self._school(row)
        stated = school.stated if row is main else {"institution_number": school.number}
        return Draft(row=row.number, name=name, kind=UnitKind.SCHOOL, stated=stated)

    def _site(self, row: Row, *, school: str) -> Draft:
        site = self._school(row)
        stated = {**site.stated, "level": UnitLevel.SITE}
        return Draft(row=row.number, name=site.name, kind=UnitKind.SCHOOL, stated=stated, part_of=school)
