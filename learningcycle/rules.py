"""On which day of a month a rhythm falls. Pure: no database, no clock."""

import datetime as dt
from collections.abc import Callable, Container
from dataclasses import dataclass

from learningcycle.enums import NoMeeting, Nth
from slf_portal.common.dates import first_of_month, last_of_month


@dataclass(frozen=True, slots=True)
class Slot:
    """A month of a rhythm: the day the team meets, or why it does not."""

    month: dt.date
    on: dt.date | None
    why_not: NoMeeting | None = None


def nth_weekday(month: dt.date, *, weekday: int, nth: int) -> dt.date:
    """The nth weekday (Monday is 0) of the month of `month`; nth is 1 to 4, or -1 for the last."""
    if nth == Nth.LAST:
        last = last_of_month(month)
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = first_of_month(month)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def slot_in_month(
    month: dt.date, *, weekday: int, nth: int, is_closed: Callable[[dt.date], bool], pause_months: Container[int]
) -> Slot:
    """The day a rhythm gives in a month: a closed day gives way to the next open same weekday of that month."""
    month = first_of_month(month)
    if month.month in pause_months:
        return Slot(month, None, NoMeeting.PAUSE)
    day = nth_weekday(month, weekday=weekday, nth=nth)
    while day.month == month.month:
        if not is_closed(day):
            return Slot(month, day)
        day += dt.timedelta(days=7)
    return Slot(month, None, NoMeeting.CLOSED)
