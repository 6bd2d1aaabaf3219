"""Forms and words of the pages of people's own calendars; beside tests.access_addresses."""

from collections.abc import Callable
from typing import Any

from slf_portal.calendars.models import CalendarFeed
from slf_portal.calendars.queries import token_of
from tests.world import MEMBER, Place, World

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "calendars:feed_page": lambda place: {"with_own_calendar": "on"},
    "calendars:busy_address": lambda place: {"address": "https://kalender.example/mig.ics"},
}


def feed_token(world: World) -> list[Any]:
    """A member's own."""
    return [token_of(CalendarFeed.objects.get(person=world.people[MEMBER]))]
