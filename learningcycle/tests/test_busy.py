"""When a calendar says busy."""

import datetime as dt

import pytest

from learningcycle.importers import CalendarFileError, read_busy
from tests.gathering_builders import ics

SINCE = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
UNTIL = dt.datetime(2027, 5, 25, tzinfo=dt.UTC)


def busy(*events: str) -> list[str]:
    """From when until when, in UTC."""
    spans = read_busy(ics(*events), since=SINCE, until=UNTIL)
    return [f"{span.starts_at:%m-%d %H:%M} - {span.ends_at:%m-%d %H:%M}" for span in spans]


def event(uid: str, day: str, begins: str = "100000", ends: str = "110000", more: str = "") -> str:
    return f"UID:{uid}|SUMMARY:Tandlæge|DTSTART:{day}T{begins}|DTEND:{day}T{ends}{more}"


def test_times_in_order_and_what_touches_as_one() -> None:
    assert busy(
        event("c", "20261208", "130000", "140000"),
        event("a", "20261208"),
        event("b", "20261208", "110000", "113000"),
        event("d", "20261208", "101500", "103000"),
    ) == ["12-08 09:00 - 12-08 10:30", "12-08 12:00 - 12-08 13:00"]


@pytest.mark.parametrize("more", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_what_is_free_or_off_is_left_out(more: str) -> None:
    assert busy(event("a", "20261208", more=f"|{more}")) == []


@pytest.mark.parametrize("more", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"])
def test_anything_else_is_busy(more: str) -> None:
    assert busy(event("a", "20261208", more=f"|{more}")) == ["12-08 09:00 - 12-08 10:00"]


def test_what_comes_again_is_counted_out_across_the_change_of_the_clock() -> None:
    found = busy(event("a", "20260106", more="|RRULE:FREQ=MONTHLY;BYDAY=1TU"))
    assert [one[:11] for one in found] == [
        "12-01 09:00", "01-05 09:00", "02-02 09:00", "03-02 09:00", "04-06 08:00", "05-04 08:00",
    ]  # fmt: skip


def test_one_of_a_series_is_moved_or_free() -> None:
    weekly = event("a", "20261201", more="|RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("a", "20261209", more="|RECURRENCE-ID:20261208T100000")
    free = event("a", "20261215", more="|RECURRENCE-ID:20261215T100000|TRANSP:TRANSPARENT")
    assert busy(weekly, moved, free) == ["12-01 09:00 - 12-01 10:00", "12-09 09:00 - 12-09 10:00"]


def test_a_free_series_has_one_busy_day() -> None:
    weekly = event("a", "20261201", more="|RRULE:FREQ=WEEKLY;COUNT=3|TRANSP:TRANSPARENT")
    assert busy(weekly, event("a", "20261209", more="|RECURRENCE-ID:20261208T100000")) == ["12-09 09:00 - 12-09 10:00"]


def test_whole_days_are_busy_to_their_end() -> None:
    assert busy("UID:a|DTSTART;VALUE=DATE:20261223|DTEND;VALUE=DATE:20270102") == ["12-22 23:00 - 01-01 23:00"]
    assert busy("UID:a|DTSTART;VALUE=DATE:20261223") == ["12-22 23:00 - 12-23 23:00"]
    assert busy("UID:a|DTSTART;VALUE=DATE:20261223|RRULE:FREQ=DAILY;COUNT=3|EXDATE;VALUE=DATE:20261224") == [
        "12-22 23:00 - 12-23 23:00", "12-24 23:00 - 12-25 23:00",
    ]  # fmt: skip


def test_what_has_begun_counts_and_what_is_over_does_not() -> None:
    assert busy(event("a", "20261124", "080000", "100000"), event("b", "20261124", "070000", "090000")) == [
        "11-24 07:00 - 11-24 09:00"
    ]
    assert busy(event("a", "20270601")) == []


def test_what_cannot_be_read_is_passed_over() -> None:
    assert busy("UID:a|DTSTART:i morgen", event("b", "20261208")) == ["12-08 09:00 - 12-08 10:00"]


def test_an_empty_calendar_is_one_and_a_page_is_none() -> None:
    assert busy() == []
    with pytest.raises(CalendarFileError):
        read_busy(b"<!DOCTYPE html>", since=SINCE, until=UNTIL)


def test_a_hundred_series_of_ten_years_are_counted_out() -> None:
    series = [event(str(number), "20160104", more="|RRULE:FREQ=WEEKLY;BYDAY=MO") for number in range(100)]
    assert len(busy(*series)) == 26


def test_a_calendar_that_would_take_for_ever_is_given_up() -> None:
    daily = [event(str(number), "19500101", more="|RRULE:FREQ=DAILY") for number in range(200)]
    with pytest.raises(CalendarFileError):
        busy(*daily)
