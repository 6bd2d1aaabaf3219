"""What is read of a calendar file: when the meetings are."""

import datetime as dt
import json
import random
from pathlib import Path

import pytest
from django.conf import settings

from learningcycle.importers import CalendarFile, CalendarFileError, read_calendar
from tests.gathering_builders import ics

SINCE = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
UNTIL = dt.datetime(2027, 11, 25, tzinfo=dt.UTC)
ROMANCE = "TZID=Romance Standard Time:"
SERIES = f"UID:a|SUMMARY:Teammøde|DTSTART;{ROMANCE}20260901T100000|DTEND;{ROMANCE}20260901T110000"
OWN_ZONE = (
    "BEGIN:VTIMEZONE|TZID:Vores zone|"
    "BEGIN:STANDARD|DTSTART:16010101T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10|END:STANDARD|"
    "BEGIN:DAYLIGHT|DTSTART:16010101T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3|END:DAYLIGHT|END:VTIMEZONE"
)
NO_RULE = "portalen kan ikke følge reglen for gentagelsen"
NASTY = settings.BASE_DIR.parent / "shared" / "data" / "nasty" / "blns.json"


def read(content: bytes) -> CalendarFile:
    return read_calendar(content, since=SINCE, until=UNTIL)


def starts(content: bytes) -> list[str]:
    """When the meetings of the only series begin, in UTC."""
    (series,) = read(content).series
    return [span.starts_at.strftime("%m-%d %H:%M") for span in series.spans]


def why(content: bytes) -> list[str]:
    found = read(content)
    assert found.series == ()
    return [one.why for one in found.left_out]


def test_a_series_of_outlook_keeps_its_hour_when_the_clock_changes() -> None:
    content = ics(f"{SERIES}|RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270511T080000Z")
    assert starts(content) == ["12-08 09:00", "01-12 09:00", "02-09 09:00", "03-09 09:00", "04-13 08:00", "05-11 08:00"]
    found = read(content)
    assert (found.series[0].name, found.passed, found.left_out, found.is_cut) == ("Teammøde", 4, (), False)
    assert {span.ends_at - span.starts_at for span in found.series[0].spans} == {dt.timedelta(hours=1)}


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        ("DTSTART:20270601T100000", ["06-01 08:00"]),
        ("DTSTART:20270601T100000Z", ["06-01 10:00"]),
        ("DTSTART;TZID=Europe/London:20270601T100000", ["06-01 09:00"]),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Copenhagen:20270601T100000", ["06-01 08:00"]),
        ("DTSTART;TZID=Vores zone:20270601T100000", ["06-01 08:00"]),
        ("DTSTART;TZID=Vores zone:20270201T100000", ["02-01 09:00"]),
    ],
)
def test_every_way_to_name_a_time_zone(begins: str, expected: list[str]) -> None:
    assert starts(ics(begins, zones=OWN_ZONE)) == expected


def test_the_zone_of_one_file_is_not_remembered_for_the_next() -> None:
    event = "DTSTART;TZID=Vores zone:20270601T100000"
    moved = OWN_ZONE.replace("+0200", "+0300")
    assert starts(ics(event, zones=OWN_ZONE)) == ["06-01 08:00"]
    assert starts(ics(event, zones=moved)) == ["06-01 07:00"]
    assert why(ics(event)) == ["tidszonen Vores zone er ukendt"]


def test_days_are_taken_out_added_moved_and_cancelled() -> None:
    weekly = f"{SERIES}|RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=18"
    out = f"{weekly}|EXDATE;{ROMANCE}20261201T100000|RDATE:20261203T090000Z"
    moved = f"UID:a|SUMMARY:Flyttet|RECURRENCE-ID;{ROMANCE}20261208T100000|DTSTART;{ROMANCE}20261209T130000"
    gone = f"UID:a|RECURRENCE-ID;{ROMANCE}20261222T100000|STATUS:CANCELLED|DTSTART;{ROMANCE}20261222T100000"
    found = read(ics(out, moved, gone))
    spans = sorted(span for series in found.series for span in series.spans)
    assert [span.starts_at.strftime("%m-%d %H:%M") for span in spans] == [
        "11-24 09:00",
        "12-03 09:00",
        "12-09 12:00",
        "12-15 09:00",
        "12-29 09:00",
    ]


def test_a_single_meeting_that_was_moved_stands_without_its_series() -> None:
    assert starts(ics("UID:a|RECURRENCE-ID:20261208T090000Z|DTSTART:20261209T130000Z")) == ["12-09 13:00"]


def test_series_are_told_apart_by_name() -> None:
    days = (("Nord", "01"), ("Syd", "02"), ("Nord", "03"))
    found = read(ics(*(f"SUMMARY:{name}|DTSTART:202612{day}T100000" for name, day in days)))
    assert [(series.name, len(series.spans)) for series in found.series] == [("Nord", 2), ("Syd", 1)]


def test_no_more_than_two_hundred_are_taken() -> None:
    found = read(ics("DTSTART:20261001T100000|RRULE:FREQ=DAILY"))
    assert (len(found.series[0].spans), found.is_cut) == (200, True)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261201", "det varer hele dagen"),
        ("DTSTART:20261201", "det varer hele dagen"),
        ("SUMMARY:Teammøde", "der står ikke, hvornår det begynder"),
        ("DTSTART:20261301T100000", "tidspunktet kan ikke læses"),
        ("DTSTART:i morgen", "tidspunktet kan ikke læses"),
        ("DTSTART:00010101T100000", "året 1 ligger for langt væk"),
        ("DTSTART:20261201T100000|DTEND:20261201T090000", "det slutter, før det begynder"),
        ("DTSTART:20261201T100000|DTEND:20261203T090000", "det varer længere end et døgn"),
        ("DTSTART:20261201T100000|DURATION:P99999999999W", "mødets længde kan ikke læses"),
        ("DTSTART:20261201T100000|STATUS:CANCELLED", "det er aflyst"),
        ("DTSTART:20261201T100000|RRULE:FREQ=SECONDLY", NO_RULE),
        ("DTSTART:20261201T100000|RRULE:FREQ=DAILY;INTERVAL=0", NO_RULE),
        (
            "DTSTART:20261201T100000|RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=1MO",
            NO_RULE,
        ),
        ("DTSTART:20261201T100000|RRULE;=x", "linjen RRULE kan ikke læses"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_says_why(event: str, expected: str) -> None:
    assert why(ics(event)) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "Det er ikke en kalenderfil."),
        (b"navn;dato\r\nNord;1. december", "Det er ikke en kalenderfil."),
        (b"\x89PNG\r\n\x00\x1a", "Det er ikke en kalenderfil."),
        (ics(), "Der er intet møde i filen."),
        (ics("X" * 2**20), "Filen er for stor"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 70_000, "Kalenderfilen er beskadiget."),
        (ics(*["DTSTART:19500101T100000|RRULE:FREQ=DAILY"] * 2), "Filen rummer for mange gentagelser."),
    ],
)
def test_a_file_that_is_no_calendar_is_refused(content: bytes, expected: str) -> None:
    with pytest.raises(CalendarFileError, match=f"^{expected}"):
        read(content)


def test_a_file_that_breaks_off_says_so() -> None:
    whole = ics("SUMMARY:Teammøde|DTSTART:20261201T100000")
    assert why(whole[: whole.index(b"END:VEVENT")]) == ["filen slutter midt i det"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_is_understood(encoding: str) -> None:
    content = ics("SUMMARY:Teammøde på Ådalen|DTSTART:20261201T100000").decode().encode(encoding)
    assert [series.name for series in read(content).series] == ["Teammøde på Ådalen"]


def test_damaged_files_are_read_or_refused_but_break_nothing() -> None:
    chance = random.Random(5)  # noqa: S311 - the same files every time
    good = ics(f"{SERIES}|RRULE:FREQ=WEEKLY;BYDAY=TU|RDATE:20261203T090000Z|DURATION:PT1H", zones=OWN_ZONE)
    for _ in range(400):
        damaged = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randint(0, 3)] = bytes(chance.choices(b'019;:=,TZ\r\n -\\"\xff\x00P', k=2))
        try:
            read(bytes(damaged))
        except CalendarFileError:
            continue


def test_naughty_strings_are_names_like_others() -> None:
    if not NASTY.exists():
        pytest.skip("the list of naughty strings is not here")
    for text in json.loads(Path(NASTY).read_text(encoding="utf-8")):
        words = text.replace("|", " ")
        try:
            read(ics(f"SUMMARY:{words}|DTSTART:20261201T100000", f"DTSTART:20261201T100000|RRULE:{words}"))
        except CalendarFileError:
            continue


@pytest.mark.parametrize(
    "zone",
    [
        OWN_ZONE.replace("BYDAY=-1SU", "BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        OWN_ZONE.replace("DTSTART:1601", "DTSTART:0001"),
        OWN_ZONE.replace("FREQ=YEARLY", "FREQ=SECONDLY"),
        OWN_ZONE.replace("BEGIN:DAYLIGHT", "X-WR:1|" * 500 + "BEGIN:DAYLIGHT"),
    ],
    ids=["every day", "from the first year", "every second", "too long"],
)
def test_a_zone_that_would_take_long_to_count_out_is_not_known(zone: str) -> None:
    assert zone != OWN_ZONE
    assert why(ics("DTSTART;TZID=Vores zone:20270601T100000", zones=zone)) == ["tidszonen Vores zone er ukendt"]


def test_a_zone_with_a_name_of_many_parts_is_looked_for_by_its_last_ones() -> None:
    assert why(ics(f"DTSTART;TZID={'/a' * 50}:20270601T100000")) == [f"tidszonen {('/a' * 50)[:60]} er ukendt"]
