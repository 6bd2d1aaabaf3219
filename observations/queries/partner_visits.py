"""Learning partners' visits: whose time they take, who is told of them, and when there is time."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from observations.enums import VisitState
from observations.models import Booking, PartnerVisit
from observations.queries.bookings import Claim, bookings_of, is_in_the_way, travel_time
from observations.queries.busy import busy_times
from observations.rules import Span, nearest, working_times
from slf_portal.accounts.models import User
from slf_portal.common.dates import start_of_day, today
from slf_portal.common.templatetags.portal import until
from teams.models import ResourcePerson, SupportRequest, TeamLeader, Unit, UnitLeader
from teams.queries import closed_days, line_of, with_parts

FREE_SHOWN = 3
SEARCHED_DAYS = 42
# What nobody has noted for longer than this is history, not a task.
DAYS_BACK = 62


def partner_claim(visit: PartnerVisit, participants: Iterable[int]) -> Claim:
    """The time that it takes: the learning partner's own, and that of who takes part."""
    return Claim(
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        unit_id=visit.unit_id,
        doing=frozenset({visit.partner_id}),
        taking_part=frozenset(participants) - {visit.partner_id},
    )


def possible_participants(unit: Unit, on: dt.date, also: Iterable[int] = ()) -> QuerySet[User]:
    """Who can take part: the leaders and resource persons of the unit, its parts and the units above it."""
    line = line_of(unit.pk)
    parts = with_parts(frozenset({unit.pk}))
    lead = UnitLeader.objects.in_force(on).filter(unit_id__in=parts | set(line)).values("person_id")
    lead_teams = TeamLeader.objects.in_force(on).filter(team__unit_id__in=parts).values("person_id")
    serve = ResourcePerson.objects.in_force(on).filter(team__unit_id__in=parts).values("person_id")
    near = Q(pk__in=lead) | Q(pk__in=lead_teams) | Q(pk__in=serve)
    return User.objects.filter(near | Q(pk__in=list(also)), is_active=True).order_by("sort_key", "pk")


def told_of(visit: PartnerVisit) -> frozenset[int]:
    """The learning partner, who takes part, who asked, and the leaders of the unit or of the nearest one above."""
    of_unit: dict[int, set[int]] = {}
    line = line_of(visit.unit_id)
    for row in UnitLeader.objects.in_force(visit.on).filter(unit_id__in=line, person__is_active=True):
        of_unit.setdefault(row.unit_id, set()).add(row.person_id)
    leaders: set[int] = next((of_unit[unit_id] for unit_id in line if unit_id in of_unit), set())
    asked = {visit.asked.asked_by_id} if visit.asked else set()
    taking_part = visit.participants.values_list("pk", flat=True)
    return frozenset({visit.partner_id, *leaders, *asked, *taking_part})


def requests_to_answer(unit: Unit, partner: User) -> QuerySet[SupportRequest]:
    """What the unit asks for and no colleague has taken, the oldest first."""
    rows = SupportRequest.objects.filter(unit=unit, closed_at=None)
    return rows.filter(Q(taken_by=None) | Q(taken_by=partner)).select_related("asked_by")


def requests_of_units(portfolio: Collection[int]) -> QuerySet[SupportRequest]:
    """What the units of a portfolio ask for and nobody has closed, the oldest first."""
    rows = SupportRequest.objects.filter(unit_id__in=portfolio, closed_at=None)
    return rows.select_related("unit", "asked_by", "taken_by").order_by("asked_at", "pk")


def coming_partner_visits(unit: Unit, on: dt.date) -> QuerySet[PartnerVisit]:
    """The planned visits of learning partners to the unit from that day on, the next first."""
    return _planned(on).filter(unit=unit)


def partner_visits_with(person_id: int, on: dt.date) -> QuerySet[PartnerVisit]:
    """The planned visits from that day on in which the person takes part, the next first."""
    return _planned(on).filter(participants=person_id)


def partner_visits_to_note(partner: User, on: dt.date) -> QuerySet[PartnerVisit]:
    """Her visits of the last two months that nobody has said were held or cancelled, the latest first."""
    since = start_of_day(on - dt.timedelta(days=DAYS_BACK))
    rows = PartnerVisit.objects.filter(partner=partner, state=VisitState.PLANNED, starts_at__gte=since)
    return rows.filter(ends_at__lt=timezone.now()).select_related("unit").order_by("-starts_at", "-pk")


def _planned(on: dt.date) -> QuerySet[PartnerVisit]:
    rows = PartnerVisit.objects.filter(state=VisitState.PLANNED, starts_at__gte=start_of_day(on))
    return rows.select_related("unit", "partner")


@dataclass(frozen=True, slots=True)
class UnitVisits:
    """A unit to support, and when a learning partner was last there and comes next; `parts` are what it consists of."""

    unit: Unit
    last: dt.datetime | None
    following: dt.datetime | None
    parts: list["UnitVisits"]


def units_to_visit(portfolio: Collection[int]) -> list[UnitVisits]:
    """The units of a portfolio in Danish order, each with its parts. Two queries."""
    held, planned = Q(state=VisitState.HELD), Q(state=VisitState.PLANNED, starts_at__gt=timezone.now())
    rows = PartnerVisit.objects.filter(unit_id__in=portfolio).order_by().values("unit_id")
    found = {
        row["unit_id"]: (row["last"], row["following"])
        for row in rows.annotate(last=Max("starts_at", filter=held), following=Min("starts_at", filter=planned))
    }
    units = list(Unit.objects.filter(pk__in=portfolio).order_by("sort_key", "pk"))
    lines = {unit.pk: UnitVisits(unit, *found.get(unit.pk, (None, None)), parts=[]) for unit in units}
    wholes: list[UnitVisits] = []
    for line in lines.values():
        above = lines.get(line.unit.parent_id) if line.unit.parent_id else None
        (above.parts if above else wholes).append(line)
    return wholes


# When there is time -------------------------------------------------------------------------------------------------


def free_partner_times(claim: Claim, *, but: PartnerVisit | None = None) -> list[Span]:
    """Up to three free times of the same length on as many days, the nearest to what was wanted.

    They lie in working hours on days on which the unit is open, and nobody's own calendar says busy. `but` is what
    moves. Five queries.
    """
    wanted = Span(claim.starts_at, claim.ends_at)
    first = max(wanted.on, today())
    last = first + dt.timedelta(days=SEARCHED_DAYS)
    is_closed = closed_days([claim.unit_id] if claim.unit_id else [], first, last).get(claim.unit_id or 0)
    since, until_ = start_of_day(first) - travel_time(), start_of_day(last) + travel_time()
    rows = bookings_of(claim.people, since, until_)
    busy = [Span(one.starts_at, one.ends_at) for one in busy_times(claim.people, since, until_)]
    taken = [row for row in rows if but is None or row.partner_visit_id != but.pk]
    free = (
        span
        for span in working_times(first, SEARCHED_DAYS, wanted.length)
        if span.starts_at > timezone.now()
        and not (is_closed and is_closed(span.on))
        and not any(span.overlaps(one) for one in busy)
        and not any(
            is_in_the_way(row, span, unit_id=claim.unit_id, doing=claim.doing, taking_part=claim.taking_part)
            for row in taken
        )
    )
    return nearest(free, wanted.starts_at, FREE_SHOWN)


def in_the_way_words(found: Iterable[Booking], claim: Claim, reader: User) -> list[str]:
    """What stands in the way: of her own time she is told all, of others' only when they are busy."""
    return list(dict.fromkeys(_words(row, claim, reader) for row in found))


def _words(row: Booking, claim: Claim, reader: User) -> str:
    when = until(row.starts_at, row.ends_at)
    if row.person_id != reader.pk:
        return _("%(name)s is busy %(when)s.") % {"name": row.person.name, "when": when}
    told = {"what": _what(row), "when": when}
    if row.starts_at >= claim.ends_at or row.ends_at <= claim.starts_at:
        return _("You have %(what)s %(when)s: too little time to get from one to the other.") % told
    return _("You have %(what)s %(when)s.") % told


def _what(row: Booking) -> str:
    if row.absence:
        return _("noted an absence")
    if row.partner_visit:
        return _("a visit to %(place)s") % {"place": row.partner_visit.unit.name}
    if row.offered_time:
        return _("offered %(place)s a visit") % {"place": row.offered_time.offer.team.name}
    return _("a visit to %(place)s") % {"place": row.visit.team.name if row.visit else ""}
