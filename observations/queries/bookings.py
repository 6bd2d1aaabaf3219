"""Whose time is taken when."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from observations.enums import BookingPart
from observations.models import Booking
from observations.rules import Span
from teams.models import Membership, Team


@dataclass(frozen=True, slots=True)
class Claim:
    """Time `[starts_at, ends_at)` at a unit that is wanted: `doing` visit or are away, `taking_part` are visited."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    unit_id: int | None
    doing: frozenset[int]
    taking_part: frozenset[int] = frozenset()
    is_absence: bool = False

    @property
    def people(self) -> list[int]:
        """Everyone whose time it takes, in the order they are locked."""
        return sorted(self.doing | self.taking_part)

    def part_of(self, person_id: int) -> BookingPart:
        if person_id not in self.doing:
            return BookingPart.TAKES_PART
        return BookingPart.AWAY if self.is_absence else BookingPart.VISITS


def travel_time() -> dt.timedelta:
    """What it takes to get from one unit to another."""
    return dt.timedelta(minutes=settings.VISIT_TRAVEL_MINUTES)


def clashes(claim: Claim) -> QuerySet[Booking]:
    """The bookings that stand in its way, with people and owners, the earliest first. One query.

    Who visits must also get there: visits at other units must leave the time it takes to travel.
    """
    return _with_owners(Booking.objects.filter(_in_the_way_of(claim)))


def bookings_of(person_ids: Collection[int], since: dt.datetime, until: dt.datetime) -> QuerySet[Booking]:
    """What takes these people's time in `[since, until)`, with owners, the earliest first. One query."""
    rows = Booking.objects.filter(person_id__in=person_ids, starts_at__lt=until, ends_at__gt=since)
    return _with_owners(rows)


def unit_of(booking: Booking) -> int | None:
    """The unit at which a booking takes place; None for an absence."""
    if booking.visit is not None:
        return booking.visit.team.unit_id
    if booking.offered_time is not None:
        return booking.offered_time.offer.team.unit_id
    return booking.partner_visit.unit_id if booking.partner_visit is not None else None


def is_in_the_way(
    booking: Booking, span: Span, *, unit_id: int | None, doing: Collection[int], taking_part: Collection[int]
) -> bool:
    """Whether it keeps these people from meeting at the unit then; says the same as `clashes` about rows in memory."""
    taken = Span(booking.starts_at, booking.ends_at)
    if booking.person_id not in doing:
        return booking.person_id in taking_part and booking.part != BookingPart.AWAY and span.overlaps(taken)
    if booking.part == BookingPart.VISITS and unit_of(booking) != unit_id:
        taken = taken.widened(travel_time())
    return span.overlaps(taken)


def members_on(team: Team, on: dt.date) -> frozenset[int]:
    """The ids of the team's members that day."""
    return frozenset(Membership.objects.in_force(on).filter(team=team).values_list("person_id", flat=True))


def _in_the_way_of(claim: Claim) -> Q:
    overlaps = Q(starts_at__lt=claim.ends_at, ends_at__gt=claim.starts_at)
    not_away, not_visited = ~Q(part=BookingPart.AWAY), ~Q(part=BookingPart.TAKES_PART)
    if claim.is_absence:
        return Q(person_id__in=claim.doing) & not_visited & overlaps
    near = Q(
        starts_at__lt=claim.ends_at + travel_time(),
        ends_at__gt=claim.starts_at - travel_time(),
        part=BookingPart.VISITS,
    )
    elsewhere = ~Q(_unit_is(claim.unit_id))
    doing = Q(person_id__in=claim.doing) & (overlaps | (near & elsewhere))
    return doing | (Q(person_id__in=claim.taking_part) & not_away & overlaps)


def _unit_is(unit_id: int | None) -> Q:
    return (
        Q(visit__team__unit_id=unit_id)
        | Q(offered_time__offer__team__unit_id=unit_id)
        | Q(partner_visit__unit_id=unit_id)
    )


def _with_owners(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    return rows.select_related(
        "person", "visit__team__unit", "offered_time__offer__team__unit", "partner_visit__unit", "absence"
    ).order_by("starts_at", "pk")
