"""The pages of learning partners' visits and of peer observations, in every state; beside tests.browser.states."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from observations.enums import PeerState
from slf_portal.common.dates import today
from tests.browser.state import CPR, TOMORROW, YESTERDAY, State
from tests.visit_partner_world import newest_peer
from tests.world import Place


def partner_states(place: Place) -> Iterator[State]:
    """The learning partner's: an empty month, a request to answer, a time that is taken, a visit to note, one held."""
    far = today() + dt.timedelta(days=700)
    yield State(reverse("observations:partner_calendar") + f"?maaned={far:%Y-%m}")
    book = reverse("observations:partner_visit_book", args=[place.unit.pk])
    yield State(f"{book}?spoergsmaal={place.asked.pk}")
    yield State(book, {"on": YESTERDAY, "begins": "11:00", "ends": "10:00", "about": CPR})
    yield State(book, {"kind": "other", "on": TOMORROW, "begins": "09:00", "ends": "10:00", "about": "En rolig start."})
    visits = place.partner_visits
    move = reverse("observations:partner_visit_move", args=[visits.coming.pk])
    yield State(move, {"kind": "other", "on": TOMORROW, "begins": "10:00", "ends": "11:00", "version": "99"})
    yield State(reverse("observations:partner_visit_cancel", args=[visits.coming.pk]), {"reason": ""})
    yield State(reverse("observations:partner_visit_detail", args=[visits.passed.pk]))
    yield State(reverse("observations:partner_visit_detail", args=[visits.held.pk]))


def observed_states(place: Place) -> Iterator[State]:
    """What a colleague was asked, could not, and has handed over; a question without a focus."""
    for state in (PeerState.ASKED, PeerState.DECLINED, PeerState.HANDED_OVER):
        yield State(reverse("observations:peer_detail", args=[newest_peer(place.team, state).pk]))
    yield State(reverse("observations:peer_ask"), {"focus": CPR, "begins": "10:00"})


def observer_states(place: Place) -> Iterator[State]:
    """What she is asked, and a line that is refused."""
    yield State(reverse("observations:peer_detail", args=[newest_peer(place.team, PeerState.ASKED).pk]))
    peer = newest_peer(place.team, PeerState.ACCEPTED)
    detail, add = (reverse(f"observations:peer_{page}", args=[peer.pk]) for page in ("detail", "line_add"))
    yield State(detail, {"text": CPR}, sent_to=add)
