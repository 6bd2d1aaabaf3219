"""Import of people and their roles, with the teams they need."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slf_portal.accounts.actions import LastAdministratorError, create_people, rename_people
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from slf_portal.common.tables import Table
from teams.actions.imported import change_team_kinds, create_teams, store_dated_rows
from teams.enums import TeamKind
from teams.importers.cells import folded
from teams.importers.directory import Directory, Place
from teams.importers.entries import Entry, entries_of
from teams.importers.mappings import PEOPLE, TeamRole
from teams.importers.report import (
    ImportInterruptedError,
    Outcome,
    Problem,
    Reason,
    RefusedRowError,
    Report,
    Saving,
    SkippedRowError,
)
from teams.models import Membership, PortfolioUnit, ResourcePerson, Team, TeamLeader, Unit, UnitLeader

T = TypeVar("T")

_TEAM_MODELS: Mapping[TeamRole, type[Any]] = {
    TeamRole.MEMBER: Membership,
    TeamRole.LEADER: TeamLeader,
    TeamRole.RESOURCE_PERSON: ResourcePerson,
}


def import_people(*, by: User | None, table: Table, saving: Saving) -> Report:
    """Read every row, save what may be saved, and report. Raises UnreadableTableError when columns are missing."""
    run = _Import(table)
    try:
        with change(by=by, verb="import people"):
            run.settle_all()
            run.save(by)
            run.report.is_saved = run.report.may_save(saving)
            if not run.report.is_saved:
                transaction.set_rollback(True)
    except LastAdministratorError as error:
        run.refuse_ended_administrators(str(error))
    except IntegrityError as error:
        raise ImportInterruptedError from error
    return run.report


@dataclass(frozen=True, slots=True)
class _Role:
    """A row of the file with the person, the kind of row and the place it is about."""

    entry: Entry
    person: User
    model: type[Any]
    place: Place


class _Import:
    """One run over one file: what the rows say is held against what there is, in memory."""

    def __init__(self, table: Table) -> None:
        self.on = today()
        self.column_of = PEOPLE.column_of(table)
        self.report = Report(unused_columns=PEOPLE.unused(table))
        self.items = list(entries_of(table))
        self.first_entry: dict[str, Entry] = {}
        self.row_of: dict[int, int] = {}
        self.partner_team_said: dict[int, Entry] = {}
        self.new_people: dict[str, User] = {}
        self.renamed: dict[str, User] = {}
        self.new_teams: dict[int, Team] = {}
        self.changed_teams: dict[int, Team] = {}
        self.begun: list[Any] = []
        self.changed: dict[int, Any] = {}

    def settle_all(self) -> None:
        """Rows about roles that are known come first: an end makes room for a beginning elsewhere in the file."""
        entries = [item for item in self.items if isinstance(item, Entry)]
        self.directory = Directory({entry.email for entry in entries}, self.on)
        for item in self.items:
            if isinstance(item, Problem):
                self.report.note(item.row, item.what, item.error, self.column_of)
        found = [role for entry in entries if (role := self._attempt(entry, self._role))]
        for role in sorted(found, key=lambda role: self._known(role) is None):
            self._attempt(role.entry, partial(self._settle, role))

    def save(self, by: User | None) -> None:
        if self.new_people:
            create_people(by=by, people=list(self.new_people.values()))
        if self.renamed:
            rename_people(by=by, people=list(self.renamed.values()))
        if self.new_teams:
            create_teams(by=by, teams=list(self.new_teams.values()))
        if self.changed_teams:
            change_team_kinds(by=by, teams=list(self.changed_teams.values()))
        if self.begun or self.changed:
            store_dated_rows(by=by, changed=list(self.changed.values()), begun=self.begun)

    def refuse_ended_administrators(self, reason: str) -> None:
        for row in self.changed.values():
            if isinstance(row, CentralRoleRow) and row.role == CentralRole.ADMINISTRATOR:
                error = RefusedRowError(reason, column="ends_on")
                self.report.note(self.row_of[id(row)], row.person.name, error, self.column_of)

    # One row --------------------------------------------------------------------------------------------------------

    def _attempt(self, entry: Entry, step: Callable[..., T]) -> T | None:
        try:
            return step(entry)
        except (RefusedRowError, SkippedRowError, ValidationError) as error:
            self.report.note(entry.row, entry.name, error, self.column_of)
            return None

    def _settle(self, role: _Role, entry: Entry) -> None:
        """Begin, change or leave the role; first everything that may refuse, then what follows from it."""
        left = self._row_left(role)
        self._refuse_two_words_about_the_team(role)
        known = self._known(role)
        outcome = self._change(role, known) if known else self._begin(role)
        self.report.add(entry.row, outcome, entry.name)
        if left:
            left.ends_on = max(entry.starts_on or self.on, left.starts_on)
            self._note_changed(left, entry)
        self._settle_person(role)
        if isinstance(role.place, Team):
            self._settle_team(role.place, entry)
        if role.model is PortfolioUnit:
            self._settle_learning_partner(role)

    def _note_changed(self, row: Any, entry: Entry) -> None:
        if row.pk:
            self.changed[id(row)] = row
        self.report.add(entry.row, Outcome.CHANGED, entry.name)

    # Who and where --------------------------------------------------------------------------------------------------

    def _role(self, entry: Entry) -> _Role:
        person = self._person(entry)
        model, place = self._place(entry)
        return _Role(entry, person, model, place)

    def _person(self, entry: Entry) -> User:
        first = self.first_entry.setdefault(entry.email, entry)
        if first.name != entry.name:
            reason = _("Row %(row)d gives this e-mail another name.") % {"row": first.row}
            raise RefusedRowError(reason, column="email")
        person = self.directory.person(entry.email, entry.name)
        if not person.is_active:
            raise SkippedRowError(_("The person is deactivated and stays so."), column="email")
        return person

    def _place(self, entry: Entry) -> tuple[type[Any], Place]:
        """The model of the role's row and its team, unit or, for a central role, its name."""
        unit = self._unit(entry)
        if isinstance(entry.role, TeamRole):
            assert unit is not None  # noqa: S101 - entries without one are refused when they are read
            if entry.team:
                return _TEAM_MODELS[entry.role], self._team(unit, entry.team)
            return UnitLeader, unit
        if entry.role is CentralRole.LEARNING_PARTNER and unit:
            return PortfolioUnit, unit
        return CentralRoleRow, str(entry.role)

    def _unit(self, entry: Entry) -> Unit | None:
        return self.directory.unit(entry.unit) if entry.unit else None

    def _team(self, unit: Unit, name: str) -> Team:
        try:
            return self.directory.team(unit, name)
        except ValidationError as error:
            raise RefusedRowError(" ".join(error.messages), column="team") from error

    # The dated row --------------------------------------------------------------------------------------------------

    def _known(self, role: _Role) -> Any | None:
        """The row that the file's row is about: the one that began that day, or without a day the one that lasts."""
        starts_on, ends_on = role.entry.starts_on, role.entry.ends_on
        for row in self.directory.rows(role.model, role.place, role.person):
            never_held = row.ends_on == row.starts_on
            if never_held and row.ends_on != ends_on:
                continue
            if starts_on:
                if row.starts_on == starts_on:
                    return row
            elif row.ends_on is None or row.ends_on > self.on or row.ends_on == ends_on:
                return row
        return None

    def _change(self, role: _Role, row: Any) -> Outcome:
        """Give the row its last day and title, where the file has them and they are new."""
        entry, was = role.entry, row.ends_on
        ends_on = entry.ends_on or was
        if id(row) in self.row_of:
            self._refuse_second(row, ends_on)
        if ends_on and ends_on < row.starts_on:
            raise RefusedRowError(_("The end date lies before the start date."), column="ends_on")
        row.ends_on = ends_on
        try:
            self._refuse_overlap(row)
        except RefusedRowError:
            row.ends_on = was
            raise
        self.row_of[id(row)] = entry.row
        new_title = isinstance(row, UnitLeader) and entry.title not in {"", row.title}
        if new_title:
            row.title = entry.title
        if new_title or row.ends_on != was:
            self.changed[id(row)] = row
            return Outcome.CHANGED
        return Outcome.UNCHANGED

    def _refuse_second(self, row: Any, ends_on: dt.date | None) -> None:
        first = {"row": self.row_of[id(row)]}
        if ends_on == row.ends_on:
            raise SkippedRowError(_("Row %(row)d says the same.") % first)
        raise RefusedRowError(_("Row %(row)d says something else about the same role.") % first, column="ends_on")

    def _begin(self, role: _Role) -> Outcome:
        entry = role.entry
        starts_on = entry.starts_on or self.on
        if entry.ends_on and entry.ends_on < starts_on:
            raise RefusedRowError(_("It has ended already: say when it began."), column="starts_on")
        row = _new_row(role, starts_on, entry.ends_on)
        self._refuse_overlap(row)
        self.directory.add_row(row)
        self.begun.append(row)
        self.row_of[id(row)] = entry.row
        return Outcome.CREATED

    def _refuse_overlap(self, row: Any) -> None:
        for other in self.directory.rivals(row):
            if _overlap(row, other):
                reason = _("%(person)s has this role already from %(from)s.") % {
                    "person": other.person.name,
                    "from": date_format(other.starts_on, "SHORT_DATE_FORMAT"),
                }
                raise RefusedRowError(reason, column="starts_on")

    def _row_left(self, role: _Role) -> Any | None:
        """The row in the team that the person has moved from, None when it has ended already."""
        entry, on = role.entry, role.entry.starts_on or self.on
        if not entry.moved_from:
            return None
        rows = [
            row
            for row in self.directory.rows_of_person(role.model, role.person)
            if isinstance(role.place, Team) and folded(row.team.name) == folded(entry.moved_from)
        ]
        if not rows:
            raise RefusedRowError(_("The person has no such role in that team."), column="moved_from")
        lasting = [row for row in rows if row.team is not role.place and (row.ends_on is None or row.ends_on > on)]
        return next(iter(lasting), None)

    # What follows from it -------------------------------------------------------------------------------------------

    def _settle_person(self, role: _Role) -> None:
        person, entry = role.person, role.entry
        if person._state.adding:
            self.new_people[person.email] = person
        elif person.name != entry.name:
            person.name = entry.name
            person.clean_fields(exclude={"password"})
            self.renamed[person.email] = person
            self.report.add(entry.row, Outcome.CHANGED, entry.name)

    def _refuse_two_words_about_the_team(self, role: _Role) -> None:
        if role.entry.is_partner_team is None or not isinstance(role.place, Team):
            return
        first = self.partner_team_said.setdefault(id(role.place), role.entry)
        if first.is_partner_team != role.entry.is_partner_team:
            reason = _("Row %(row)d says something else about the same team.") % {"row": first.row}
            raise RefusedRowError(reason, column="is_partner_team")

    def _settle_team(self, team: Team, entry: Entry) -> None:
        """Create the team, and make it a partner team or another group, where the file says so."""
        kinds = {True: TeamKind.PARTNER_TEAM, False: TeamKind.OTHER}
        wanted = team.kind if entry.is_partner_team is None else kinds[entry.is_partner_team]
        if team.kind in kinds.values() and team.kind != wanted:
            team.kind = wanted
            if not team._state.adding:
                self.changed_teams[team.pk] = team
                self.report.add(entry.row, Outcome.CHANGED, entry.name)
        if team._state.adding and id(team) not in self.new_teams:
            self.new_teams[id(team)] = team
            reason = Reason(_('The team "%(team)s" was not known and is created.') % {"team": team.name}, "team")
            self.report.add(entry.row, Outcome.CREATED, entry.name, reason)

    def _settle_learning_partner(self, role: _Role) -> None:
        """Who has a unit in her portfolio is a learning partner as long, where nothing says so already."""
        entry = role.entry
        row = CentralRoleRow(
            person=role.person,
            role=CentralRole.LEARNING_PARTNER,
            starts_on=entry.starts_on or self.on,
            ends_on=entry.ends_on,
        )
        overlapping = [other for other in self.directory.rivals(row) if _overlap(row, other)]
        if any(other.ends_on is None for other in overlapping):
            return
        row.starts_on = max([row.starts_on, *(other.ends_on for other in overlapping)])
        if row.starts_on != row.ends_on and not any(_overlap(row, other) for other in self.directory.rivals(row)):
            self.directory.add_row(row)
            self.begun.append(row)
            self.row_of[id(row)] = entry.row


def _new_row(role: _Role, starts_on: dt.date, ends_on: dt.date | None) -> Any:
    values: dict[str, Any] = {"person": role.person, "starts_on": starts_on, "ends_on": ends_on}
    if isinstance(role.place, Team):
        return role.model(team=role.place, **values)
    if isinstance(role.place, Unit):
        title = {"title": role.entry.title} if role.model is UnitLeader else {}
        return role.model(unit=role.place, **title, **values)
    return CentralRoleRow(role=role.place, **values)


def _overlap(row: Any, other: Any) -> bool:
    """Whether two rows hold on the same day."""
    first, last = max(row.starts_on, other.starts_on), min(row.ends_on or dt.date.max, other.ends_on or dt.date.max)
    return bool(first < last)
