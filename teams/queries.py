"""What the rooms above ask of the organisation."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import holidays
from django.db.models import CharField, F, Max, Min, Q, QuerySet, Value

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from teams.enums import ContractState, GrusState, Promise
from teams.models import (
    Closure,
    District,
    Grus,
    Membership,
    PortfolioUnit,
    PromiseTerms,
    ResourcePerson,
    Team,
    TeamContract,
    TeamLeader,
    Unit,
    UnitDistrict,
    UnitLeader,
)
from teams.rules import Facts, Terms
from teams.standing import Standing

# How far up a unit looks for terms, closures and leaders: site → school → (area) → top.
ANCESTORS = ("pk", "parent_id", "parent__parent_id", "parent__parent__parent_id")

TermsByPromise = Mapping[Promise, Terms]


def standing_of(user: User, on: dt.date) -> Standing:
    """Everything the person has a role for on that day: two queries, one more for people over units."""
    team_rows = _team_rows(Membership, user, on, "member")
    rows = list(
        team_rows.union(
            _team_rows(ResourcePerson, user, on, "serves"),
            _team_rows(TeamLeader, user, on, "leads"),
            _unit_rows(UnitLeader, user, on, "unit"),
            _unit_rows(PortfolioUnit, user, on, "portfolio"),
            _role_rows(user, on),
            all=True,
        )
    )

    def ids(*roles: str, column: str = "subject") -> frozenset[int]:
        return frozenset(row[column] for row in rows if row["as_role"] in roles)

    central_roles = frozenset(row["as_role"] for row in rows if row["subject"] == 0)
    return Standing(
        person_id=user.pk,
        member_of=ids("member"),
        serves=ids("serves"),
        leads_teams=ids("leads"),
        leads_units=with_parts(ids("unit")),
        # The role opens the portfolio: who is no longer a learning partner sees none of it.
        portfolio=with_parts(ids("portfolio")) if CentralRole.LEARNING_PARTNER in central_roles else frozenset(),
        units_served=ids("serves", column="in_unit"),
        units_of_own_teams=ids("member", "serves", "leads", column="in_unit"),
        central_roles=central_roles,
    )


_COLUMNS = ("as_role", "subject", "in_unit")


def _team_rows(model: Any, user: User, on: dt.date, role: str) -> QuerySet[Any, dict[str, Any]]:
    rows = model.objects.in_force(on).filter(_team_open(on), person=user).order_by()
    rows = rows.annotate(as_role=_text(role), subject=F("team_id"), in_unit=F("team__unit_id"))
    return rows.values(*_COLUMNS)  # type: ignore[no-any-return]


def _team_open(on: dt.date) -> Q:
    return Q(team__ends_on__isnull=True) | Q(team__ends_on__gt=on)


def _unit_rows(model: Any, user: User, on: dt.date, role: str) -> QuerySet[Any, dict[str, Any]]:
    rows = model.objects.in_force(on).filter(person=user).order_by()
    return rows.annotate(as_role=_text(role), subject=F("unit_id"), in_unit=F("unit_id")).values(*_COLUMNS)  # type: ignore[no-any-return]


def _role_rows(user: User, on: dt.date) -> QuerySet[Any, dict[str, Any]]:
    rows = CentralRoleRow.objects.in_force(on).filter(person=user).order_by()
    return rows.annotate(as_role=F("role"), subject=Value(0), in_unit=Value(0)).values(*_COLUMNS)


def _text(word: str) -> Value:
    return Value(word, output_field=CharField())


def with_parts(unit_ids: frozenset[int]) -> frozenset[int]:
    """The units and all their parts, to the depth of `ANCESTORS`."""
    if not unit_ids:
        return unit_ids
    above = Q(pk__in=unit_ids) | Q(parent__in=unit_ids) | Q(parent__parent__in=unit_ids)
    return frozenset(
        Unit.objects.filter(above | Q(parent__parent__parent__in=unit_ids)).order_by().values_list("pk", flat=True)
    )


# Promises ---------------------------------------------------------------------------------------------------------


def partner_teams(on: dt.date) -> QuerySet[Team]:
    """Every active SLF partner team, with its unit."""
    return Team.objects.partner_teams().active(on).select_related("unit")


def terms_of_teams(teams: Iterable[Team], on: dt.date) -> dict[int, TermsByPromise]:
    """For each team's id its terms by promise on that day: the nearest unit's, else the kind's. Two queries."""
    unit_ids = {team.unit_id for team in teams}
    by_unit: dict[int, dict[Promise, Terms]] = {}
    by_kind: dict[str, dict[Promise, Terms]] = {}
    for row in PromiseTerms.objects.in_force(on).order_by():
        place: dict[Promise, Terms] = (
            by_kind.setdefault(row.kind, {}) if row.unit_id is None else by_unit.setdefault(row.unit_id, {})
        )
        place[Promise(row.promise)] = row.as_rule()
    found: dict[int, TermsByPromise] = {}
    for kind, *line in ancestor_lines(unit_ids):
        merged = dict(by_kind.get(kind, {}))
        for unit_id in reversed(line):
            merged.update(by_unit.get(unit_id, {}))
        found[line[0]] = merged
    return {team.pk: found[team.unit_id] for team in teams}


def ancestor_lines(unit_ids: Iterable[int]) -> QuerySet[Unit, tuple[Any, ...]]:
    """For each unit its kind, its own id and its ancestors' ids, nearest first, None past the top."""
    return Unit.objects.filter(pk__in=set(unit_ids)).order_by().values_list("kind", *ANCESTORS)


def line_of(unit_id: int) -> list[int]:
    """The unit's id and its ancestors', nearest first."""
    return [pk for pk in next(iter(ancestor_lines([unit_id])))[1:] if pk]


def contract_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team's contract was last put in force, not after that day."""
    rows = (
        TeamContract.objects.filter(team_id__in=team_ids, in_force_on__lte=as_of)
        .exclude(state=ContractState.DRAFT)
        .order_by()
        .values("team_id")
        .annotate(done_on=Max("in_force_on"))
        .values_list("team_id", "done_on")
    )
    return {team_id: Facts(done_on=done_on) for team_id, done_on in rows}


def grus_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team last held a GRUS, and when the next one is, seen on that day."""
    rows = (
        Grus.objects.filter(team_id__in=team_ids)
        .exclude(state=GrusState.CANCELLED)
        .order_by()
        .values("team_id")
        .annotate(
            done_on=Max("on", filter=Q(state=GrusState.HELD, on__lte=as_of)),
            planned_on=Min("on", filter=Q(on__gte=as_of) & ~Q(state=GrusState.HELD, on=as_of)),
        )
        .values_list("team_id", "done_on", "planned_on")
    )
    return {team_id: Facts(done_on=done_on, planned_on=planned_on) for team_id, done_on, planned_on in rows}


# Closed days ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Which days are closed for one unit: weekends, Danish holidays and its own closures `[starts_on, ends_on)`."""

    spans: tuple[tuple[dt.date, dt.date], ...] = ()

    def __call__(self, day: dt.date) -> bool:
        return day.weekday() >= 5 or is_public_holiday(day) or any(a <= day < b for a, b in self.spans)  # noqa: PLR2004


@lru_cache(maxsize=64)
def _danish_holidays(year: int) -> frozenset[dt.date]:
    """Public holidays, and the customary days off that municipalities close (the OPTIONAL category)."""
    return frozenset(holidays.Denmark(years=year, categories=(holidays.PUBLIC, holidays.OPTIONAL)))


def is_public_holiday(day: dt.date) -> bool:
    return day in _danish_holidays(day.year)


def closed_days(unit_ids: Iterable[int], since: dt.date, until: dt.date) -> dict[int, ClosedDays]:
    """For each unit its closed days that touch `[since, until)`, with everyone's and its ancestors'. Two queries."""
    everyone: list[tuple[dt.date, dt.date]] = []
    own: dict[int, list[tuple[dt.date, dt.date]]] = {}
    rows = Closure.objects.filter(starts_on__lt=until, ends_on__gt=since).order_by()
    for unit_id, starts_on, ends_on in rows.values_list("unit_id", "starts_on", "ends_on"):
        if ends_on is not None:
            (everyone if unit_id is None else own.setdefault(unit_id, [])).append((starts_on, ends_on))
    return {
        line[0]: ClosedDays(tuple(everyone + [span for unit_id in line for span in own.get(unit_id, ())]))
        for _, *line in ancestor_lines(unit_ids)
    }


# People -----------------------------------------------------------------------------------------------------------


def responsible_leaders(teams: Iterable[Team], on: dt.date) -> dict[int, list[User]]:
    """For each team's id the leader responsible for it: her own row, else the leaders of the nearest unit that has any."""
    teams = list(teams)
    named: dict[int, list[User]] = {}
    for row in TeamLeader.objects.in_force(on).filter(team__in=teams, person__is_active=True).select_related("person"):
        named.setdefault(row.team_id, []).append(row.person)
    lines = {line[0]: line for _, *line in ancestor_lines(team.unit_id for team in teams)}
    of_unit: dict[int, list[User]] = {}
    unit_ids = {unit_id for line in lines.values() for unit_id in line if unit_id}
    leaders = UnitLeader.objects.in_force(on).filter(unit_id__in=unit_ids, person__is_active=True)
    for leader in leaders.select_related("person").order_by("person__sort_key"):
        of_unit.setdefault(leader.unit_id, []).append(leader.person)
    return {
        team.pk: named.get(team.pk)
        or next((of_unit[unit_id] for unit_id in lines[team.unit_id] if unit_id in of_unit), [])
        for team in teams
    }


def people_of_teams(model: Any, team_ids: Iterable[int], on: dt.date) -> dict[int, list[User]]:
    """For each team's id the active people with a row of `model` (Membership, ResourcePerson) that day, in Danish order."""
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


def possible_visitors(team: Team, on: dt.date, also: User | None = None) -> QuerySet[User]:
    """Who can visit the team: resource persons of its unit's teams and the unit's learning partners, in Danish order."""
    line = line_of(team.unit_id)
    family = with_parts(frozenset(line))
    serving = ResourcePerson.objects.in_force(on).filter(team__unit_id__in=family).values("person_id")
    partners = PortfolioUnit.objects.in_force(on).filter(unit_id__in=line).values("person_id")
    allowed = Q(pk__in=serving) | Q(pk__in=partners)
    if also is not None:
        allowed |= Q(pk=also.pk)
    return User.objects.filter(allowed, is_active=True).order_by("sort_key", "pk")


def terms_of_unit(unit: Unit, on: dt.date) -> TermsByPromise:
    """What is agreed for the unit's own teams on that day."""
    return terms_of_teams([Team(pk=0, unit=unit)], on)[0]


def learning_partners(unit: Unit, on: dt.date) -> QuerySet[User]:
    """The learning partners who have the unit, or a unit it is part of, in their portfolio."""
    line = line_of(unit.pk)
    having = PortfolioUnit.objects.in_force(on).filter(unit_id__in=line).values("person_id")
    in_role = CentralRoleRow.objects.in_force(on).filter(role=CentralRole.LEARNING_PARTNER).values("person_id")
    return User.objects.filter(pk__in=having, is_active=True).filter(pk__in=in_role).order_by("sort_key", "pk")


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


def coming_closures(unit: Unit, on: dt.date) -> QuerySet[Closure]:
    """The closures that have not ended: the unit's own, its ancestors' and everyone's, the next first."""
    line = line_of(unit.pk)
    rows = Closure.objects.filter(Q(unit__isnull=True) | Q(unit_id__in=line), ends_on__gt=on)
    return rows.order_by("starts_on", "pk")
