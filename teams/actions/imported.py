"""Many rows at once, as an import makes them: their columns are validated, the constraints have the last word."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from slf_portal.accounts.actions import administrators_kept
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dated import DatedRow
from teams.models import Team, Unit, UnitLeader

_UNIT_COLUMNS = ("kind", "level", "parent", "institution_number", "address", "latitude", "longitude")


def create_units(*, by: User | None, units: Sequence[Unit]) -> None:
    """Create units together with what they are a part of, whole levels at a time."""
    waiting = list(units)
    with change(by=by, verb="import units"):
        while waiting:
            ready = [unit for unit in waiting if unit.parent is None or unit.parent.pk is not None]
            Unit.objects.bulk_create(ready or waiting)
            waiting = [unit for unit in waiting if unit.pk is None]


def change_units(*, by: User | None, units: Sequence[Unit]) -> None:
    """Save everything about the units but their names."""
    with change(by=by, verb="import units"):
        Unit.objects.bulk_update(units, _UNIT_COLUMNS)


def create_teams(*, by: User | None, teams: Sequence[Team]) -> None:
    with change(by=by, verb="import teams"):
        Team.objects.bulk_create(teams)


def change_team_kinds(*, by: User | None, teams: Sequence[Team]) -> None:
    """Save the kinds of the teams."""
    with change(by=by, verb="import teams"):
        for team in teams:
            team.version += 1
        Team.objects.bulk_update(teams, ("kind", "version"))


def store_dated_rows(*, by: User | None, changed: Sequence[DatedRow], begun: Sequence[DatedRow]) -> None:
    """Save the last days (and titles) of rows and begin others, of any kinds, in that order.

    Raises LastAdministratorError.
    """
    with change(by=by, verb="import roles"), administrators_kept():
        for model, rows in _by_model(changed):
            model.objects.bulk_update(rows, ("ends_on", "title") if model is UnitLeader else ("ends_on",))
        for model, rows in _by_model(begun):
            model.objects.bulk_create(rows)


def _by_model(rows: Iterable[DatedRow]) -> Iterable[tuple[Any, list[DatedRow]]]:
    ordered = sorted(rows, key=lambda row: row._meta.label)
    return [(model, list(group)) for model, group in groupby(ordered, key=type)]
