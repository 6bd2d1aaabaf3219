"""Times that are offered, and absences, of a place in the world; beside tests.world."""

import datetime as dt
from typing import Any

from observations.enums import BookingPart, OfferState
from observations.models import Absence, Booking, VisitOffer
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, end_of_day, start_of_day, today
from teams.models import Team

# Far enough ahead to be in nobody's way.
OFFERED_IN, AWAY_IN = dt.timedelta(days=60), dt.timedelta(days=90)


def make_offer(team: Team, visitor: User, *days: dt.date, **values: Any) -> VisitOffer:
    """An hour and a half at nine on each of the days, held for the visitor while the team has not answered."""
    offer = VisitOffer.objects.create(team=team, visitor=visitor, **values)
    for day in days:
        times = {"starts_at": at(day, dt.time(9)), "ends_at": at(day, dt.time(10, 30))}
        offered = offer.times.create(**times)
        if offer.state == OfferState.WAITING:
            Booking.objects.create(person=visitor, part=BookingPart.VISITS, offered_time=offered, **times)
    return offer


def make_absence(person: User, on: dt.date) -> Absence:
    """She is away that whole day."""
    times = {"starts_at": start_of_day(on), "ends_at": end_of_day(on)}
    absence = Absence.objects.create(person=person, **times)
    Booking.objects.create(person=person, part=BookingPart.AWAY, absence=absence, **times)
    return absence


def make_bookings(team: Team, visitor: User) -> dict[str, Any]:
    """What the addresses of booking ask for, by its name in `Place`."""
    first = today() + OFFERED_IN
    make_absence(visitor, today() + AWAY_IN)
    make_offer(team, visitor, first, state=OfferState.DECLINED, reason="Vi er på kursus hele ugen.")
    return {"offer": make_offer(team, visitor, first, first + dt.timedelta(days=1))}
