"""On which day of a month a rhythm falls. Pure."""

import datetime as dt

from slf_portal.common.dates import first_of_month, last_of_month
from learningcycle.enums import Nth


def nth_weekday(month: dt.date, *, weekday: int, nth: int) -> dt.date:
    """The nth weekday (Monday is 0) of the month of `month`; nth is 1 to 4, or -1 for the last."""
    if nth == Nth.LAST:
        last = last_of_month(month)
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = first_of_month(month)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
