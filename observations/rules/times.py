"""What a visit may be, and which times are free. Pure: no database, no clock."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slf_portal.common.dates import COPENHAGEN, at, local_date

# A working day. Longer is a slip of the finger: 30 hours for 30 minutes.
LONGEST = dt.timedelta(hours=8)
# The conversation is evaluated right after it: half an hour (our default; feedback 30-45 minutes, same day).
EVALUATION_MINUTES = 30
MOST_EVALUATION_MINUTES = 120
# Outside these one is asked once more, not refused: staff meetings are often in the evening.
USUAL_FROM, USUAL_UNTIL = dt.time(7), dt.time(17)
WORK_FROM, WORK_UNTIL = dt.time(8), dt.time(16)
STEP = dt.timedelta(minutes=30)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Time `[starts_at, ends_at)`, aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def on(self) -> dt.date:
        return local_date(self.starts_at)

    @property
    def length(self) -> dt.timedelta:
        """What a clock on the wall would measure with a stopwatch: right across both nights of the year as well."""
        return self.ends_at.astimezone(dt.UTC) - self.starts_at.astimezone(dt.UTC)

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def widened(self, by: dt.timedelta) -> "Span":
        return Span(self.starts_at - by, self.ends_at + by)


def is_on_the_clock(moment: dt.datetime) -> bool:
    """Whether that hour exists: the night the clocks go forward has none between two and three."""
    there_and_back = moment.astimezone(dt.UTC).astimezone(COPENHAGEN)
    return there_and_back.replace(tzinfo=None) == moment.astimezone(COPENHAGEN).replace(tzinfo=None)


def is_weekend(day: dt.date) -> bool:
    return day.weekday() >= _SATURDAY


def is_at_unusual_hours(span: Span) -> bool:
    """Before seven or after five in Copenhagen."""
    begins, ends = span.starts_at.astimezone(COPENHAGEN), span.ends_at.astimezone(COPENHAGEN)
    return begins.time() < USUAL_FROM or ends.time() > USUAL_UNTIL or begins.date() != ends.date()


def working_times(first: dt.date, days: int, length: dt.timedelta) -> Iterator[Span]:
    """Every half hour at which so long a visit begins and ends within working hours, on each of the days."""
    for count in range(days):
        day = first + dt.timedelta(days=count)
        begins = at(day, WORK_FROM)
        while begins + length <= at(day, WORK_UNTIL):
            yield Span(begins, begins + length)
            begins += STEP


def nearest(times: Iterable[Span], wanted: dt.datetime, count: int) -> list[Span]:
    """So many of the times, on the days nearest to what was wanted and there nearest to its time of day; in order."""
    day, chosen = local_date(wanted), dict[dt.date, Span]()

    def far_off(span: Span) -> tuple[dt.timedelta, dt.timedelta, dt.datetime]:
        at_that_time = at(span.on, wanted.astimezone(COPENHAGEN).time())
        return abs(span.on - day), abs(span.starts_at - at_that_time), span.starts_at

    for span in sorted(times, key=far_off):
        chosen.setdefault(span.on, span)
        if len(chosen) == count:
            break
    return sorted(chosen.values())
