"""The units there are and those that an import adds, found by what a file calls them. Loaded once, kept in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from teams.actions.organisation import MOST_LEVELS
from teams.enums import UnitKind
from teams.importers.cells import folded
from teams.importers.drafts import Draft
from teams.importers.report import RefusedRowError
from teams.models import District, Unit, UnitDistrict


class Register:
    """Every unit and district, and what has been added and changed. Nothing here is saved."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self.units: list[Unit] = []
        self.new_units: list[Unit] = []
        self.changed_units: dict[int, Unit] = {}
        self.new_districts: list[District] = []
        self.ended: list[UnitDistrict] = []
        self.begun: list[UnitDistrict] = []
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        self._parts: dict[int, list[Unit]] = defaultdict(list)
        self._load_units()
        self._districts = {_district_key(row.name): row for row in District.objects.all()}
        in_force = UnitDistrict.objects.in_force(on).order_by()
        self._district_rows = {row.unit_id: row for row in in_force.select_related("district")}

    def _load_units(self) -> None:
        by_pk = {unit.pk: unit for unit in Unit.objects.order_by("pk")}
        for unit in by_pk.values():
            # The same objects all the way up, so that a change is seen from everywhere and no query is needed.
            unit.parent = by_pk[unit.parent_id] if unit.parent_id else None
            self._add(unit)

    def _add(self, unit: Unit) -> None:
        self.units.append(unit)
        self._by_name[folded(unit.name)].append(unit)
        if unit.parent:
            self._parts[id(unit.parent)].append(unit)

    # Finding ------------------------------------------------------------------------------------------------------

    def find(self, draft: Draft, kind: UnitKind) -> Unit | None:
        """The unit a draft is about: by number and name, else by kind and name. Raises RefusedRowError."""
        named = [unit for unit in self._by_name[folded(draft.name)] if unit.name == draft.name]
        if draft.number:
            numbered = [unit for unit in named if unit.institution_number == draft.number]
            without = [unit for unit in named if not unit.institution_number and unit.kind == kind]
            return next(iter(numbered + without), None)
        of_kind = [unit for unit in named if unit.kind == kind]
        if len(of_kind) > 1:
            raise RefusedRowError(_("Several units have this name. Add the institution number."))
        return next(iter(of_kind), None)

    def named(self, name: str, *wishes: Callable[[Unit], bool]) -> Unit | None:
        """The unit with that name, the wishes deciding between several. Raises RefusedRowError when they cannot."""
        candidates = self._by_name[folded(name)]
        for wish in wishes:
            candidates = [unit for unit in candidates if wish(unit)] or candidates
        if len(candidates) > 1:
            raise RefusedRowError(_('Several units are called "%(unit)s".') % {"unit": name})
        return next(iter(candidates), None)

    # Changing -----------------------------------------------------------------------------------------------------

    def create(self, unit: Unit) -> Unit:
        """Add a unit. Raises ValidationError when a column is not valid, RefusedRowError when it stands too deep."""
        _check(unit)
        self._refuse_misplaced(unit, unit.parent)
        self._add(unit)
        self.new_units.append(unit)
        return unit

    def change(self, unit: Unit, values: dict[str, Any]) -> bool:
        """Give the unit the values; whether any of them is new. Raises as `create`."""
        news = {column: value for column, value in values.items() if getattr(unit, column) != value}
        if not news:
            return False
        tried = copy(unit)
        _assign(tried, news)
        _check(tried)
        if "parent" in news:
            self._refuse_misplaced(unit, news["parent"])
            self._parts[id(news["parent"])].append(unit)
        _assign(unit, news)
        if unit.pk:
            self.changed_units[unit.pk] = unit
        return True

    def _refuse_misplaced(self, unit: Unit, parent: Unit | None) -> None:
        above = _line(parent)
        if any(ancestor is unit for ancestor in above):
            raise RefusedRowError(_("A unit cannot be a part of itself or of one of its own parts."))
        if len(above) + self._levels_from(unit) > MOST_LEVELS:
            raise RefusedRowError(_("Units can stand in at most %(levels)d levels.") % {"levels": MOST_LEVELS})

    def _levels_from(self, unit: Unit) -> int:
        parts = [part for part in self._parts[id(unit)] if part.parent is unit]
        return 1 + max((self._levels_from(part) for part in parts), default=0)

    # Districts ----------------------------------------------------------------------------------------------------

    def create_district(self, name: str) -> bool:
        """Add a district unless it is known; whether it was added. Raises ValidationError."""
        if _district_key(name) in self._districts:
            return False
        district = District(name=name)
        district.clean_fields()
        self._districts[_district_key(name)] = district
        self.new_districts.append(district)
        return True

    def district(self, name: str) -> District | None:
        return self._districts.get(_district_key(name))

    def move(self, unit: Unit, district: District) -> bool:
        """Let the unit belong to the district from today; whether that is new."""
        row = self._district_rows.get(unit.pk) if unit.pk else None
        if row and row.district == district:
            return False
        if row:
            row.ends_on = self.on
            self.ended.append(row)
        self.begun.append(UnitDistrict(unit=unit, district=district, starts_on=self.on))
        return True


def _line(unit: Unit | None) -> list[Unit]:
    """The unit and what it is a part of, nearest first, no further than too far."""
    line: list[Unit] = []
    while unit and len(line) <= MOST_LEVELS:
        line.append(unit)
        unit = unit.parent
    return line


def _assign(unit: Unit, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(unit, column, value)


def _check(unit: Unit) -> None:
    """Every column by its own rules; the parent is known to exist."""
    unit.clean_fields(exclude={"parent"})


def _district_key(name: str) -> str:
    """Distrikt Syd and Syd are one."""
    return folded(name).removeprefix("distrikt ")
