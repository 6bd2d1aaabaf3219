"""Days and months as the domain counts them: calendar days in Copenhagen, months from an anchor."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# When a school year begins.
AUGUST = 8


def today() -> dt.date:
    """The calendar day in Copenhagen now."""
    return timezone.localdate(timezone=COPENHAGEN)


def local_date(moment: dt.datetime) -> dt.date:
    """The calendar day in Copenhagen of an aware moment."""
    return moment.astimezone(COPENHAGEN).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """The first moment of `day` in Copenhagen, as an aware time."""
    return dt.datetime.combine(day, dt.time.min, COPENHAGEN)


def end_of_day(day: dt.date) -> dt.datetime:
    """The first moment after `day` in Copenhagen: the exclusive end of it."""
    return start_of_day(day + dt.timedelta(days=1))


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """The aware moment of a wall-clock time on a day in Copenhagen."""
    return dt.datetime.combine(day, time, COPENHAGEN)


@lru_cache(maxsize=8192)  # a page asks for the same few days hundreds of times
def add_months(anchor: dt.date, months: int) -> dt.date:
    """The day `months` later; the last of the month where it has no such day (31 January + 1 is 28 February).

    Always count from the anchor, never from the previous result, or 31 becomes 28 for good.
    """
    return anchor + relativedelta(months=months)


def first_of_month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def last_of_month(day: dt.date) -> dt.date:
    return add_months(first_of_month(day), 1) - dt.timedelta(days=1)


def school_year_start(day: dt.date) -> dt.date:
    """The latest 1 August, that day included."""
    return dt.date(day.year if day.month >= AUGUST else day.year - 1, AUGUST, 1)


def is_within_a_year(day: dt.date, today: dt.date) -> bool:
    """Whether the day is `today` or comes in the next twelve months."""
    return today <= day <= add_months(today, 12)
