"""On which day of a month a rhythm falls, and why it falls on none."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningcycle.enums import NoMeeting, Nth
from learningcycle.queries import rhythm_slots
from learningcycle.rules import Slot, nth_weekday, slot_in_month
from teams.enums import Promise
from tests.builders import make_closure, make_rhythm, make_team, make_terms, make_unit

TUESDAY, THURSDAY = 1, 3


def days_of(month: dt.date) -> Iterator[dt.date]:
    day = month.replace(day=1)
    while day.month == month.month:
        yield day
        day += dt.timedelta(days=1)


@given(month=st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)), weekday=st.integers(0, 4), nth=st.sampled_from(Nth))
@settings(deadline=None, derandomize=True, database=None)
def test_the_nth_weekday_is_the_one_a_finger_on_the_calendar_finds(month: dt.date, weekday: int, nth: Nth) -> None:
    such_days = [day for day in days_of(month) if day.weekday() == weekday]

    expected = such_days[-1] if nth == Nth.LAST else such_days[nth - 1]
    assert nth_weekday(month, weekday=weekday, nth=nth) == expected


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ([], Slot(dt.date(2026, 12, 1), dt.date(2026, 12, 8))),
        ([8], Slot(dt.date(2026, 12, 1), dt.date(2026, 12, 15))),
        ([8, 15, 22], Slot(dt.date(2026, 12, 1), dt.date(2026, 12, 29))),
        # The first Tuesday is open, but the team meets later in the month.
        ([8, 15, 22, 29], Slot(dt.date(2026, 12, 1), None, NoMeeting.CLOSED)),
    ],
)
def test_a_closed_day_gives_way_to_the_next_open_same_weekday(closed: list[int], expected: Slot) -> None:
    slot = slot_in_month(
        dt.date(2026, 12, 24),
        weekday=TUESDAY,
        nth=Nth.SECOND,
        is_closed=lambda day: day.day in closed,
        pause_months={7},
    )
    assert slot == expected


@pytest.mark.django_db
def test_the_slots_of_a_rhythm_say_why_a_month_has_none() -> None:
    unit = make_unit()
    make_terms(Promise.MEETING, unit=unit, pause_months=[7])
    last_thursday = make_rhythm(make_team(unit=unit), nth=Nth.LAST, weekday=THURSDAY)
    make_closure(dt.date(2026, 10, 12), dt.date(2026, 11, 1), unit=unit, name="Lukket")

    # Two holidays among them: 24 December, and 31 December in its place.
    assert rhythm_slots([last_thursday], dt.date(2026, 6, 30), 6)[last_thursday.pk] == [
        Slot(dt.date(2026, 6, 1), dt.date(2026, 6, 25)),
        Slot(dt.date(2026, 7, 1), None, NoMeeting.PAUSE),
        Slot(dt.date(2026, 8, 1), dt.date(2026, 8, 27)),
        Slot(dt.date(2026, 9, 1), dt.date(2026, 9, 24)),
        Slot(dt.date(2026, 10, 1), None, NoMeeting.CLOSED),
        Slot(dt.date(2026, 11, 1), dt.date(2026, 11, 26)),
        Slot(dt.date(2026, 12, 1), None, NoMeeting.CLOSED),
    ]


@pytest.mark.django_db
def test_a_public_holiday_moves_the_slot_by_a_week() -> None:
    second_thursday = make_rhythm(make_team(), nth=Nth.SECOND, weekday=THURSDAY)

    # 14 May 2026 is Ascension Day.
    slots = rhythm_slots([second_thursday], dt.date(2026, 5, 1), 0)[second_thursday.pk]
    assert slots == [Slot(dt.date(2026, 5, 1), dt.date(2026, 5, 21))]


@pytest.mark.django_db
def test_without_an_agreement_no_month_is_a_pause() -> None:
    rhythm = make_rhythm(make_team())

    slots = rhythm_slots([rhythm], dt.date(2026, 7, 1), 0)[rhythm.pk]
    assert slots == [Slot(dt.date(2026, 7, 1), dt.date(2026, 7, 14))]
