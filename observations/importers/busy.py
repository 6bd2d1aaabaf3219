"""When a person's own calendar says busy: fetched from the address she gave, and read without its words."""

import logging

from django.utils import timezone, translation

from learningcycle.importers import CalendarFileError, read_busy
from learningcycle.rules import Span
from observations.actions import keep_busy_times, note_busy_problem
from observations.models import BusyAddress
from slf_portal.common.dates import add_months, end_of_day, today
from slf_portal.common.fetching import FetchError, fetch

MONTHS = 6
logger = logging.getLogger(__name__)


def fetch_busy_times(address: str) -> list[Span]:
    """The times from now on, six months ahead. Raises FetchError, CalendarFileError."""
    content = fetch(address)
    return read_busy(content, since=timezone.now(), until=end_of_day(add_months(today(), MONTHS)))


def read_again(given: BusyAddress) -> None:
    """Read one calendar; when it cannot be, the person sees why on her page, and the old times stay."""
    try:
        spans = fetch_busy_times(given.address)
    except (FetchError, CalendarFileError) as error:
        # The address is a secret of hers: no log has it.
        logger.info("Calendar %s could not be read: %s", given.pk, type(error).__name__)
        with translation.override(given.person.language):
            note_busy_problem(given=given, problem=str(error))
    else:
        keep_busy_times(given=given, spans=spans)
