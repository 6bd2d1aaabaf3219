"""Whose fixed meetings are whose. Nothing here counts or compares: nobody checks them."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from learningcycle.models import Gathering, GatheringPart, GatheringPoint, GatheringSeries
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dated import in_force
from slf_portal.common.dates import start_of_day
from teams.models import Membership, PortfolioUnit, ResourcePerson, TeamLeader, Unit, UnitLeader
from teams.queries.tree import ancestor_lines, line_of, with_parts
from teams.standing import Standing


def series_of(standing: Standing, on: dt.date) -> QuerySet[GatheringSeries]:
    """The series the person takes part in, where she still has a role in the unit or one of its parts."""
    mine = GatheringPart.objects.in_force(on).filter(series=OuterRef("pk"), person_id=standing.person_id)
    units = ancestor_lines(standing.leads_units | standing.portfolio | standing.units_of_own_teams)
    above = {unit_id for _, line in units.values() for unit_id in line}
    return GatheringSeries.objects.filter(Exists(mine), unit_id__in=above).select_related("unit")


def lasting_series(standing: Standing, on: dt.date) -> QuerySet[GatheringSeries]:
    """Those of her series that have not ended; one ended before it began is none, nor one that was just once."""
    rows = series_of(standing, on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return rows.exclude(ends_on__lte=F("first_on")).exclude(every_weeks__isnull=True, first_on__lt=on)


def gatherings_of(standing: Standing, on: dt.date) -> QuerySet[Gathering]:
    """Every fixed meeting of the series the person takes part in, with `points_left` to talk about."""
    left = Count("points", filter=Q(points__is_done=False))
    rows = Gathering.objects.filter(series__in=series_of(standing, on))
    return rows.select_related("series__unit").annotate(points_left=left).order_by("starts_at", "pk")  # type: ignore[no-redef]


def coming_gatherings(standing: Standing, on: dt.date) -> QuerySet[Gathering]:
    """The person's fixed meetings from that day on, the next first. Two queries."""
    return gatherings_of(standing, on).filter(is_cancelled=False, starts_at__gte=start_of_day(on))


def upcoming_of(series: GatheringSeries) -> QuerySet[Gathering]:
    """The meetings of the series that have not begun and are not cancelled."""
    return series.gatherings.filter(is_cancelled=False, starts_at__gt=timezone.now())


def points_of(gathering: Gathering) -> QuerySet[GatheringPoint]:
    """What is to be talked about first, then what has been."""
    return gathering.points.order_by("is_done", "pk")


def parts_of(series: GatheringSeries, on: dt.date) -> QuerySet[GatheringPart]:
    """Who takes part that day, in Danish order."""
    rows = GatheringPart.objects.in_force(on).filter(series=series, person__is_active=True)
    return rows.select_related("person").order_by("person__sort_key", "person_id")


def running_series(on: dt.date) -> QuerySet[GatheringSeries]:
    """The series that the portal plans: those with a first day that have not ended."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return GatheringSeries.objects.filter(lasting, first_on__isnull=False).order_by("pk")


def units_to_meet_in(standing: Standing) -> QuerySet[Unit]:
    """Where the person may begin a series, in Danish order."""
    own = standing.leads_units | standing.units_served | standing.portfolio
    return Unit.objects.filter(pk__in=own).order_by("sort_key", "pk")


def people_to_meet(unit: Unit, on: dt.date) -> QuerySet[User]:
    """The leaders, resource persons and learning partners of the unit, its parts and what it is a part of."""
    line, parts = line_of(unit.pk), with_parts(frozenset([unit.pk]))
    partner = CentralRoleRow.objects.in_force(on).filter(role=CentralRole.LEARNING_PARTNER).values("person_id")
    chosen = (
        Q(pk__in=UnitLeader.objects.in_force(on).filter(unit_id__in=parts | {*line}).values("person_id"))
        | Q(pk__in=_of_teams(TeamLeader, parts, on))
        | Q(pk__in=_of_teams(ResourcePerson, parts, on))
        | Q(pk__in=PortfolioUnit.objects.in_force(on).filter(unit_id__in=line).values("person_id")) & Q(pk__in=partner)
    )
    return User.objects.filter(chosen, is_active=True).order_by("sort_key", "pk")


def members_to_meet(
    standing: Standing, unit: Unit, on: dt.date, series: GatheringSeries | None = None
) -> QuerySet[User]:
    """The members of teams of the unit and its parts whose names the person may see, and who takes part already.

    Those who are among its `people_to_meet` are left out.
    """
    members = _of_teams(Membership, with_parts(frozenset([unit.pk])), on)
    if not standing.is_administrator:
        units = standing.leads_units | standing.keeps_people_of_units
        members = members.filter(Q(team_id__in=standing.teams_seen) | Q(team__unit_id__in=units))
    found = Q(pk__in=members)
    if series is not None:
        found |= Q(pk__in=parts_of(series, on).order_by().values("person_id"))
    named = people_to_meet(unit, on).order_by().values("pk")
    return User.objects.filter(found, is_active=True).exclude(pk__in=named).order_by("sort_key", "pk")


def _of_teams(model: Any, units: frozenset[int], on: dt.date) -> QuerySet[Any]:
    """The ids of who has such a row that day in a team that has not ended."""
    lasting = Q(team__ends_on__isnull=True) | Q(team__ends_on__gt=on)
    rows: QuerySet[Any] = model.objects.filter(in_force(on), lasting, team__unit_id__in=units)
    return rows.order_by().values("person_id")
