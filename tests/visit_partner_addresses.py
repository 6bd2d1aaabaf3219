"""Objects and forms of learning partners' visits and of peer observations; beside tests.access_addresses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from observations.enums import PartnerVisitKind, PeerState
from slf_portal.common.dates import today
from tests.visit_partner_world import newest_peer
from tests.world import Place

_TIMES = {"on": today() + dt.timedelta(days=9), "begins": "13:00", "ends": "14:00"}
_VISIT = {**_TIMES, "kind": PartnerVisitKind.WORKSHOP, "about": "Vi øver en rolig start."}


def accepted(place: Place) -> Any:
    return newest_peer(place.team, PeerState.ACCEPTED)


OBJECTS: dict[str, Callable[[Place], Any]] = {
    "observations:partner_visit_book": lambda place: place.unit,
    "observations:partner_visit_detail": lambda place: place.partner_visits.coming,
    "observations:partner_visit_move": lambda place: place.partner_visits.coming,
    "observations:partner_visit_cancel": lambda place: place.partner_visits.coming,
    "observations:partner_visit_held": lambda place: place.partner_visits.passed,
    "observations:partner_visit_reopen": lambda place: place.partner_visits.held,
    "observations:peer_detail": accepted,
    "observations:peer_answer": lambda place: newest_peer(place.team, PeerState.ASKED),
    "observations:peer_line_add": accepted,
    "observations:peer_line_remove": lambda place: (accepted(place), accepted(place).lines.all()[0]),
    "observations:peer_hand_over": accepted,
    "observations:peer_delete": accepted,
}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "observations:partner_visit_book": lambda place: {**_VISIT, "participants": [place.visitor.pk]},
    "observations:partner_visit_move": lambda place: {**_VISIT, "version": place.partner_visits.coming.version},
    "observations:partner_visit_cancel": lambda place: {"reason": "Vi finder en anden dag."},
    "observations:peer_ask": lambda place: {"address": place.visitor.email, "focus": "Hvem spørger jeg?"},
    "observations:peer_answer": lambda place: {"answer": "yes"},
    "observations:peer_line_add": lambda place: {"text": "Hun ventede seks sekunder."},
}
