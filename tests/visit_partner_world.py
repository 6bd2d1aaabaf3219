"""Learning partners' visits to a place in the world, and what two colleagues have together; beside tests.world."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from observations.actions import hold
from observations.enums import PartnerVisitKind, PeerState, VisitState
from observations.models import Absence, PartnerVisit, PeerObservation, VisitOffer
from observations.queries import partner_claim
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, start_of_day, today
from teams.models import Team, Unit
from tests.builders import make_person, make_team

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class PartnerVisits:
    """One to come, one that nobody has noted, one held."""

    coming: PartnerVisit
    passed: PartnerVisit
    held: PartnerVisit


def make_partner_visit(unit: Unit, partner: User, on: dt.date, *participants: User, **values: Any) -> PartnerVisit:
    """An hour and a half from nine o'clock; nobody's time is taken."""
    begins = at(on, values.pop("time", dt.time(9)))
    row = PartnerVisit.objects.create(
        unit=unit,
        partner=partner,
        kind=values.pop("kind", PartnerVisitKind.SPARRING),
        starts_at=begins,
        ends_at=begins + values.pop("length", dt.timedelta(minutes=90)),
        **values,
    )
    row.participants.set(participants)
    return row


def make_partner_visits(unit: Unit, visitor: User) -> PartnerVisits:
    partner = make_person(f"Pia {unit.name}")
    return PartnerVisits(
        coming=make_partner_visit(unit, partner, today() + WEEK, visitor, about="Vi øver os i at vente."),
        passed=make_partner_visit(unit, partner, today() - WEEK),
        held=make_partner_visit(unit, partner, today() - 2 * WEEK, state=VisitState.HELD),
    )


def fill_calendar(partner: User, place: Any) -> None:
    """A learning partner's week: a visit that takes her time, one that was held, times she has offered, a day away."""
    taken = make_partner_visit(place.unit, partner, today() + dt.timedelta(days=1), kind=PartnerVisitKind.WORKSHOP)
    hold(taken, partner_claim(taken, ()))
    make_partner_visit(place.unit, partner, today() - dt.timedelta(days=1), asked=place.asked)
    make_partner_visit(place.unit, partner, today(), state=VisitState.HELD)
    # The place's own team chooses among other times already.
    offer = VisitOffer.objects.create(team=make_team("Kalender"), visitor=partner)
    begins = at(today() + dt.timedelta(days=2), dt.time(13))
    offer.times.create(starts_at=begins, ends_at=begins + dt.timedelta(hours=1))
    away = start_of_day(today() + dt.timedelta(days=3))
    Absence.objects.create(person=partner, starts_at=away, ends_at=away + dt.timedelta(hours=40))


def make_peer(observed: User, observer: User, *lines: str, state: PeerState = PeerState.ASKED) -> PeerObservation:
    """What one has asked the other, with what was written of it."""
    handed_over = timezone.now() if state == PeerState.HANDED_OVER else None
    peer = PeerObservation.objects.create(
        observed=observed, observer=observer, focus="Hvem spørger jeg?", state=state, handed_over_at=handed_over
    )
    for text in lines:
        peer.lines.create(text=text)
    return peer


def let_observe(observed: User, observer: User) -> None:
    """One in each state."""
    make_peer(observed, observer)
    make_peer(observed, observer, state=PeerState.DECLINED)
    for state in (PeerState.ACCEPTED, PeerState.HANDED_OVER):
        make_peer(observed, observer, "Fire af fem svar kom fra samme bord.", "Hun ventede seks sekunder.", state=state)


def newest_peer(team: Team, state: PeerState) -> PeerObservation:
    """What a member of the team asked last: in one's own team, the one who is signed in."""
    return PeerObservation.objects.filter(observed__membership_rows__team=team, state=state).latest("pk")
