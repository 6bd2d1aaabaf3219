"""Days and months in Copenhagen."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from slf_portal.common.dates import (
    add_months,
    at,
    end_of_day,
    first_of_month,
    last_of_month,
    local_date,
    school_year_start,
    start_of_day,
    today,
)

SPRING = dt.date(2026, 3, 29)  # 23 hours long
AUTUMN = dt.date(2026, 10, 25)  # 25 hours long

days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2026, 1, 31), 2, dt.date(2026, 3, 31)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
        (dt.date(2026, 5, 5), 0, dt.date(2026, 5, 5)),
    ],
)
def test_add_months(anchor: dt.date, months: int, expected: dt.date) -> None:
    assert add_months(anchor, months) == expected


@given(days, st.integers(-24, 24))
def test_add_months_keeps_the_day_or_takes_the_last(anchor: dt.date, months: int) -> None:
    later = add_months(anchor, months)
    assert (later.year * 12 + later.month) - (anchor.year * 12 + anchor.month) == months
    assert later.day == min(anchor.day, last_of_month(later).day)


@given(days)
def test_a_month_has_all_its_days(day: dt.date) -> None:
    assert first_of_month(day).day == 1
    assert first_of_month(day) <= day <= last_of_month(day)
    assert first_of_month(last_of_month(day) + dt.timedelta(days=1)) == add_months(first_of_month(day), 1)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (dt.date(2026, 6, 1), 24)])
def test_a_day_is_as_long_as_it_is_in_copenhagen(day: dt.date, hours: int) -> None:
    length = end_of_day(day).astimezone(dt.UTC) - start_of_day(day).astimezone(dt.UTC)
    assert length == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "utc"),
    [(SPRING - dt.timedelta(days=1), 9), (SPRING, 8), (AUTUMN - dt.timedelta(days=1), 8), (AUTUMN, 9)],
)
def test_ten_oclock_stays_ten_oclock(day: dt.date, utc: int) -> None:
    assert at(day, dt.time(10)).astimezone(dt.UTC) == dt.datetime.combine(day, dt.time(utc), dt.UTC)


@given(days)
def test_a_moment_belongs_to_its_day(day: dt.date) -> None:
    assert local_date(start_of_day(day)) == local_date(at(day, dt.time(23, 59))) == day
    assert local_date(end_of_day(day)) == day + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T22:59:00Z", dt.date(2026, 11, 23)),
        ("2026-11-23T23:00:00Z", dt.date(2026, 11, 24)),
        ("2026-06-30T22:00:00Z", dt.date(2026, 7, 1)),
    ],
)
def test_today_turns_at_midnight_in_copenhagen(moment: str, expected: dt.date) -> None:
    with time_machine.travel(dt.datetime.fromisoformat(moment), tick=False):
        assert today() == expected


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (dt.date(2027, 7, 31), dt.date(2026, 8, 1)),
        (dt.date(2027, 8, 1), dt.date(2027, 8, 1)),
        (dt.date(2028, 2, 29), dt.date(2027, 8, 1)),
    ],
)
def test_the_school_year_turns_on_the_first_of_august(day: dt.date, start: dt.date) -> None:
    assert school_year_start(day) == start
