"""From the rows of a file of people to what each says, before it is known who and which units there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from slf_portal.accounts.enums import CentralRole
from slf_portal.common.tables import Row, Table
from teams.importers.cells import date_in, folded, refuse_bad_row, required, safe, words, yes_or_no_in
from teams.importers.mappings import PEOPLE, ROLES, TeamRole
from teams.importers.report import Problem, RefusedRowError


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says about a person in a role. Days are None, words empty, where it says nothing."""

    row: int
    name: str
    email: str
    role: TeamRole | CentralRole
    unit: str = ""
    team: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_partner_team: bool | None = None
    moved_from: str = ""
    title: str = ""


def entries_of(table: Table) -> Iterator[Entry | Problem]:
    """One for each row. Raises UnreadableTableError when a column is missing."""
    column_of = PEOPLE.column_of(table)
    for row in table.rows:
        try:
            refuse_bad_row(row)
            yield _entry(row, column_of)
        except RefusedRowError as error:
            yield Problem(row.number, safe(words(row.cells.get(column_of["name"], ""))), error)


def _entry(row: Row, column_of: Mapping[str, str]) -> Entry:
    column = defaultdict(str, column_of)
    entry = Entry(
        row=row.number,
        name=required(row.cells, column["name"]),
        email=required(row.cells, column["email"]).lower(),
        role=_role(row, column["role"]),
        unit=words(row.cells.get(column["unit"], "")),
        team=words(row.cells.get(column["team"], "")),
        starts_on=date_in(row.cells, column["starts_on"]),
        ends_on=date_in(row.cells, column["ends_on"]),
        is_partner_team=yes_or_no_in(row.cells, column["is_partner_team"]),
        moved_from=words(row.cells.get(column["moved_from"], "")),
        title=words(row.cells.get(column["title"], "")),
    )
    if entry.starts_on and entry.ends_on and entry.ends_on < entry.starts_on:
        raise RefusedRowError(_("The end date lies before the start date."), column=column["ends_on"])
    _refuse_without_place(entry)
    return entry


def _role(row: Row, column: str) -> TeamRole | CentralRole:
    role = folded(required(row.cells, column))
    if role in ROLES:
        return ROLES[role]
    known = ", ".join(ROLES)
    raise RefusedRowError(_("The role is not known. Known roles: %(roles)s.") % {"roles": known}, column=column)


def _refuse_without_place(entry: Entry) -> None:
    """The roles of teams need a unit, and all but the leader's a team."""
    if isinstance(entry.role, TeamRole) and not entry.unit:
        raise RefusedRowError(_("The cell is empty."), column="unit")
    if entry.role in {TeamRole.MEMBER, TeamRole.RESOURCE_PERSON} and not entry.team:
        raise RefusedRowError(_("The cell is empty."), column="team")
