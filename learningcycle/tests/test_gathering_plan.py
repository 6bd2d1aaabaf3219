"""The coming months of fixed meetings: what the series says, less what people decided."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from learningcycle.actions import (
    Arrangement,
    PlannedGatherings,
    cancel_gathering,
    change_series,
    end_series,
    move_gathering,
    plan_gatherings,
)
from learningcycle.models import Gathering, GatheringSeries
from learningcycle.rules import days_every
from learningcycle.tasks import plan_meetings
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Unit
from tests.builders import make_closure, make_person, make_unit
from tests.gathering_builders import make_gathering, make_series

FIRST = dt.date(2026, 12, 1)


@pytest.fixture
def person(db: None) -> User:
    return make_person()


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def series(unit: Unit, person: User, tuesday: dt.date) -> GatheringSeries:
    """Every fourth Tuesday: 1 and 29 December, 26 January and 23 February are within three months."""
    return make_series(unit, person, first_on=FIRST, every_weeks=4)


def days(series: GatheringSeries) -> list[dt.date]:
    return [row.starts_at.date() for row in series.gatherings.filter(is_cancelled=False)]


def arrangement(**values: object) -> Arrangement:
    said: dict[str, object] = {
        "kind": "other",
        "title": "",
        "every_weeks": 4,
        "first_on": FIRST,
        "ends_on": None,
        "starts_at": dt.time(10),
        "ends_at": dt.time(11),
        "in_own_calendar": True,
    }
    return Arrangement(**{**said, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (dt.date(2026, 11, 1), dt.date(2026, 12, 29), [FIRST, dt.date(2026, 12, 15)]),
        (FIRST, dt.date(2026, 12, 2), [FIRST]),
        (dt.date(2026, 12, 2), dt.date(2026, 12, 16), [dt.date(2026, 12, 15)]),
        (dt.date(2026, 12, 2), dt.date(2026, 12, 15), []),
    ],
)
def test_the_days_of_a_series_are_counted_from_its_first(
    since: dt.date, until: dt.date, expected: list[dt.date]
) -> None:
    assert days_every(FIRST, 2, since=since, until=until) == expected


def test_three_months_are_planned_by_the_nightly_task_without_closed_days(
    series: GatheringSeries, unit: Unit, tuesday: dt.date
) -> None:
    make_closure(dt.date(2026, 12, 23), dt.date(2027, 1, 3), unit=unit)
    plan_meetings()
    assert days(series) == [FIRST, dt.date(2027, 1, 26), dt.date(2027, 2, 23)]
    assert plan_gatherings(today=tuesday) == PlannedGatherings()


def test_a_day_that_closes_later_falls_away_with_its_points_and_comes_back(
    series: GatheringSeries, unit: Unit, tuesday: dt.date
) -> None:
    plan_gatherings(today=tuesday)
    first, second, *_ = series.gatherings.all()
    first.points.create(text="Årshjulet")
    closure = make_closure(FIRST, FIRST + dt.timedelta(days=1), unit=unit)

    assert plan_gatherings(today=tuesday) == PlannedGatherings(changed=1)
    assert days(series)[0] == dt.date(2026, 12, 29)
    assert [point.text for point in second.points.all()] == ["Årshjulet"]
    closure.delete()
    assert plan_gatherings(today=tuesday) == PlannedGatherings(changed=1)
    assert days(series)[0] == FIRST


def test_ten_o_clock_stays_ten_o_clock_when_the_clock_changes(series: GatheringSeries, tuesday: dt.date) -> None:
    plan_gatherings(today=dt.date(2027, 2, 1))
    hours = {row.planned_on: row.starts_at.astimezone(dt.UTC).hour for row in series.gatherings.all()}
    assert hours == {
        dt.date(2027, 2, 23): 9,
        dt.date(2027, 3, 23): 9,
        dt.date(2027, 4, 20): 8,
    }


def test_what_a_person_moved_or_cancelled_is_left_alone(
    series: GatheringSeries, person: User, tuesday: dt.date
) -> None:
    plan_gatherings(today=tuesday)
    first, second, *_ = series.gatherings.all()
    moved = dt.date(2026, 12, 3)
    times = {"starts_at": at(moved, dt.time(14)), "ends_at": at(moved, dt.time(15))}
    move_gathering(by=person, gathering=first, version=0, **times)
    cancel_gathering(by=person, gathering=second)

    assert plan_gatherings(today=tuesday) == PlannedGatherings()
    assert days(series) == [moved, dt.date(2027, 1, 26), dt.date(2027, 2, 23)]


def test_another_weekday_replaces_what_nobody_touched(series: GatheringSeries, person: User, tuesday: dt.date) -> None:
    plan_gatherings(today=tuesday)
    series.gatherings.all()[0].points.create(text="Årshjulet")
    change_series(
        by=person, series=series, arrangement=arrangement(first_on=dt.date(2026, 12, 3)), people=[], version=0
    )
    # The last day of the year is closed.
    thursday = dt.date(2026, 12, 3)
    assert days(series) == [thursday, dt.date(2027, 1, 28)]
    assert [point.text for point in series.gatherings.get(planned_on=thursday).points.all()] == ["Årshjulet"]


def test_an_ended_series_has_no_meetings_to_come(series: GatheringSeries, person: User, tuesday: dt.date) -> None:
    passed = make_gathering(series, dt.date(2026, 11, 10))
    plan_gatherings(today=tuesday)
    end_series(by=person, series=series)
    plan_gatherings(today=tuesday)
    assert list(Gathering.objects.filter(is_cancelled=False)) == [passed]


def test_one_that_is_just_once_is_on_its_day_even_a_closed_one(unit: Unit, person: User, tuesday: dt.date) -> None:
    saturday = dt.date(2027, 6, 5)
    series = make_series(unit, person, first_on=saturday, every_weeks=None)
    plan_gatherings(today=tuesday)
    assert days(series) == [saturday]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_a_run_costs_the_same_for_any_number_of_series(
    count: int, person: User, tuesday: dt.date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_series(make_unit(), person, first_on=FIRST)
    plan_gatherings(today=tuesday)

    # Series, closures 2, what is there; a savepoint before and after.
    with django_assert_num_queries(6):
        plan_gatherings(today=tuesday)
