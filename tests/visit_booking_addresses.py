"""Objects and forms of the pages on which visits are booked; beside tests.access_addresses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from learningcycle.models import Meeting
from observations.models import Absence, Visit
from observations.queries import look_around_span, visit_span
from observations.rules import EVALUATION_MINUTES, Span
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.queries import possible_visitors
from tests.world import Place, open_day


def newest_absence(place: Place) -> Absence:
    """The last one of a resource person of the team: in one's own team, of the one who is signed in."""
    return Absence.objects.filter(person__resource_person_rows__team=place.team).latest("pk")


def at_meeting(meeting: Meeting, visitor: User, *, but: Visit | None = None) -> dict[str, Any]:
    """A visit to that meeting, by somebody who has seen what there is to know of it."""
    return {"meeting": meeting.pk, "seen": seen(visit_span(meeting, EVALUATION_MINUTES), meeting, visitor, but)}


def handed_over(place: Place) -> dict[str, Any]:
    """The visit in the hands of a colleague."""
    visit = place.coming_visit
    colleague = possible_visitors(place.team, today()).exclude(pk=visit.visitor_id).first()
    if colleague is None:
        return {}
    known = seen(Span(visit.starts_at, visit.ends_at), visit, colleague, visit)
    return {"visitor": colleague.pk, "version": visit.version, "seen": known}


def seen(span: Span, row: Meeting | Visit, visitor: User, but: Visit | None) -> str:
    """What the page would show first: the day may be a weekend or a holiday, whenever the tests run."""
    return " ".join(one.key for one in look_around_span(row.team, visitor, span, but=but).warnings(span))


OBJECTS: dict[str, Callable[[Place], Any]] = {
    "observations:visit_book": lambda place: place.team,
    "observations:offer_times": lambda place: place.team,
    "observations:visit_move": lambda place: place.coming_visit,
    "observations:visit_cancel": lambda place: place.coming_visit,
    "observations:visit_hand_over": lambda place: place.coming_visit,
    "observations:offer_detail": lambda place: place.offer,
    "observations:offer_answer": lambda place: place.offer,
    "observations:offer_withdraw": lambda place: place.offer,
    "observations:absence_remove": newest_absence,
}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "observations:visit_book": lambda place: {
        "visitor": place.visitor.pk,
        **at_meeting(place.prepared_meeting, place.visitor),
    },
    "observations:visit_move": lambda place: {
        **at_meeting(place.prepared_meeting, place.visitor, but=place.coming_visit),
        "version": place.coming_visit.version,
    },
    "observations:visit_cancel": lambda place: {"reason": "Jeg er blevet syg."},
    "observations:visit_hand_over": handed_over,
    "observations:offer_times": lambda place: {
        "visitor": place.visitor.pk,
        "on_1": open_day(40),
        "begins_1": "09:00",
        "ends_1": "10:30",
    },
    "observations:offer_answer": lambda place: {"reason": "Vi er på kursus.", "version": place.offer.version},
    "observations:absence_list": lambda place: {"on": today() + dt.timedelta(days=80)},
}
