"""Handing over the service of teams from one resource person to another."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from slf_portal.accounts.models import User
from teams.enums import SETTLED
from teams.models import Agreement, Membership, ResourcePerson, Team, TeamLeader, UnitLeader
from teams.standing import Standing

# What stands in rooms above and can move along, by the team's id and in words: what the person has planned for the
# teams from a day on. Each room adds its function in AppConfig.ready.
PLANNED_WITH_ROLE: list[Callable[[User, Collection[int], dt.date], Mapping[int, list[str]]]] = []


@dataclass(frozen=True, slots=True)
class Service:
    """A team that a resource person serves: what she has planned for it, and what she owns of its agreements.

    `agreements` are those the team has shared with its leader; of the others only how many there are.
    """

    row: ResourcePerson
    planned: list[str]
    agreements: list[Agreement]
    unshared: int


def served_by(person: User, standing: Standing, on: dt.date) -> list[ResourcePerson]:
    """Her services that have not ended by that day, of teams that the leader leads, in Danish order. One query."""
    led = Q(team_id__in=standing.leads_teams) | Q(team__unit_id__in=standing.leads_units)
    rows = ResourcePerson.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), led, person=person)
    return list(rows.select_related("team__unit", "person").order_by("team__sort_key", "team_id", "starts_on"))


def services(rows: Collection[ResourcePerson], on: dt.date) -> list[Service]:
    """What is to be handed over with each. One query, and the rooms'."""
    if not rows:
        return []
    person = next(iter(rows)).person
    team_ids = [row.team_id for row in rows]
    planned: dict[int, list[str]] = {}
    for words_of in PLANNED_WITH_ROLE:
        for team_id, words in words_of(person, team_ids, on).items():
            planned.setdefault(team_id, []).extend(words)
    owned: dict[int, list[Agreement]] = {}
    for agreement in Agreement.objects.filter(owner=person, team_id__in=team_ids).exclude(state__in=SETTLED):
        owned.setdefault(agreement.team_id, []).append(agreement)
    return [
        Service(
            row=row,
            planned=planned.get(row.team_id, []),
            agreements=[one for one in owned.get(row.team_id, []) if one.is_shared],
            unshared=sum(not one.is_shared for one in owned.get(row.team_id, [])),
        )
        for row in rows
    ]


def possible_successors(standing: Standing, row: ResourcePerson, on: dt.date) -> QuerySet[User]:
    """Who can take over: people with a role in the team's unit or one that the leader leads, but the one who leaves."""
    units = standing.leads_units | {row.team.unit_id}
    having: list[QuerySet[Any, Any]] = [
        model.objects.in_force(on).filter(team__unit_id__in=units).values("person_id")
        for model in (Membership, ResourcePerson, TeamLeader)
    ]
    having.append(UnitLeader.objects.in_force(on).filter(unit_id__in=units).values("person_id"))
    allowed = Q()
    for people in having:
        allowed |= Q(pk__in=people)
    return User.objects.filter(allowed, is_active=True).exclude(pk=row.person_id).order_by("sort_key", "pk")


def already_serving(person: User, team_ids: Collection[int], on: dt.date) -> list[Team]:
    """Those of the teams that the person serves that day or later. One query."""
    rows = ResourcePerson.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person=person)
    return [row.team for row in rows.filter(team_id__in=team_ids).select_related("team").order_by("team__sort_key")]
