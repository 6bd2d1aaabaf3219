"""Who leads, serves, belongs to and supports teams and units."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common import sql
from teams.models import District, PortfolioUnit, ResourcePerson, Team, TeamLeader, Unit, UnitDistrict, UnitLeader
from teams.queries.tree import ancestor_lines, line_of, with_parts

_PEOPLE = """
    SELECT 'member', 0, person.name, person.sort_key
    FROM teams_membership held JOIN accounts_user person ON person.id = held.person_id AND person.is_active
    WHERE held.team_id = %(team)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'serves', 0, person.name, person.sort_key
    FROM teams_resourceperson held JOIN accounts_user person ON person.id = held.person_id AND person.is_active
    WHERE held.team_id = %(team)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'leads', 0, person.name, person.sort_key
    FROM teams_teamleader held JOIN accounts_user person ON person.id = held.person_id AND person.is_active
    WHERE held.team_id = %(team)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'leads', array_position(%(line)s::bigint[], held.unit_id), person.name, person.sort_key
    FROM teams_unitleader held JOIN accounts_user person ON person.id = held.person_id AND person.is_active
    WHERE held.unit_id = ANY(%(line)s) AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    ORDER BY 2, 4
"""


@dataclass(frozen=True, slots=True)
class TeamPeople:
    """The names of a team's people, in Danish order."""

    leaders: list[str]
    resource_persons: list[str]
    members: list[str]


def people_of(team: Team, on: dt.date) -> TeamPeople:
    """Who is responsible for the team, serves it and belongs to it on that day. Two queries."""
    found = sql.rows(_PEOPLE, team=team.pk, on=on, line=line_of(team.unit_id))
    # The leader responsible for the team itself stands before the unit's, the nearest unit's before those above.
    nearest = min((distance for role, distance, *_ in found if role == "leads"), default=None)
    return TeamPeople(
        leaders=[name for role, distance, name, _ in found if role == "leads" and distance == nearest],
        resource_persons=[name for role, _, name, _ in found if role == "serves"],
        members=[name for role, _, name, _ in found if role == "member"],
    )


def responsible_leaders(teams: Iterable[Team], on: dt.date) -> dict[int, list[User]]:
    """For each team's id the leader responsible for it, else the leaders of the nearest unit that has any."""
    teams = list(teams)
    named: dict[int, list[User]] = {}
    for row in TeamLeader.objects.in_force(on).filter(team__in=teams, person__is_active=True).select_related("person"):
        named.setdefault(row.team_id, []).append(row.person)
    lines = {unit_id: line for unit_id, (_, line) in ancestor_lines(team.unit_id for team in teams).items()}
    of_unit: dict[int, list[User]] = {}
    unit_ids = {unit_id for line in lines.values() for unit_id in line}
    leaders = UnitLeader.objects.in_force(on).filter(unit_id__in=unit_ids, person__is_active=True)
    for leader in leaders.select_related("person").order_by("person__sort_key"):
        of_unit.setdefault(leader.unit_id, []).append(leader.person)
    return {
        team.pk: named.get(team.pk)
        or next((of_unit[unit_id] for unit_id in lines[team.unit_id] if unit_id in of_unit), [])
        for team in teams
    }


def people_of_teams(model: Any, team_ids: Iterable[int], on: dt.date) -> dict[int, list[User]]:
    """For each team's id the active people with a row of `model` (Membership, ResourcePerson), in Danish order."""
    rows = (
        model.objects.in_force(on)
        .filter(team_id__in=team_ids, person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
    found: dict[int, list[User]] = {}
    for row in rows:
        found.setdefault(row.team_id, []).append(row.person)
    return found


def possible_visitors(team: Team, on: dt.date) -> QuerySet[User]:
    """Who can visit the team that day: its unit's resource persons and learning partners, in Danish order."""
    line = line_of(team.unit_id)
    family = with_parts(frozenset(line))
    serving = ResourcePerson.objects.in_force(on).filter(team__unit_id__in=family).values("person_id")
    allowed = Q(pk__in=serving) | _partners_of(line, on)
    return User.objects.filter(allowed, is_active=True).order_by("sort_key", "pk")


def learning_partners(unit: Unit, on: dt.date) -> QuerySet[User]:
    """The learning partners who have the unit, or a unit it is part of, in their portfolio."""
    return User.objects.filter(_partners_of(line_of(unit.pk), on), is_active=True).order_by("sort_key", "pk")


def _partners_of(line: Iterable[int], on: dt.date) -> Q:
    """The condition that a person has one of the units in her portfolio, and the role that a portfolio goes with."""
    having = PortfolioUnit.objects.in_force(on).filter(unit_id__in=line).values("person_id")
    in_role = CentralRoleRow.objects.in_force(on).filter(role=CentralRole.LEARNING_PARTNER).values("person_id")
    return Q(pk__in=having) & Q(pk__in=in_role)


def unit_leaders(unit: Unit, on: dt.date) -> QuerySet[UnitLeader]:
    """The unit's own leaders with their titles, in Danish order."""
    rows = UnitLeader.objects.in_force(on).filter(unit=unit, person__is_active=True)
    return rows.select_related("person").order_by("person__sort_key", "pk")


def district_of(unit: Unit, on: dt.date) -> District | None:
    """The district the unit, or the nearest unit it is part of, belongs to on that day; None when unknown."""
    line = line_of(unit.pk)
    rows = UnitDistrict.objects.in_force(on).filter(unit_id__in=line).select_related("district")
    found = {row.unit_id: row.district for row in rows}
    return next((found[unit_id] for unit_id in line if unit_id in found), None)
