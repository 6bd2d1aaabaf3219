"""The pages on which visits are booked, in the states they can be in; beside tests.browser.states."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from observations.models import VisitOffer
from slf_portal.common.dates import today
from tests.browser.state import CPR, TOMORROW, YESTERDAY, State
from tests.world import Place

IN_A_FORTNIGHT = today() + dt.timedelta(days=14)
SUNDAY = (IN_A_FORTNIGHT + dt.timedelta(days=6 - IN_A_FORTNIGHT.weekday())).isoformat()


def states_of_booking(place: Place) -> Iterator[State]:
    """A time that has passed, one to think about, one that is taken; reasons that are refused; an offer's answer."""
    book = reverse("observations:visit_book", args=[place.team.pk])
    taken = {
        "visitor": str(place.visitor.pk),
        "on": place.coming_visit.on.isoformat(),
        "begins": "10:00",
        "ends": "11:00",
    }
    yield State(book, {**taken, "on": YESTERDAY})
    yield State(book, {**taken, "on": SUNDAY, "begins": "19:00", "ends": "20:00"})
    yield State(book, taken)
    move = reverse("observations:visit_move", args=[place.coming_visit.pk])
    yield State(move, {"on": TOMORROW, "begins": "10:00", "ends": "11:00", "version": "99"})
    yield State(reverse("observations:visit_cancel", args=[place.coming_visit.pk]), {"reason": CPR})
    yield State(reverse("observations:visit_hand_over", args=[place.coming_visit.pk]), {"version": "0"})
    yield State(reverse("observations:offer_times", args=[place.team.pk]), {"on_1": YESTERDAY, "begins_1": "10:00"})
    answer = reverse("observations:offer_answer", args=[place.offer.pk])
    yield State(answer, {"reason": "", "version": str(place.offer.version)})
    away = reverse("observations:absence_list")
    yield State(away, {"on": YESTERDAY})
    due = reverse("observations:due_list")
    yield State(f"{due}?q=nord")
    yield State(f"{due}?q=findes-ikke")
    for offer in VisitOffer.objects.filter(team=place.team).exclude(pk=place.offer.pk):
        yield State(reverse("observations:offer_detail", args=[offer.pk]))
