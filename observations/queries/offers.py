"""Times that are offered to teams, and who is to answer."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from observations.enums import OfferState
from observations.models import OfferedTime, VisitOffer
from observations.queries.bookings import Claim, members_on
from observations.rules import Span
from teams.models import ResourcePerson, Team

_COMING = OfferedTime.objects.filter(offer=OuterRef("pk"))


def claim_of_offered(offer: VisitOffer, span: Span) -> Claim:
    """The time that an offer takes: its visitor's. The team's is free until it has chosen."""
    return Claim(span.starts_at, span.ends_at, offer.team.unit_id, doing=frozenset({offer.visitor_id}))


def open_offers(*teams: Team) -> QuerySet[VisitOffer]:
    """What the teams have not answered, passed or not."""
    rows = VisitOffer.objects.filter(team__in=teams, state=OfferState.WAITING)
    return rows.select_related("team__unit", "visitor").order_by("pk")


def waiting_offers(team_ids: Collection[int]) -> QuerySet[VisitOffer]:
    """What the teams can still answer, with the times. Two queries."""
    rows = VisitOffer.objects.filter(
        Exists(_COMING.filter(starts_at__gt=timezone.now())), team_id__in=team_ids, state=OfferState.WAITING
    )
    return rows.select_related("team__unit", "visitor", "meeting").prefetch_related("times").order_by("pk")


def last_answer(team: Team) -> VisitOffer | None:
    """The latest offer that did not suit the team, where it is the latest offer of all."""
    latest = team.visit_offers.select_related("visitor").order_by("pk").last()
    return latest if latest is not None and latest.state == OfferState.DECLINED else None


def people_who_answer(team: Team, on: dt.date) -> frozenset[int]:
    """The ids of those who are asked: the team's members and its resource persons that day."""
    serving = ResourcePerson.objects.in_force(on).filter(team=team, person__is_active=True)
    return members_on(team, on) | frozenset(serving.values_list("person_id", flat=True))
