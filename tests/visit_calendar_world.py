"""A person's own calendar in the world of the harnesses; beside tests.world."""

import datetime as dt

from learningcycle.rules import Span
from observations.actions import give_busy_address
from slf_portal.accounts.models import User
from slf_portal.calendars.actions import keep_feed
from slf_portal.common.dates import at, today


def let_calendars_look(person: User | None) -> None:
    """She has an address for her calendar, and the portal reads another one of hers."""
    assert person is not None
    keep_feed(by=person, with_own_calendar=False)
    day = today() + dt.timedelta(days=3)
    busy = Span(at(day, dt.time(8)), at(day, dt.time(9)))
    give_busy_address(by=person, address="https://kalender.example/mig.ics", spans=[busy])
