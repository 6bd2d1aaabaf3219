"""The meetings of a calendar file (.ics): which series there are, and when each comes in the time asked for."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from learningcycle.importers.ics_spans import Counting, is_cancelled, latest, moved, span_of, spans_of_series
from learningcycle.importers.ics_text import CalendarFileError, Event, read_text
from learningcycle.importers.ics_times import UnreadableError, Zones
from learningcycle.rules import Span

# What is told of them; a file of thousands is not read to its end by anybody.
MOST_LEFT_OUT = 50
MOST_MEETINGS = 200
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class FoundSeries:
    """The meetings of one name, in order. The name is shown to who sent the file and is stored nowhere."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event that is not taken over, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file holds: `passed` counts the meetings that have been; `is_cut` when there are more than are taken."""

    series: tuple[FoundSeries, ...]
    left_out: tuple[LeftOut, ...]
    passed: int = 0
    is_cut: bool = False


@dataclass(slots=True)
class _Reading:
    """A file on its way through, with what is asked: the meetings from `since` on, up to where the counting ends."""

    since: dt.datetime
    counting: Counting
    spans: dict[str, set[Span]] = field(default_factory=dict)
    passed: int = 0

    def keep(self, name: str, span: Span) -> None:
        if span.starts_at < self.since:
            self.passed += 1
        elif span.starts_at < self.counting.until:
            self.spans.setdefault(name, set()).add(span)


def read_calendar(content: bytes, *, since: dt.datetime, until: dt.datetime) -> CalendarFile:
    """The meetings of the file that begin in `[since, until)`. Raises CalendarFileError when it is no calendar."""
    text = read_text(content)
    if not text.events:
        raise CalendarFileError(_("There is no meeting in the file."))
    reading = _Reading(since, Counting(until, Zones(text.zones)))
    left_out: list[LeftOut] = []
    instead = moved(text.events)
    for event in latest(text.events):
        name = _name(event)
        try:
            _read(reading, event, name, instead.pop(event.text("UID"), []) if event.text("UID") else [])
        except UnreadableError as error:
            left_out.append(LeftOut(name, str(error)))
    # Moved meetings of a series that is not in the file stand for themselves.
    for event in (one for ones in instead.values() for one in ones):
        try:
            if not is_cancelled(event):
                reading.keep(_name(event), span_of(reading.counting, event))
        except UnreadableError as error:
            left_out.append(LeftOut(_name(event), str(error)))
    return _told(reading, left_out)


def _told(reading: _Reading, left_out: list[LeftOut]) -> CalendarFile:
    """The first meetings of all, as many as are taken over at a time, by their series."""
    every = sorted((span, name) for name, spans in reading.spans.items() for span in spans)
    kept: dict[str, list[Span]] = {}
    for span, name in every[:MOST_MEETINGS]:
        kept.setdefault(name, []).append(span)
    return CalendarFile(
        series=tuple(FoundSeries(name, tuple(spans)) for name, spans in kept.items()),
        left_out=tuple(dict.fromkeys(left_out))[:MOST_LEFT_OUT],
        passed=reading.passed,
        is_cut=len(every) > MOST_MEETINGS,
    )


def _name(event: Event) -> str:
    words = " ".join(event.text("SUMMARY").split())
    return words[:NAME_LENGTH] or _("Without a name")


def _read(reading: _Reading, event: Event, name: str, instead: list[Event]) -> None:
    """Keep the meetings of one event, with those that were moved or taken out of it. Raises UnreadableError."""
    if is_cancelled(event):
        raise UnreadableError(_("it is cancelled"))
    for span in spans_of_series(reading.counting, event, instead):
        reading.keep(name, span)
    for one in instead:
        if not is_cancelled(one):
            reading.keep(name, span_of(reading.counting, one))
