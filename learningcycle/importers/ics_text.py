"""From the bytes of a calendar file to its events and time zones, as text.

The lines are read with icalendar's own reader, one by one, and only those that say when something is. Its reader of
whole files remembers the time zones of a file for the next one, whoever sends it.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from icalendar.parser import Contentline, Contentlines

from slf_portal.common.errors import RefusedError

MOST_BYTES = 2**20
# What is read of an event. Descriptions, places and people are passed over.
_READ = {"UID", "SUMMARY", "STATUS", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION"} | {
    "RRULE",
    "RDATE",
    "EXDATE",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
}
_LONGEST_ZONE = 500
_DEEPEST = 10


class CalendarFileError(RefusedError):
    """The file cannot be read as a calendar; the message says why."""


@dataclass(frozen=True, slots=True)
class Property:
    """A line of an event: what it says, and in which time zone if it names one."""

    value: str
    zone: str = ""
    is_day: bool = False


@dataclass(slots=True)
class Event:
    """The lines of an event that say when it is; `broken` names those that cannot be read."""

    lines: dict[str, list[Property]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    is_whole: bool = False

    def first(self, name: str) -> Property | None:
        return next(iter(self.lines.get(name, ())), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.value.strip() if found else ""


@dataclass(slots=True)
class CalendarText:
    """The events of a file, and the lines of each time zone it brings along."""

    events: list[Event] = field(default_factory=list)
    zones: list[list[str]] = field(default_factory=list)


def read_text(content: bytes, *, most_bytes: int = MOST_BYTES) -> CalendarText:
    """The events of the file. Raises CalendarFileError when it is none, or is too large."""
    if len(content) > most_bytes:
        raise CalendarFileError(_("The file is too large: at most 1 MB. Export only the series of meetings."))
    text = _decoded(content)
    if "\0" in text or "BEGIN:VCALENDAR" not in text.upper():
        raise CalendarFileError(
            _("This is not a calendar file. Export the meetings from your calendar as a file that ends in .ics.")
        )
    found = CalendarText()
    inside: list[str] = []
    for line in _lines(text.replace("\r\n", "\n").replace("\r", "\n")):
        word, _colon, name = line.strip().partition(":")
        if word.upper() == "BEGIN":
            inside.append(name.strip().upper())
            _begin(found, inside)
        elif word.upper() == "END":
            _end(found, inside, name.strip().upper())
        elif inside and inside[-1] == "VEVENT":
            _add(found.events[-1], line)
        if "VTIMEZONE" in inside[1:] and len(found.zones[-1]) < _LONGEST_ZONE:
            found.zones[-1].append(line)
    return found


def _lines(text: str) -> list[Contentline]:
    """The lines of the file, folded ones put together."""
    lines: list[Contentline] = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    return lines


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _begin(found: CalendarText, inside: list[str]) -> None:
    if len(inside) > _DEEPEST:
        raise CalendarFileError(_("The calendar file is damaged. Export it once more."))
    if inside[-1] == "VEVENT":
        found.events.append(Event())
    elif inside[-1] == "VTIMEZONE":
        found.zones.append([])


def _end(found: CalendarText, inside: list[str], name: str) -> None:
    """Leave the part of that name with everything in it that was not closed; an end of nothing is passed over."""
    if name not in inside:
        return
    while inside.pop() != name:
        pass
    if name == "VEVENT":
        found.events[-1].is_whole = True


def _add(event: Event, line: Contentline) -> None:
    name = line[:40].replace(":", ";").partition(";")[0].strip().upper()
    if name not in _READ:
        return
    try:
        _name, params, value = line.parts()
    except ValueError:
        event.broken.append(name)
        return
    zone, kind = str(params.get("TZID", "")), str(params.get("VALUE", ""))
    event.lines.setdefault(name, []).append(Property(value, zone.strip(), kind.upper() == "DATE"))
