"""Who has a role in a team now, soon and before; who can be given one; and everything that was changed about it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from slf_portal.accounts.models import User
from slf_portal.audit.queries import Change, history_where, together
from slf_portal.common.dates import add_months
from teams.models import Membership, ResourcePerson, StandIn, Team, TeamLeader, Unit, UnitLeader
from teams.queries.tree import line_of, with_parts

# How far back the page of a team's people goes.
SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class TeamRoles:
    """The rows of a team's people that hold or are to come, in Danish order."""

    members: list[Membership]
    resource_persons: list[ResourcePerson]
    leaders: list[TeamLeader]


def roles_of(team: Team, on: dt.date) -> TeamRoles:
    """Everyone with a role in the team on that day or later. Three queries."""
    return TeamRoles(
        members=_rows(Membership, team, _not_over(on)),
        resource_persons=_rows(ResourcePerson, team, _not_over(on)),
        leaders=_rows(TeamLeader, team, _not_over(on)),
    )


def roles_left(team: Team, on: dt.date) -> list[Membership | ResourcePerson | TeamLeader]:
    """The roles in the team that ended within a year before that day, the latest first. Three queries."""
    since = add_months(on, -SHOWN_MONTHS)
    # A row that ended on its first day never held.
    ended = Q(ends_on__lte=on, ends_on__gt=since) & ~Q(ends_on=F("starts_on"))
    rows = [row for model in (Membership, ResourcePerson, TeamLeader) for row in _rows(model, team, ended)]
    return sorted(rows, key=lambda row: row.ends_on, reverse=True)


def people_of_unit(unit: Unit, on: dt.date) -> QuerySet[User]:
    """The active people with a role in the unit or its parts on that day or later, in Danish order."""
    return _people_of(with_parts(frozenset([unit.pk])), on)


def people_near(unit: Unit, on: dt.date) -> QuerySet[User]:
    """The same for the unit and its neighbours: what it is a part of, and everything in that."""
    return _people_of(with_parts(frozenset(line_of(unit.pk))), on)


def team_changes(team: Team) -> list[Change]:
    """Every change of the team, of the roles in it and of its unit's stand-ins, whoever made it, the latest first."""
    return together(
        history_where(Team, id=team.pk),
        *(history_where(model, team_id=team.pk) for model in (Membership, ResourcePerson, TeamLeader)),
        history_where(StandIn, unit_id=team.unit_id),
    )


def has_role(person: User, on: dt.date) -> bool:
    """Whether the person has any role in a team or unit on that day or later."""
    roles: Iterable[Any] = (Membership, ResourcePerson, TeamLeader, UnitLeader)
    return any(role.objects.filter(_not_over(on), person=person).exists() for role in roles)


def _not_over(on: dt.date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=on)


def _rows(model: Any, team: Team, which: Q) -> list[Any]:
    rows = model.objects.filter(which, team=team).select_related("person", "team__unit")
    return list(rows.order_by("person__sort_key", "person_id", "starts_on"))


def _people_of(unit_ids: frozenset[int], on: dt.date) -> QuerySet[User]:
    held = Q(pk__in=UnitLeader.objects.filter(_not_over(on), unit_id__in=unit_ids).values("person_id"))
    roles: Iterable[Any] = (Membership, ResourcePerson, TeamLeader)
    for model in roles:
        rows = model.objects.filter(_not_over(on), team__unit_id__in=unit_ids)
        held |= Q(pk__in=rows.order_by().values("person_id"))
    return User.objects.filter(held, is_active=True).order_by("sort_key", "pk")
