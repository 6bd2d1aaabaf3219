"""When an event of a calendar file is: moments, time zones, and the days on which it comes again."""

import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from django.utils.translation import gettext as _
from icalendar.prop import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from learningcycle.importers.ics_text import CalendarFileError, Property
from slf_portal.common.dates import COPENHAGEN

# Beyond these no rule is counted out, and none has a meeting.
_FIRST_YEAR, _LAST_YEAR = 1950, 2199
# The parts of a rule with which it always comes to an end or to a day, so that nobody waits for it.
_ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
_PARTS = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"},
}
_MOST_INTERVAL = 100
_LONGEST_RULE = 300
_MOST_SECONDS = 4
# Of a zone's own rules: one moment a year, counted out from 1601, where Outlook lets them begin. Any other would take
# long, or never come to an end.
_ZONE_RULE = re.compile(
    r"RRULE:FREQ=YEARLY(;(INTERVAL=1|COUNT=\d{1,4}|UNTIL=\w{8,16}|WKST=\w\w|BYMONTH=\d{1,2}|BYDAY=[-+]?\d[A-Z]{2}"
    r"|BYMONTHDAY=-?\d{1,2}))*"
)
_ZONE_START = re.compile(r"DTSTART[^:]{0,40}:(1[6-9]|2[01])\d{6}T\d{6}")
_MOST_ZONE_LINES = 400
_KNOWN_ZONES = frozenset(available_timezones())
_LONGEST_ZONE_NAME, _MOST_NAME_PARTS = 120, 3
# No meeting, but short enough to be added to a day.
_LONGEST = dt.timedelta(days=366)
_MOMENT = re.compile(r"(\d{8})T(\d{6})(Z?)")
_DAY = re.compile(r"\d{8}")


class UnreadableError(Exception):
    """The event cannot be taken over; the message says why."""


@dataclass(slots=True)
class Patience:
    """How many days and rules are still counted out for one file, and until when: a rule may never come to a day."""

    days: int = 40_000
    rules: int = 50
    until: float = field(default_factory=lambda: time.monotonic() + _MOST_SECONDS)

    def look_at_the_clock(self) -> None:
        if time.monotonic() > self.until:
            raise _too_much()

    def spend_day(self) -> None:
        self.look_at_the_clock()
        self.days -= 1
        if self.days < 0:
            raise _too_much()

    def spend_rule(self) -> None:
        self.rules -= 1
        self.look_at_the_clock()
        if self.rules < 0:
            raise UnreadableError(_("the file holds more than 50 series; export fewer at a time"))


@dataclass(slots=True)
class Zones:
    """The time zones that the lines of a file name: known by name, by Windows' name, or brought along by the file."""

    brought: list[list[str]]
    found: dict[str, dt.tzinfo | None] = field(default_factory=dict)
    _by_id: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_id = {}
        for lines in self.brought:
            ids = [line.partition(":")[2].strip().strip('"') for line in lines if line.upper().startswith("TZID")]
            if ids:
                self._by_id.setdefault(ids[0], lines)

    def named(self, name: str) -> dt.tzinfo:
        """The time zone; Copenhagen's where none is named. Raises UnreadableError."""
        if not name:
            return COPENHAGEN
        if name not in self.found:
            self.found[name] = _known(name) or self._brought_along(name)
        zone = self.found[name]
        if zone is None:
            raise UnreadableError(_("the time zone %(name)s is not known") % {"name": name[:60]})
        return zone

    def _brought_along(self, name: str) -> dt.tzinfo | None:
        lines = self._by_id.get(name, [])
        return _built(name, lines) if lines and _can_be_counted(lines) else None


def _known(name: str) -> dt.tzinfo | None:
    """By its own name, Windows' name for it, or the end of a path as "/freeassociation.net/Europe/Copenhagen"."""
    if len(name) > _LONGEST_ZONE_NAME:
        return None
    parts = name.strip("/").split("/")[-_MOST_NAME_PARTS:]
    tries = ["/".join(parts[start:]) for start in range(len(parts))]
    return next((ZoneInfo(one) for one in (WINDOWS_TO_OLSON.get(name, name), *tries) if one in _KNOWN_ZONES), None)


def _can_be_counted(lines: list[str]) -> bool:
    """Whether the zone's own rules come to an end soon enough to be asked for every meeting."""
    told = [line.strip().upper() for line in lines]
    rules = all(_ZONE_RULE.fullmatch(line) for line in told if line.startswith("RRULE"))
    starts = all(_ZONE_START.fullmatch(line) for line in told if line.startswith("DTSTART"))
    return len(told) <= _MOST_ZONE_LINES and rules and starts


def _built(name: str, lines: list[str]) -> dt.tzinfo | None:
    plain = [line for line in lines if not line.upper().startswith(("X-", "TZURL", "LAST-MODIFIED", "COMMENT"))]
    named = [f"TZID:{name}" if line.upper().startswith("TZID") else line for line in plain]
    try:
        return tzical(StringIO("\r\n".join([*named, "END:VTIMEZONE", ""]))).get(name)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock on the wall shows, and where the wall is."""

    wall: dt.datetime
    zone: dt.tzinfo

    @property
    def moment(self) -> dt.datetime:
        return self.wall.replace(tzinfo=self.zone).astimezone(dt.UTC)


def clock_of(line: Property, value: str, zones: Zones) -> Clock | dt.date:
    """What the line says: a moment, or a whole day. Raises UnreadableError."""
    value = value.strip().upper()
    if line.is_day or _DAY.fullmatch(value):
        return _parsed(value, "%Y%m%d").date()
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise UnreadableError(_("the time cannot be read"))
    # A minute of sixty-one seconds is written now and then, and is none in Python.
    seconds = min(found[2][4:], "59")
    wall = _parsed(found[1] + found[2][:4] + seconds, "%Y%m%d%H%M%S")
    return Clock(wall, dt.UTC if found[3] else zones.named(line.zone))


def _parsed(text: str, layout: str) -> dt.datetime:
    try:
        wall = dt.datetime.strptime(text, layout)  # noqa: DTZ007 - the zone is put on where it is known
    except ValueError as error:
        raise UnreadableError(_("the time cannot be read")) from error
    if not _FIRST_YEAR <= wall.year <= _LAST_YEAR:
        raise UnreadableError(_("the year %(year)d is too far away") % {"year": wall.year})
    return wall


def length_of(value: str) -> dt.timedelta:
    """How long, as PT1H30M says it. Raises UnreadableError."""
    try:
        length: dt.timedelta = vDuration.from_ical(value.strip().upper())
    except (ValueError, OverflowError, TypeError) as error:
        raise UnreadableError(_("the length of the meeting cannot be read")) from error
    return max(min(length, _LONGEST), -_LONGEST)


def moments_of_rule(start: Clock, line: Property, until: dt.datetime, patience: Patience) -> Iterator[dt.datetime]:
    """The moments of a rule of repetition from its start up to `until`. Raises UnreadableError."""
    parts = _parts_of(line.value)
    last = _last_moment(parts, start)
    patience.spend_rule()
    rule = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    try:
        for wall in rrulestr(f"RRULE:{rule}", dtstart=start.wall):
            patience.spend_day()
            moment = Clock(wall, start.zone).moment if wall.year <= _LAST_YEAR else until
            if moment >= until or (last is not None and moment > last):
                return
            yield moment
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _unknown_rule() from error


def _parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule that the portal follows. Raises UnreadableError for any other."""
    pairs = [part.strip().upper().partition("=") for part in rule[: _LONGEST_RULE + 1].split(";") if part.strip()]
    parts = {name: value for name, _equals, value in pairs}
    allowed = _PARTS.get(parts.get("FREQ", ""), set())
    if not allowed or parts.keys() - allowed - _ALWAYS or len(rule) > _LONGEST_RULE:
        raise _unknown_rule()
    interval = parts.get("INTERVAL", "1")
    if not interval.isdecimal() or not 1 <= int(interval) <= _MOST_INTERVAL:
        raise _unknown_rule()
    if parts["FREQ"] == "DAILY" and "BYDAY" in parts and int(interval) != 1:
        raise _unknown_rule()
    return parts


def _last_moment(parts: dict[str, str], start: Clock) -> dt.datetime | None:
    if "UNTIL" not in parts:
        return None
    value = parts["UNTIL"]
    if _DAY.fullmatch(value):
        return Clock(_parsed(value, "%Y%m%d") + dt.timedelta(days=1, seconds=-1), start.zone).moment
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise _unknown_rule()
    return Clock(_parsed(found[1] + found[2], "%Y%m%d%H%M%S"), dt.UTC if found[3] else start.zone).moment


def _too_much() -> CalendarFileError:
    return CalendarFileError(_("The file holds too many repetitions. Export only the series of meetings."))


def _unknown_rule() -> UnreadableError:
    return UnreadableError(_("the portal cannot follow its rule of repetition"))
