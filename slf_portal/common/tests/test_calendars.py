"""The calendars that the portal writes, read by three programs."""

import datetime as dt
from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from slf_portal.common.calendars import Attendee, CalendarEvent, Method, uid_of, write
from slf_portal.common.dates import COPENHAGEN
from tests.calendar_readers import Read, read_by_all

CHANGED = dt.datetime(2026, 9, 1, 7, 30, 12, 345678, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def event(begins: dt.datetime, *, number: int = 1, length: dt.timedelta = HOUR) -> CalendarEvent:
    return CalendarEvent(
        uid=f"visit-{number}@portal.example",
        starts_at=begins,
        ends_at=begins.astimezone(dt.UTC) + length,
        summary="Besøg hos Nord",
        description="https://portal.example/besoeg/1/",
        location="Birkeskolen, Birkevej 1",
        url="https://portal.example/besoeg/1/",
        sequence=3,
        changed_at=CHANGED,
        is_cancelled=False,
    )


def lines_of(content: bytes) -> list[str]:
    """Without the folding, as RFC 5545 says it is undone."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def on_the_wall(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=COPENHAGEN)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize("first", [dt.date(2026, 10, 23), dt.date(2027, 3, 26)], ids=["October 2026", "March 2027"])
def test_three_programs_read_every_hour_around_the_change_of_the_clock(first: dt.date) -> None:
    start = dt.datetime.combine(first, dt.time.min, dt.UTC)
    events = [event(start + number * HOUR, number=number) for number in range(96)]
    expected = [Read(one.uid, one.starts_at, one.ends_at, 3, "CONFIRMED") for one in events]
    assert read_by_all(write(events, name="SLF")) == sorted(expected)


def test_three_programs_read_noon_of_every_month_for_years() -> None:
    noons = [on_the_wall(year, month, 15, 12) for year in range(2024, 2040) for month in range(1, 13)]
    events = [event(noon, number=number) for number, noon in enumerate(noons)]
    found = {read.uid: read.starts_at for read in read_by_all(write(events))}
    assert found == {one.uid: one.starts_at.astimezone(dt.UTC) for one in events}


def test_an_event_across_the_night_when_the_clock_changes_keeps_its_length() -> None:
    begins = on_the_wall(2026, 10, 24, 22)
    (read,) = read_by_all(write([event(begins, length=8 * HOUR)]))
    assert read.ends_at - read.starts_at == 8 * HOUR


def test_it_is_written_on_the_clock_of_copenhagen() -> None:
    written = lines_of(write([event(on_the_wall(2026, 11, 24, 10))]))
    assert "DTSTART;TZID=Europe/Copenhagen:20261124T100000" in written
    assert "DTEND;TZID=Europe/Copenhagen:20261124T110000" in written
    assert [line for line in written if line.startswith("TZID")] == ["TZID:Europe/Copenhagen"]


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    twice = [dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1)]
    written = lines_of(write([event(one, length=HOUR / 4) for one in twice]))
    assert [line for line in written if line.startswith("DTSTART") and "2026" in line] == [
        "DTSTART:20261025T003000Z", "DTSTART:20261025T013000Z",
    ]  # fmt: skip


def test_a_feed_is_the_same_until_something_changes() -> None:
    first, second = event(on_the_wall(2026, 11, 24, 10)), event(on_the_wall(2026, 11, 23, 10), number=2)
    once = write([first, second], name="SLF")
    assert write([second, first], name="SLF") == once
    assert write([replace(first, changed_at=CHANGED + HOUR), second], name="SLF") != once
    assert [line for line in lines_of(once) if line.startswith(("DTSTAMP", "LAST-MODIFIED", "SEQUENCE"))] == [
        "DTSTAMP:20260901T073012Z", "SEQUENCE:3", "LAST-MODIFIED:20260901T073012Z",
    ] * 2  # fmt: skip


def test_a_cancelled_event_stays_as_cancelled() -> None:
    gone = replace(event(on_the_wall(2026, 11, 24, 10)), is_cancelled=True)
    assert [read.status for read in read_by_all(write([gone]))] == ["CANCELLED"]


def test_lines_end_and_fold_as_agreed_and_letters_stay_whole() -> None:
    long = replace(event(on_the_wall(2026, 11, 24, 10)), summary="Blåbærgrød, æbler; og\nørred " * 12)
    content = write([long], name="Æ" * 100)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode()
    assert read_by_all(content)[0].uid == long.uid
    assert "SUMMARY:" + ("Blåbærgrød\\, æbler\\; og\\nørred " * 12).rstrip() in [
        line.rstrip() for line in lines_of(content)
    ]


def test_an_invitation_asks_for_no_answer() -> None:
    asked = replace(
        event(on_the_wall(2026, 11, 24, 10)),
        organizer=Attendee("SLF-portalen", "portal@example.org"),
        attendees=(Attendee('Mette "M"; Ø', "mette@example.org"),),
    )
    content = write([asked], method=Method.REQUEST, stamped_at=CHANGED + HOUR)
    written = lines_of(content)
    assert "METHOD:REQUEST" in written
    assert "DTSTAMP:20260901T083012Z" in written
    (organizer,) = (line for line in written if line.startswith("ORGANIZER"))
    (attendee,) = (line for line in written if line.startswith("ATTENDEE"))
    assert organizer == "ORGANIZER;CN=SLF-portalen:mailto:portal@example.org"
    assert attendee.endswith(":mailto:mette@example.org")
    assert [word in attendee for word in ("RSVP=FALSE", "PARTSTAT=NEEDS-ACTION", "ROLE=REQ-PARTICIPANT")] == [True] * 3
    assert read_by_all(content)[0].status == "CONFIRMED"


def test_to_take_it_back_is_to_cancel_it() -> None:
    content = write([event(on_the_wall(2026, 11, 24, 10))], method=Method.CANCEL)
    assert "METHOD:CANCEL" in lines_of(content)
    assert read_by_all(content)[0].status == "CANCELLED"


def test_its_name_does_not_follow_the_address_it_is_asked_at(settings: Settings) -> None:
    settings.CALENDAR_HOST = "portal.example"
    assert uid_of("visit", 12) == "visit-12@portal.example"
