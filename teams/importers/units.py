"""Import of units: the published files and our own format."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from slf_portal.common.tables import Table
from teams.actions.imported import change_units, create_units, store_dated_rows
from teams.actions.organisation import MOST_LEVELS
from teams.actions.rows import add_row
from teams.enums import UnitKind, UnitLevel
from teams.importers.cells import folded
from teams.importers.drafts import DistrictDraft, Draft, drafts_of
from teams.importers.mappings import WHOLE_DEPARTMENT, Layout, kind_of_missing, units_layout
from teams.importers.register import Register
from teams.importers.report import ImportInterruptedError, Outcome, Reason, RefusedRowError, Report, Saving
from teams.models import District, Unit


def import_units(*, by: User | None, table: Table, saving: Saving) -> Report:
    """Read every row, save what may be saved, and report. Raises UnreadableTableError when columns are missing."""
    layout = units_layout(table)
    try:
        with change(by=by, verb="import units"):
            register = Register(today())
            report = _Import(table, layout, register).run()
            report.is_saved = report.may_save(saving)
            _save(by, register)
            if not report.is_saved:
                transaction.set_rollback(True)
    except IntegrityError as error:
        raise ImportInterruptedError from error
    return report


def _save(by: User | None, register: Register) -> None:
    for district in register.new_districts:
        add_row(by=by, row=district)
    if register.new_units:
        create_units(by=by, units=register.new_units)
    if register.changed_units:
        change_units(by=by, units=list(register.changed_units.values()))
    if register.ended or register.begun:
        store_dated_rows(by=by, changed=register.ended, begun=register.begun)


@dataclass(frozen=True, slots=True)
class _Above:
    """What a unit is a part of, and what there is to say about it."""

    unit: Unit | None = None
    reasons: tuple[Reason, ...] = ()
    is_new: bool = False


class _Import:
    """One run over one file: rows are placed parents first, in memory."""

    def __init__(self, table: Table, layout: Layout, register: Register) -> None:
        self.register = register
        self.column_of = layout.column_of(table)
        self.report = Report(unused_columns=layout.unused(table))
        self.drafted = list(drafts_of(table, layout))
        self.drafts_named: dict[str, list[Draft]] = defaultdict(list)
        # By the draft's identity: None while it is being placed, then whether it was.
        self.placed: dict[int, bool | None] = {}
        self.row_of: dict[int, int] = {}

    def run(self) -> Report:
        for item in self.drafted:
            if isinstance(item, Draft):
                self.drafts_named[folded(item.name)].append(item)
            elif isinstance(item, DistrictDraft):
                self._place_district(item)
            else:
                self.report.note(item.row, item.what, item.error, self.column_of)
        for item in self.drafted:
            if isinstance(item, Draft):
                self._place_once(item)
        return self.report

    def _place_district(self, draft: DistrictDraft) -> None:
        try:
            is_new = self.register.create_district(draft.name)
        except ValidationError as error:
            self.report.note(draft.row, draft.name, error, self.column_of)
        else:
            self.report.add(draft.row, Outcome.CREATED if is_new else Outcome.UNCHANGED, draft.name)

    def _place_once(self, draft: Draft, depth: int = 1) -> None:
        """Place the draft, at its own turn or earlier when another is a part of it."""
        if id(draft) in self.placed:
            return
        self.placed[id(draft)] = None
        try:
            self._place(draft, depth)
        except (RefusedRowError, ValidationError) as error:
            self.report.note(draft.row, draft.name, error, self.column_of)
            self.placed[id(draft)] = False
        else:
            self.placed[id(draft)] = True

    def _place(self, draft: Draft, depth: int) -> None:
        above = self._above(draft, depth)
        kind = self._kind(draft, above)
        district = self._district(draft)
        unit = self.register.find(draft, kind)
        values = {**draft.stated, **({"parent": above.unit} if above.unit else {})}
        if unit is None:
            unit = self.register.create(Unit(name=draft.name, kind=kind, **{"level": draft.level_when_new, **values}))
            outcome = Outcome.CREATED
        else:
            self._refuse_twice(unit, draft)
            is_changed = self.register.change(unit, {**values, "kind": kind})
            outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
        self.row_of[id(unit)] = draft.row
        self.report.add(draft.row, outcome, draft.name, *above.reasons)
        if above.is_new and above.unit:
            self.register.create(above.unit)
            self.report.add(draft.row, Outcome.CREATED, draft.name)
        if district and self.register.move(unit, district):
            self.report.add(draft.row, Outcome.CHANGED, draft.name)

    def _kind(self, draft: Draft, above: _Above) -> UnitKind:
        if kind := draft.kind or (above.unit and UnitKind(above.unit.kind)):
            return kind
        reason = _("Say what it is a part of: that decides its kind, and no such unit is known.")
        raise RefusedRowError(reason, column=self.column_of.get("parent", ""))

    def _refuse_twice(self, unit: Unit, draft: Draft) -> None:
        if self.row_of.get(id(unit), draft.row) != draft.row:
            raise RefusedRowError(_("The same unit stands in row %(row)d.") % {"row": self.row_of[id(unit)]})

    def _district(self, draft: Draft) -> District | None:
        if not draft.district:
            return None
        if district := self.register.district(draft.district):
            return district
        reason = _("The district is not known. Give it a row of its own with the type distrikt.")
        raise RefusedRowError(reason, column=self.column_of["district"])

    # What a unit is a part of ---------------------------------------------------------------------------------------

    def _above(self, draft: Draft, depth: int) -> _Above:
        if not draft.part_of:
            return _Above()
        self._place_rows_about(draft, depth)
        wishes = (
            lambda unit: bool(draft.number) and unit.institution_number == draft.number,
            lambda unit: unit.kind == draft.kind,
            lambda unit: unit.level == UnitLevel.UNIT,
        )
        try:
            parent = self.register.named(draft.part_of, *wishes)
        except RefusedRowError as error:
            raise RefusedRowError(error.reason, column=self.column_of.get("parent", "")) from error
        return _Above(parent) if parent else self._missing(draft)

    def _place_rows_about(self, draft: Draft, depth: int) -> None:
        """Place what the draft is a part of first, where the file has rows about it."""
        column = self.column_of.get("parent", "")
        rows = [other for other in self.drafts_named[folded(draft.part_of)] if other is not draft]
        for other in rows:
            if id(other) in self.placed and self.placed[id(other)] is None:
                raise RefusedRowError(_("The units of the file are parts of each other in a circle."), column=column)
            if depth > MOST_LEVELS:
                reason = _("Units can stand in at most %(levels)d levels.") % {"levels": MOST_LEVELS}
                raise RefusedRowError(reason, column=column)
            self._place_once(other, depth + 1)
        if rows and not any(self.placed[id(other)] for other in rows):
            reason = _("It is a part of what stands in row %(row)d, which is refused.") % {"row": rows[0].row}
            raise RefusedRowError(reason, column=column)

    def _missing(self, draft: Draft) -> _Above:
        """What the mapping says about a unit that is not known: nothing above, created, or left open."""
        if folded(draft.part_of) in WHOLE_DEPARTMENT:
            return _Above()
        named, column = {"unit": draft.part_of}, self.column_of.get("parent", "")
        if folded(draft.part_of) == folded(draft.name):
            raise RefusedRowError(_("A unit cannot be a part of itself or of one of its own parts."), column=column)
        if kind := kind_of_missing(draft.part_of):
            unit = Unit(name=draft.part_of, kind=kind)
            unit.clean_fields(exclude={"parent"})
            reason = Reason(_('"%(unit)s" was not known and is created as well.') % named, column)
            return _Above(unit, (reason,), is_new=True)
        reason = Reason(_('"%(unit)s" is not known; what this is a part of is left open.') % named, column)
        return _Above(reasons=(reason,))
