"""The pages of a person's own calendar in other states; beside tests.browser.states."""

from collections.abc import Iterator

from django.urls import reverse

from tests.browser.state import State


def calendars() -> Iterator[State]:
    """An address that is none, and one inside. Few: how often one may ask is counted."""
    busy = reverse("calendars:busy_address")
    for address in ("http://kalender.example/mig.ics", "https://10.0.0.1/mig.ics"):
        yield State(busy, {"address": address})
