"""On which days a unit is closed."""

import csv
import datetime as dt

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from teams.models import Unit
from teams.queries import closed_days
from teams.queries.closures import is_public_holiday
from tests.builders import make_closure, make_unit

PUBLISHED = settings.BASE_DIR.parent / "shared" / "data" / "calendar" / "danish_holidays_2024_2029.csv"
YEARS = range(2024, 2030)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (dt.date(2026, 11, day) for day in (9, 10, 11, 12))
SINCE, UNTIL = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def days_of(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=count) for count in range((dt.date(year + 1, 1, 1) - first).days)]


def closed_in_november(unit: Unit) -> list[int]:
    """The weekdays on which the unit is closed."""
    is_closed = closed_days([unit.pk], SINCE, UNTIL)[unit.pk]
    november = [SINCE + dt.timedelta(days=count) for count in range(30)]
    return [day.day for day in november if is_closed(day) and day.weekday() < 5]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the folder shared/data is not beside the project")
def test_the_holidays_are_the_published_ones_and_the_customary_days_off() -> None:
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        published = [dt.date.fromisoformat(row["dato"]) for row in csv.DictReader(file, delimiter=";")]

    # 5 June 2028 is Whit Monday and Constitution Day at once, in one row.
    assert [day for year in YEARS for day in days_of(year) if is_public_holiday(day)] == published


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2023, 5, 5), True),  # the last Store Bededag
        (dt.date(2024, 4, 26), False),
        (dt.date(2026, 5, 1), True),
        (dt.date(2026, 5, 15), False),  # the day after Ascension Day
        (dt.date(2026, 6, 5), True),
        (dt.date(2028, 6, 5), True),
        (dt.date(2026, 12, 23), False),
        (dt.date(2026, 12, 24), True),
        (dt.date(2026, 12, 31), True),
    ],
)
def test_days_one_could_take_for_another(day: dt.date, *, expected: bool) -> None:
    assert is_public_holiday(day) is expected


@pytest.mark.django_db
def test_without_closures_weekends_and_holidays_are_closed() -> None:
    unit = make_unit()
    is_closed = closed_days([unit.pk], SINCE, UNTIL)[unit.pk]

    week = [MONDAY + dt.timedelta(days=count) for count in range(7)]
    assert [is_closed(day) for day in week] == [False] * 5 + [True] * 2
    assert is_closed(dt.date(2026, 12, 24))


@pytest.mark.django_db
def test_a_closure_holds_until_the_day_it_ends() -> None:
    unit = make_unit()
    make_closure(TUESDAY, THURSDAY, unit=unit)

    assert closed_in_november(unit) == [TUESDAY.day, WEDNESDAY.day]


@pytest.mark.django_db
def test_a_closure_counts_for_the_parts_and_not_for_the_whole() -> None:
    area = make_unit()
    school = make_unit(parent=area)
    department = make_unit(parent=school)
    room = make_unit(parent=department)
    make_closure(MONDAY, TUESDAY, unit=area)
    make_closure(TUESDAY, WEDNESDAY, unit=department)

    assert [closed_in_november(unit) for unit in (area, school, department, room)] == [
        [MONDAY.day],
        [MONDAY.day],
        [MONDAY.day, TUESDAY.day],
        [MONDAY.day, TUESDAY.day],
    ]


@pytest.mark.django_db
def test_a_closure_without_a_unit_counts_for_everyone_and_a_unit_s_only_for_itself() -> None:
    one, other = make_unit(), make_unit()
    make_closure(MONDAY, TUESDAY)
    make_closure(THURSDAY, THURSDAY + dt.timedelta(days=1), unit=one)

    assert [closed_in_november(unit) for unit in (one, other)] == [[MONDAY.day, THURSDAY.day], [MONDAY.day]]


@pytest.mark.django_db
def test_a_closure_that_reaches_into_the_span_counts() -> None:
    unit = make_unit()
    make_closure(dt.date(2026, 10, 1), dt.date(2026, 11, 3), unit=unit)
    make_closure(dt.date(2026, 11, 30), dt.date(2027, 1, 4), unit=unit)

    assert closed_in_november(unit) == [2, 30]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 30])
def test_closed_days_cost_two_queries_for_any_number_of_units(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    units = [make_unit() for _ in range(count)]
    for unit in units:
        make_closure(MONDAY, TUESDAY, unit=unit)

    with django_assert_num_queries(2):
        found = closed_days([unit.pk for unit in units], SINCE, UNTIL)
    assert [found[unit.pk](MONDAY) for unit in units] == [True] * count
