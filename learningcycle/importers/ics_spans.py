"""From the events of a calendar file to when they are: the last word on each, its repetitions, and what was moved."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from learningcycle.importers.ics_text import Event, Property
from learningcycle.importers.ics_times import (
    Clock,
    Patience,
    UnreadableError,
    Zones,
    clock_of,
    length_of,
    moments_of_rule,
)
from learningcycle.rules import Span
from slf_portal.common.dates import COPENHAGEN

_USUAL_LENGTH = dt.timedelta(hours=1)
_A_DAY = dt.timedelta(days=1)
_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


@dataclass(slots=True)
class Counting:
    """How a file's events are counted out: up to when, how long one may be, and whether whole days count as well."""

    until: dt.datetime
    zones: Zones
    patience: Patience = field(default_factory=Patience)
    longest: dt.timedelta = _A_DAY
    has_whole_days: bool = False


def latest(events: Iterable[Event]) -> list[Event]:
    """Every event but those moved out of a series; of several with one id the one that was changed last."""
    by_id: dict[str, Event] = {}
    others: list[Event] = []
    for event in events:
        uid = event.text("UID")
        if event.text("RECURRENCE-ID") and uid:
            continue
        if not uid:
            others.append(event)
        elif uid not in by_id or _number(event) >= _number(by_id[uid]):
            by_id[uid] = event
    return [*by_id.values(), *others]


def moved(events: Iterable[Event]) -> dict[str, list[Event]]:
    """For each id the meetings of the series that were moved or cancelled, the last word on each."""
    found: dict[str, dict[str, Event]] = {}
    for event in events:
        uid, instead_of = event.text("UID"), event.text("RECURRENCE-ID")
        if uid and instead_of:
            of_series = found.setdefault(uid, {})
            if instead_of not in of_series or _number(event) >= _number(of_series[instead_of]):
                of_series[instead_of] = event
    return {uid: list(of_series.values()) for uid, of_series in found.items()}


def is_cancelled(event: Event) -> bool:
    return event.text("STATUS").upper() == "CANCELLED"


def spans_of_series(counting: Counting, event: Event, instead: list[Event]) -> list[Span]:
    """When the event is, less what was moved out of it or taken out. Raises UnreadableError."""
    counting.patience.look_at_the_clock()
    spans = _repeated(counting, event, span_of(counting, event))
    gone = [*event.lines.get("EXDATE", []), *(line for one in instead for line in one.lines["RECURRENCE-ID"])]
    moments, days = _named(gone, counting.zones)
    return [span for span in spans if span.starts_at not in moments and span.on not in days]


def span_of(counting: Counting, event: Event) -> Span:
    """From when until when the event itself is. Raises UnreadableError."""
    if not event.is_whole:
        raise UnreadableError(_("the file breaks off in the middle of it"))
    for name in event.broken:
        if name in _TIMES:
            raise UnreadableError(_("the line %(name)s cannot be read") % {"name": name})
    begins = _start(counting, event)
    return _checked(counting, begins.moment, _ends_at(counting, event, begins))


def _number(event: Event) -> int:
    sequence = event.text("SEQUENCE")
    return int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0  # noqa: PLR2004 - a number, not a flood


def _repeated(counting: Counting, event: Event, first: Span) -> list[Span]:
    """The first meeting and those that come again, the days that were added by hand too."""
    start, length = _start(counting, event), first.ends_at - first.starts_at
    spans = {first}
    for line in event.lines.get("RRULE", []):
        for moment in moments_of_rule(start, line, counting.until, counting.patience):
            spans.add(Span(moment, moment + length))
    for line in event.lines.get("RDATE", []):
        for value in line.value.split(","):
            begins, _slash, rest = value.partition("/")
            clock = clock_of(line, begins, counting.zones)
            if isinstance(clock, Clock):
                ends = _end_of_period(line, rest, clock, counting.zones) if rest else clock.moment + length
                spans.add(_checked(counting, clock.moment, ends))
            counting.patience.spend_day()
    return sorted(spans)


def _end_of_period(line: Property, rest: str, begins: Clock, zones: Zones) -> dt.datetime:
    if rest.strip().upper().startswith(("P", "+P")):
        return begins.moment + length_of(rest)
    return _moment(line, rest, zones)


def _named(lines: Iterable[Property], zones: Zones) -> tuple[set[dt.datetime], set[dt.date]]:
    """The moments that the lines name, and the days."""
    said = [clock_of(line, value, zones) for line in lines for value in line.value.split(",")]
    moments = {one.moment for one in said if isinstance(one, Clock)}
    return moments, {one for one in said if not isinstance(one, Clock)}


def _moment(line: Property, value: str, zones: Zones) -> dt.datetime:
    clock = clock_of(line, value, zones)
    if not isinstance(clock, Clock):
        raise UnreadableError(_("the time cannot be read"))
    return clock.moment


def _start(counting: Counting, event: Event) -> Clock:
    line = event.first("DTSTART")
    if line is None:
        raise UnreadableError(_("it does not say when it begins"))
    start = clock_of(line, line.value, counting.zones)
    if isinstance(start, Clock):
        return start
    if not counting.has_whole_days:
        raise UnreadableError(_("it lasts all day"))
    return _midnight(start)


def _midnight(day: dt.date) -> Clock:
    return Clock(dt.datetime.combine(day, dt.time.min), COPENHAGEN)


def _checked(counting: Counting, begins: dt.datetime, ends: dt.datetime) -> Span:
    if ends <= begins:
        raise UnreadableError(_("it ends before it begins"))
    if ends - begins > counting.longest:
        raise UnreadableError(_("it lasts longer than a day"))
    return Span(begins, ends)


def _ends_at(counting: Counting, event: Event, begins: Clock) -> dt.datetime:
    """When it ends; where the file does not say, an hour later, or with the day where it lasts all day."""
    start, end, length = event.first("DTSTART"), event.first("DTEND"), event.first("DURATION")
    is_day = start is not None and not isinstance(clock_of(start, start.value, counting.zones), Clock)
    if end is not None:
        if not is_day:
            return _moment(end, end.value, counting.zones)
        clock = clock_of(end, end.value, counting.zones)
        return (clock if isinstance(clock, Clock) else _midnight(clock)).moment
    if length is not None:
        return begins.moment + length_of(length.value)
    return _midnight(begins.wall.date() + _A_DAY).moment if is_day else begins.moment + _USUAL_LENGTH
