"""Districts, units and teams: creating, changing, moving and ending them."""

import datetime as dt
import uuid
from typing import Protocol

from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, refuse_stale
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import end_checked, save_checked
from teams.models import District, Membership, ResourcePerson, Team, TeamLeader, Unit, UnitDistrict

# As deep as terms, closures and leaders are looked for (queries.ANCESTORS): area, school, site and one to spare.
MOST_LEVELS = 4
TEAM_ROLES = (Membership, TeamLeader, ResourcePerson)


class TeamRefusedError(RefusedError):
    """The team cannot be as asked; the message says why."""


class EndsWithTeam(Protocol):
    def __call__(self, *, by: User | None, team: Team, on: dt.date) -> None: ...


# What rooms above have planned for a team ends with it: each adds its function in AppConfig.ready. Called in the same
# transaction whenever a team with an end is saved, so a function finds nothing left to do the second time.
ENDED_WITH_TEAM: list[EndsWithTeam] = []


class MisplacedUnitError(RefusedError):
    """The unit cannot be a part of that one."""


def create_unit(*, by: User | None, unit: Unit) -> Unit:
    """Add a unit. Raises MisplacedUnitError, or RefusedError when it exists already."""
    with change(by=by, verb="create unit"):
        _refuse_misplaced(unit)
        save_checked(unit)
    return unit


def change_unit(*, by: User | None, unit: Unit) -> Unit:
    """Save what was changed about a unit. Raises MisplacedUnitError, RefusedError."""
    with change(by=by, verb="change unit"):
        _refuse_misplaced(unit)
        save_checked(unit)
    return unit


def move_unit(*, by: User | None, unit: Unit, district: District | None, on: dt.date | None = None) -> None:
    """Let the unit belong to a district (None: to none that we know) from a day, today unless said otherwise.

    The row that held until then ends that day. Raises RefusedError when a later district stands already.
    """
    on = on or today()
    with change(by=by, verb="move unit"):
        row = UnitDistrict.objects.select_for_update().in_force(on).filter(unit=unit).first()
        if (row.district_id if row else None) == (district.pk if district else None):
            return
        if row:
            end_checked(row, on)
        if district:
            save_checked(UnitDistrict(unit=unit, district=district, starts_on=on))


def _refuse_misplaced(unit: Unit) -> None:
    above = _ancestors(unit)
    if unit.pk and any(ancestor.pk == unit.pk for ancestor in above):
        raise MisplacedUnitError(_("A unit cannot be a part of itself or of one of its own parts."))
    if len(above) + _levels_from(unit) > MOST_LEVELS:
        raise MisplacedUnitError(_("Units can stand in at most %(levels)d levels.") % {"levels": MOST_LEVELS})


def _ancestors(unit: Unit) -> list[Unit]:
    """What the unit is a part of, nearest first; no further than the deepest tree goes."""
    line: list[Unit] = []
    while (parent := (line[-1] if line else unit).parent) and len(line) < MOST_LEVELS:
        line.append(parent)
    return line


def _levels_from(unit: Unit) -> int:
    """How many levels the unit and its parts take."""
    levels, ids = 1, [unit.pk] if unit.pk else []
    while levels <= MOST_LEVELS and (ids := list(Unit.objects.filter(parent_id__in=ids).values_list("pk", flat=True))):
        levels += 1
    return levels


def create_team(*, by: User | None, team: Team, token: uuid.UUID | None = None) -> Team:
    """Add a team. Raises RefusedError when the unit has one of that name."""
    with change(by=by, verb="create team", token=token):
        Unit.objects.select_for_update().get(pk=team.unit_id)
        save_checked(team)
    return team


def change_team(*, by: User | None, team: Team) -> Team:
    """Save what was changed about a team. One that ends takes its roles and plans with it. Raises RefusedError."""
    with change(by=by, verb="change team"):
        team.version += 1
        save_checked(team)
        if team.ends_on:
            _end_roles(team, team.ends_on)
            for end in ENDED_WITH_TEAM:
                end(by=by, team=team, on=team.ends_on)
    return team


def reshape_team(*, by: User, team: Team, name: str, kind: str, starts_on: dt.date | None, version: int) -> Team:
    """Give the team another name, kind or first day. Raises StaleFormError, RefusedError."""
    with change(by=by, verb="change team"):
        stored = _current(team, version)
        stored.name, stored.kind, stored.starts_on = name, kind, starts_on
        return change_team(by=by, team=stored)


def close_team(*, by: User, team: Team, on: dt.date, version: int) -> Team:
    """End the team on a day that has not passed, with every role in it and what is planned for it.

    Raises StaleFormError, TeamRefusedError.
    """
    if on < today():
        raise TeamRefusedError(_("Choose today or a later day."))
    with change(by=by, verb="close team"):
        stored = _current(team, version)
        if stored.ends_on is not None and stored.ends_on <= on:
            raise TeamRefusedError(_("The team has ended by that day."))
        return end_team(by=by, team=stored, on=on)


def _current(team: Team, version: int) -> Team:
    stored = Team.objects.select_for_update().get(pk=team.pk)
    refuse_stale(stored=stored.version, shown=version)
    return stored


def end_team(*, by: User | None, team: Team, on: dt.date | None = None) -> Team:
    """End the team and every role in it on a day, today unless said otherwise. Raises RefusedError."""
    team.ends_on = on or today()
    return change_team(by=by, team=team)


def _end_roles(team: Team, on: dt.date) -> None:
    for role in TEAM_ROLES:
        still_open = role.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), team=team)
        still_open.update(ends_on=Greatest("starts_on", on))
