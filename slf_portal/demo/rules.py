"""Which days a believable year has. Pure: no database, no clock; the same day gives the same year."""

import datetime as dt
import random
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from dateutil.easter import easter

from learningcycle.enums import NoMeeting
from learningcycle.rules import Slot, slot_in_month
from slf_portal.common.dates import AUGUST, add_months, first_of_month, last_of_month
from slf_portal.demo.defaults.plan import RhythmPlan, Story

IsClosed = Callable[[dt.date], bool]

ONE_DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
# A year, and the month before it, which the status of its first month looks back on.
MONTHS_OF_HISTORY = 13
# No school holiday is longer.
LONGEST_CLOSURE_DAYS = 60


# School holidays ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off, `[starts_on, ends_on)`."""

    name: str
    starts_on: dt.date
    ends_on: dt.date


def school_holidays(year: int) -> list[Holiday]:
    """The holidays of the school year that begins in August of `year`, where Danish municipalities usually put them."""
    easter_sunday = easter(year + 1)
    ascension = easter_sunday + dt.timedelta(days=39)
    last_of_june = dt.date(year + 1, 6, 30)
    return [
        Holiday("Efterårsferie", *_week(year, 42)),
        Holiday("Juleferie", dt.date(year, 12, 21), dt.date(year + 1, 1, 4)),
        Holiday("Vinterferie", *_week(year + 1, 7)),
        Holiday("Påskeferie", easter_sunday - 6 * ONE_DAY, easter_sunday + 2 * ONE_DAY),
        Holiday("Kristi himmelfartsferie", ascension, ascension + 4 * ONE_DAY),
        Holiday("Sommerferie", last_of_june - (last_of_june.weekday() + 2) % 7 * ONE_DAY, _second_monday(year + 1)),
    ]


def _week(year: int, number: int) -> tuple[dt.date, dt.date]:
    monday = dt.date.fromisocalendar(year, number, 1)
    return monday, monday + WEEK


def _second_monday(year: int) -> dt.date:
    """The second Monday of August: most schools begin on it."""
    first = dt.date(year, AUGUST, 1)
    return first + (-first.weekday()) % 7 * ONE_DAY + WEEK


# Days -----------------------------------------------------------------------------------------------------------


def last_open(day: dt.date, is_closed: IsClosed) -> dt.date:
    """`day`, or the last open day before it."""
    return _nearest_open(day, is_closed, -ONE_DAY)


def first_open(day: dt.date, is_closed: IsClosed) -> dt.date:
    """`day`, or the first open day after it."""
    return _nearest_open(day, is_closed, ONE_DAY)


def _nearest_open(day: dt.date, is_closed: IsClosed, step: dt.timedelta) -> dt.date:
    days = (day + step * count for count in range(LONGEST_CLOSURE_DAYS))
    return next((candidate for candidate in days if not is_closed(candidate)), day)


def days_kept(due_on: dt.date, *, months: int, since: dt.date, is_closed: IsClosed) -> list[dt.date]:
    """The open days from `since` on on which a promise was kept every so many months, so that it is due again on
    `due_on` or, where the day it counts from was closed, shortly before. The latest first."""
    days: list[dt.date] = []
    day = last_open(add_months(due_on, -months), is_closed)
    while day >= since:
        days.append(day)
        day = last_open(add_months(day, -months), is_closed)
    return days


# A year of meetings ---------------------------------------------------------------------------------------------


class Outcome(Enum):
    """What became of a meeting that stood in the plan."""

    HELD = auto()
    MOVED = auto()
    WITHOUT_CYCLE = auto()
    CANCELLED = auto()
    NOT_NOTED = auto()


_OUTCOMES = (
    *[Outcome.HELD] * 15,
    *[Outcome.MOVED] * 2,
    Outcome.WITHOUT_CYCLE,
    Outcome.CANCELLED,
    Outcome.NOT_NOTED,
)


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A day a team was to meet, and what became of it."""

    month: dt.date
    on: dt.date
    outcome: Outcome


def past_meetings(
    team: str,
    story: Story,
    *,
    today: dt.date,
    since: dt.date,
    visits: Iterable[dt.date],
    is_closed: IsClosed,
    pause_months: Container[int],
) -> list[PastMeeting]:
    """One meeting for each month before today that is not a pause; where the team was visited, on the visit's day.

    The last required month and this one always end well, unless the story says that the team is behind.
    """
    visited = {first_of_month(day): day for day in visits}
    recent = _previous_required(first_of_month(today), pause_months)
    silent = story.silent_months_ago and add_months(first_of_month(today), -story.silent_months_ago)
    meetings = []
    for month in _months(since, today):
        dice = random.Random(f"{team} {month}")  # noqa: S311 - not for secrets
        day = visited.get(month) or _day_to_meet(month, story.rhythm, is_closed, pause_months, dice)
        outcome = dice.choice(_OUTCOMES)
        if month in visited:
            outcome = Outcome.MOVED if story.rhythm else Outcome.HELD
        elif day and outcome is Outcome.MOVED:
            day = _a_little_earlier(day, is_closed)
        if month >= recent:
            outcome = Outcome.NOT_NOTED if story.is_behind else Outcome.HELD
        elif month == silent:
            outcome = Outcome.NOT_NOTED
        if day and since <= day < today and not (story.is_behind and month > recent):
            meetings.append(PastMeeting(month, day, outcome))
    return meetings


def _months(since: dt.date, today: dt.date) -> Iterator[dt.date]:
    month = first_of_month(since)
    while month <= today:
        yield month
        month = add_months(month, 1)


def _previous_required(month: dt.date, pause_months: Container[int]) -> dt.date:
    earlier = (add_months(month, -back) for back in range(1, 13))
    return next((candidate for candidate in earlier if candidate.month not in pause_months), month)


def _day_to_meet(
    month: dt.date,
    rhythm: RhythmPlan | None,
    is_closed: IsClosed,
    pause_months: Container[int],
    dice: random.Random,
) -> dt.date | None:
    if rhythm is not None:
        return _slot(month, rhythm, is_closed, pause_months).on or day_instead(month, rhythm, is_closed, pause_months)
    open_days = [day for count in range(28) if not is_closed(day := month + count * ONE_DAY)]
    return dice.choice(open_days) if open_days and month.month not in pause_months else None


def day_instead(
    month: dt.date, rhythm: RhythmPlan, is_closed: IsClosed, pause_months: Container[int]
) -> dt.date | None:
    """Where people put the month's meeting when closures leave the rhythm no day: the last open such weekday."""
    if _slot(month, rhythm, is_closed, pause_months).why_not is not NoMeeting.CLOSED:
        return None
    last = last_of_month(month)
    days = (last - count * ONE_DAY for count in range(last.day))
    return next((day for day in days if day.weekday() == rhythm.weekday and not is_closed(day)), None)


def _slot(month: dt.date, rhythm: RhythmPlan, is_closed: IsClosed, pause_months: Container[int]) -> Slot:
    return slot_in_month(month, weekday=rhythm.weekday, nth=rhythm.nth, is_closed=is_closed, pause_months=pause_months)


def _a_little_earlier(day: dt.date, is_closed: IsClosed) -> dt.date:
    """Two working days earlier, when they lie in the same month."""
    earlier = last_open(last_open(day - ONE_DAY, is_closed) - ONE_DAY, is_closed)
    return earlier if earlier.month == day.month else day
