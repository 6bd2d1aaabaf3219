"""The one writer of iCalendar (RFC 5545): what the feed and the mails tell calendars."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.conf import settings
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vText,
)

from slf_portal.common.dates import COPENHAGEN

CONTENT_TYPE = "text/calendar"
_PRODUCT = "-//SLF-portalen//SLF-portalen//DA"
_ASK_AGAIN = dt.timedelta(hours=1)
# The rule of the European Union since 1996: summer time from the last Sunday of March to that of October, at 01.00 UTC.
# Written as two yearly rules, which is what Outlook reads. The moments are those of the clock that is left.
_ZONE = "Europe/Copenhagen"
_WINTER, _SUMMER = dt.timedelta(hours=1), dt.timedelta(hours=2)


class Method(StrEnum):
    """What a mail does with an event (RFC 5546); a feed has none."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody by name and e-mail, in an invitation."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something at `[starts_at, ends_at)`. `uid` never changes; `sequence` and `changed_at` grow with every change.

    Nothing sensitive: a summary that names what and where, and a link to the page that says the rest to who may read.
    """

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    description: str
    location: str
    url: str
    sequence: int
    changed_at: dt.datetime
    is_cancelled: bool
    attendees: tuple[Attendee, ...] = ()
    organizer: Attendee | None = None


def uid_of(subject: str, pk: int) -> str:
    """The same for ever and in every calendar, whatever address the portal is asked at: `visit-12@portal.example`."""
    return f"{subject}-{pk}@{settings.CALENDAR_HOST}"


def write(
    events: Iterable[CalendarEvent],
    *,
    name: str = "",
    method: Method | None = None,
    stamped_at: dt.datetime | None = None,
) -> bytes:
    """The calendar file: CRLF, folded at 75 octets, in the order of time.

    Without `stamped_at` every event is stamped with its own last change, so that the file is the same, byte for byte,
    until something changes.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method.value)
    if name:
        # The second of each pair is what most programs read.
        for key in ("name", "x-wr-calname"):
            calendar.add(key, vText(name))
        calendar.add("refresh-interval", vDuration(_ASK_AGAIN), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_ASK_AGAIN))
    calendar.add_component(_timezone())
    for event in sorted(events, key=lambda one: (one.starts_at, one.uid)):
        calendar.add_component(_component(event, method, stamped_at))
    content: bytes = calendar.to_ical()
    return content


def _component(event: CalendarEvent, method: Method | None, stamped_at: dt.datetime | None) -> Event:
    is_cancelled = event.is_cancelled or method is Method.CANCEL
    component = Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", _in_utc(stamped_at or event.changed_at))
    component.add("last-modified", _in_utc(event.changed_at))
    component.add("dtstart", _on_the_wall(event.starts_at))
    component.add("dtend", _on_the_wall(event.ends_at))
    component.add("summary", event.summary)
    component.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    for key in ("description", "location", "url"):
        if value := getattr(event, key):
            component.add(key, value)
    if event.organizer is not None:
        component.add("organizer", _address(event.organizer), encode=False)
    for attendee in event.attendees:
        component.add("attendee", _invited(attendee), encode=False)
    return component


def _address(someone: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{someone.email}")
    address.params["CN"] = someone.name
    return address


def _invited(attendee: Attendee) -> vCalAddress:
    """Invited, and asked for no answer: nobody reads the portal's mailbox."""
    address = _address(attendee)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "NEEDS-ACTION"
    address.params["RSVP"] = "FALSE"
    return address


def _in_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _on_the_wall(moment: dt.datetime) -> dt.datetime:
    """As the clock in Copenhagen shows it; in UTC in the hour that comes twice, of which programs choose either."""
    wall = moment.astimezone(COPENHAGEN).replace(microsecond=0)
    comes_twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return wall.astimezone(dt.UTC) if comes_twice else wall


@cache
def _timezone() -> Timezone:
    zone = Timezone()
    zone.add("tzid", _ZONE)
    for part, name, month, clock, before, after in (
        (TimezoneDaylight(), "CEST", 3, dt.datetime(1996, 3, 31, 2), _WINTER, _SUMMER),  # noqa: DTZ001 - on the wall
        (TimezoneStandard(), "CET", 10, dt.datetime(1996, 10, 27, 3), _SUMMER, _WINTER),  # noqa: DTZ001 - on the wall
    ):
        part.add("dtstart", clock)
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
