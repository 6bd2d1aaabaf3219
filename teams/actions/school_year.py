"""Beginning a new school year: teams go on, become new ones or end, and people move, all at once."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dated import DatedRow
from slf_portal.common.dates import is_within_a_year, today
from slf_portal.common.errors import RefusedError
from teams import queries
from teams.actions.contracts import begin_contract_of
from teams.actions.imported import store_dated_rows
from teams.actions.organisation import create_team, end_team
from teams.models import Membership, ResourcePerson, Team, TeamLeader, Unit
from teams.queries import Facts, SchoolYear, TeamsNow, TeamThen

TeamRole = Membership | ResourcePerson | TeamLeader

MOST_CHANGES_TOLD = 8


class CopiesWithTeam(Protocol):
    def __call__(self, *, by: User | None, old: Team, new: Team, on: dt.date) -> None: ...


# What rooms above hand on from a team to the one it becomes: each adds its function in AppConfig.ready.
COPIED_WITH_TEAM: list[CopiesWithTeam] = []


class SchoolYearChangedError(RefusedError):
    """Teams or memberships are no longer as the leader saw them."""

    def __init__(self, changes: Sequence[str]) -> None:
        told = "; ".join(changes[:MOST_CHANGES_TOLD])
        more = len(changes) - MOST_CHANGES_TOLD
        if more > 0:
            told = _("%(some)s; and %(count)d more") % {"some": told, "count": more}
        super().__init__(_("Something has changed since you looked: %(changes)s. Look again.") % {"changes": told})


def begin_school_year(
    *, by: User, unit: Unit, year: SchoolYear, seen: Facts, token: uuid.UUID | None = None
) -> list[Team]:
    """Carry out what a leader chose for the unit's teams, and answer the new ones.

    `seen` is what the choices rest on. Raises SchoolYearChangedError when it is no longer so, and RefusedError.
    """
    if not is_within_a_year(year.on, today()):
        raise RefusedError(_("Choose a day within the coming year."))
    with change(by=by, verb="begin school year", token=token):
        now = _locked(unit)
        if changes := queries.changes_since(seen, now):
            raise SchoolYearChangedError(changes)
        if found := queries.problems(now, year):
            raise RefusedError(found[0].reason)
        then = queries.teams_then(now, year)
        # Before the new ones begin, so that a name can be used again.
        for here in now.teams:
            if year.ends(here):
                end_team(by=by, team=here.team, on=year.on)
        new = {team.key: _created(by, team, year.on) for team in then if team.is_new}
        begun = list(_beginning(then, new, year.on))
        changed = [row for row in _leaving(now, year) if _ended(row, year.on)]
        store_dated_rows(by=by, changed=changed, begun=begun)
        for team in then:
            if team.before and team.is_new:
                _hand_on(by, team.before.team, new[team.key], year.on)
    return list(new.values())


def _locked(unit: Unit) -> TeamsNow:
    """The teams as they are; nobody joins, leaves or changes one of them until this is done."""
    teams = [here.team.pk for here in queries.teams_now(unit, today()).teams]
    list(Team.objects.select_for_update().filter(pk__in=teams).order_by("pk"))
    for role in (Membership, ResourcePerson, TeamLeader):
        list(role.objects.select_for_update().filter(team__in=teams).order_by("pk").values_list("pk"))
    return queries.teams_now(unit, today())


def _created(by: User, team: TeamThen, on: dt.date) -> Team:
    return create_team(by=by, team=Team(name=team.name, unit_id=team.unit_id, starts_on=on))


def _leaving(now: TeamsNow, year: SchoolYear) -> Iterator[Membership]:
    """The memberships that end in teams that go on."""
    for here in now.teams:
        if not year.ends(here):
            yield from (row for row in here.members if year.destination(here, row) != here.key)


def _ended(row: DatedRow, on: dt.date) -> bool:
    """Let the row end that day, or on its own first day; whether that changes anything."""
    if row.ends_on is not None and row.ends_on <= on:
        return False
    row.ends_on = max(on, row.starts_on)
    return True


def _beginning(then: Sequence[TeamThen], new: Mapping[str, Team], on: dt.date) -> Iterator[DatedRow]:
    """Every role that begins: members who come, and what a copied team's resource persons and leaders were."""
    for there in then:
        team = new.get(there.key) or (there.before.team if there.before else None)
        if team is not None:
            rows: list[TeamRole] = [row for row in there.people if row.team_id != team.pk]
            if there.before and there.is_new:
                rows += [*there.before.resource_persons, *there.before.leaders]
            yield from (begun for row in rows if (begun := _begun(row, team, on)))


def _begun(row: TeamRole, team: Team, on: dt.date) -> TeamRole | None:
    """The same role in that team from the day on, as long as it was to last; None when nothing is left of it."""
    first = max(on, row.starts_on, team.starts_on or on)
    if row.ends_on is not None and row.ends_on <= first:
        return None
    return type(row)(team=team, person=row.person, starts_on=first, ends_on=row.ends_on)


def _hand_on(by: User, old: Team, new: Team, on: dt.date) -> None:
    begin_contract_of(by=by, old=old, new=new)
    for copy in COPIED_WITH_TEAM:
        copy(by=by, old=old, new=new, on=on)
