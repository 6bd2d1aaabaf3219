"""When a calendar says busy: spans, and not a word of what they are about."""

import datetime as dt
from collections.abc import Iterable

from learningcycle.importers.ics_spans import Counting, is_cancelled, latest, moved, span_of, spans_of_series
from learningcycle.importers.ics_text import Event, read_text
from learningcycle.importers.ics_times import Patience, UnreadableError, Zones
from learningcycle.rules import Span

# A person's own calendar holds years of everything; what is kept of it is a few months.
MOST_BYTES = 2 * 2**20
_MOST_DAYS, _MOST_RULES = 200_000, 2_000
_MOST_SPANS = 5_000
_LONGEST = dt.timedelta(days=92)


def read_busy(content: bytes, *, since: dt.datetime, until: dt.datetime) -> list[Span]:
    """When the calendar says busy in `[since, until)`, in order, what touches or overlaps as one.

    What is cancelled or shown as free is left out, and so is what cannot be read: a calendar of years has such things.
    Raises CalendarFileError when it is no calendar.
    """
    text = read_text(content, most_bytes=MOST_BYTES)
    patience = Patience(days=_MOST_DAYS, rules=_MOST_RULES)
    counting = Counting(until, Zones(text.zones), patience, _LONGEST, has_whole_days=True)
    instead = moved(text.events)
    found: set[Span] = set()
    for event in latest(text.events):
        of_series = instead.get(event.text("UID"), [])
        if not _is_free(event):
            found.update(_spans(counting, event, of_series))
    for event in (one for ones in instead.values() for one in ones):
        if not _is_free(event):
            found.update(_span(counting, event))
    return _joined(span for span in found if span.starts_at < until and span.ends_at > since)[:_MOST_SPANS]


def _is_free(event: Event) -> bool:
    is_free = event.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    return is_cancelled(event) or is_free or event.text("TRANSP").upper() == "TRANSPARENT"


def _spans(counting: Counting, event: Event, instead: list[Event]) -> list[Span]:
    try:
        return spans_of_series(counting, event, instead)
    except UnreadableError:
        return []


def _span(counting: Counting, event: Event) -> list[Span]:
    try:
        return [span_of(counting, event)]
    except UnreadableError:
        return []


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.starts_at <= joined[-1].ends_at:
            joined[-1] = Span(joined[-1].starts_at, max(joined[-1].ends_at, span.ends_at))
        else:
            joined.append(span)
    return joined
