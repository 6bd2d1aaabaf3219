"""Dates as the portal writes them, in both languages."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.utils import translation

from slf_portal.common.dates import COPENHAGEN, at
from slf_portal.common.templatetags.portal import (
    clock,
    long_day,
    moment,
    month,
    page_window,
    sentence,
    short_day,
    until,
)

VISIT = dt.date(2026, 12, 3)
BEGINS, ENDS = at(VISIT, dt.time(9)), at(VISIT, dt.time(11))

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", ["torsdag 3. december", "3. dec.", "december 2026", "9.00", "torsdag 3. december kl. 9.00"]),
        ("en", ["Thursday 3 December", "3 Dec", "December 2026", "09:00", "Thursday 3 December 09:00"]),
    ],
)
def test_a_moment_in_both_languages(language: str, expected: list[str]) -> None:
    with translation.override(language):
        assert [said(BEGINS) for said in (long_day, short_day, month, clock, moment)] == expected


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (dt.date(2026, 5, 4), "mandag 4. maj", "4. maj 2026"),
        (dt.date(2026, 6, 1), "mandag 1. juni", "1. jun."),
        (dt.date(2026, 9, 14), "mandag 14. september", "14. sept."),
        (dt.date(2027, 3, 3), "onsdag 3. marts 2027", "3. mar."),
        (dt.date(2025, 12, 31), "onsdag 31. december 2025", "31. dec. 2025"),
        (dt.date(2027, 5, 24), "mandag 24. maj 2027", "24. maj"),
    ],
)
def test_the_year_is_written_where_it_may_be_misread(day: dt.date, long: str, short: str) -> None:
    assert (long_day(day), short_day(day)) == (long, short)


def test_a_span_names_its_day_once() -> None:
    assert until(BEGINS, ENDS) == "torsdag 3. december kl. 9.00-11.00"


def test_a_span_over_midnight_names_both_days() -> None:
    past_midnight = at(dt.date(2026, 12, 4), dt.time(0, 30))
    assert until(BEGINS, past_midnight) == "torsdag 3. december kl. 9.00 - fredag 4. december kl. 0.30"


def test_a_span_without_an_end_is_a_moment() -> None:
    assert until(BEGINS, None) == moment(BEGINS)


def test_times_are_those_of_copenhagen() -> None:
    late = dt.datetime(2026, 11, 30, 23, 15, tzinfo=dt.UTC)
    assert (short_day(late), clock(late), clock(late.astimezone(COPENHAGEN))) == ("1. dec.", "0.15", "0.15")


def test_no_date_is_no_words() -> None:
    assert [said(None) for said in (long_day, short_day, month, clock, moment)] == [""] * 5


def test_a_sentence_begins_with_a_capital() -> None:
    assert sentence("øvebane") == "Øvebane"


@pytest.mark.parametrize(("page", "expected"), [(1, [1, 2, None, 9]), (5, [1, None, 4, 5, 6, None, 9])])
def test_pages_far_away_are_left_out(page: int, expected: list[int | None]) -> None:
    assert page_window(Paginator(range(90), 10).page(page)) == expected
