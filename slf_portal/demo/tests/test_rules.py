"""The days of a believable year."""

import datetime as dt

from learningcycle.enums import Nth, Weekday
from slf_portal.demo.defaults.names import email_of, fresh_names
from slf_portal.demo.defaults.plan import RhythmPlan, Story
from slf_portal.demo.rules import (
    Outcome,
    day_instead,
    days_kept,
    past_meetings,
    school_holidays,
)

D = dt.date
LAST_THURSDAY = RhythmPlan(Nth.LAST, Weekday.THURSDAY, dt.time(13), dt.time(14))


def _weekend(day: dt.date) -> bool:
    return day.weekday() >= 5


def _christmas(day: dt.date) -> bool:
    return _weekend(day) or D(2026, 12, 21) <= day < D(2027, 1, 4)


def test_the_school_holidays_of_a_year() -> None:
    assert [(holiday.starts_on, holiday.ends_on) for holiday in school_holidays(2026)] == [
        (D(2026, 10, 12), D(2026, 10, 19)),
        (D(2026, 12, 21), D(2027, 1, 4)),
        (D(2027, 2, 15), D(2027, 2, 22)),
        (D(2027, 3, 22), D(2027, 3, 30)),
        (D(2027, 5, 6), D(2027, 5, 10)),
        (D(2027, 6, 26), D(2027, 8, 9)),
    ]


def test_a_promise_was_kept_every_so_many_months_back_from_when_it_is_due() -> None:
    days = days_kept(D(2026, 11, 20), months=3, since=D(2026, 1, 1), is_closed=_weekend)

    # 20 May is counted from 20 August, 20 February from 20 May.
    assert days == [D(2026, 8, 20), D(2026, 5, 20), D(2026, 2, 20)]


def test_a_rhythm_without_an_open_day_gives_way_to_an_earlier_one() -> None:
    assert day_instead(D(2026, 12, 1), LAST_THURSDAY, _christmas, ()) == D(2026, 12, 17)
    assert day_instead(D(2026, 11, 1), LAST_THURSDAY, _christmas, ()) is None
    assert day_instead(D(2026, 12, 1), LAST_THURSDAY, _christmas, {12}) is None


def _meetings(story: Story, *, visits: tuple[dt.date, ...] = ()) -> dict[dt.date, tuple[dt.date, Outcome]]:
    meetings = past_meetings(
        "Rekruttering",
        story,
        today=D(2026, 11, 27),
        since=D(2026, 6, 1),
        visits=visits,
        is_closed=_weekend,
        pause_months={7},
    )
    return {met.month: (met.on, met.outcome) for met in meetings}


def test_the_last_months_end_well_and_the_pause_is_kept() -> None:
    meetings = _meetings(Story(rhythm=LAST_THURSDAY), visits=(D(2026, 8, 12),))

    assert list(meetings) == [D(2026, 6, 1), *(D(2026, month, 1) for month in (8, 9, 10, 11))]
    assert meetings[D(2026, 8, 1)] == (D(2026, 8, 12), Outcome.MOVED)
    assert meetings[D(2026, 10, 1)] == (D(2026, 10, 29), Outcome.HELD)
    assert meetings[D(2026, 11, 1)] == (D(2026, 11, 26), Outcome.HELD)


def test_a_team_that_is_behind_has_nothing_noted_for_two_months() -> None:
    meetings = _meetings(Story(meets_by_appointment=True, is_behind=True))

    assert D(2026, 11, 1) not in meetings
    assert meetings[D(2026, 10, 1)][1] is Outcome.NOT_NOTED


def test_no_name_comes_twice_and_each_has_a_plain_address() -> None:
    names = [name for name, _number in zip(fresh_names(), range(1000), strict=False)]

    assert len(set(names)) == 1000
    assert email_of("Åse Nøddevang") == "aase.noeddevang@demo.example"
    assert all(email_of(name).isascii() for name in names)
