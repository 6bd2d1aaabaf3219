"""The detector of CPR numbers. Every number here is made up, and most belong to days nobody was born on."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slf_portal.common.cpr import contains_cpr


def sevenths(year: int) -> str:
    """The seventh digits of those born in `year`, as CPR-kontoret's table has them."""
    spans = {
        (1858, 1899): "5678",
        (1900, 1936): "0123",
        (1937, 1999): "012349",
        (2000, 2036): "456789",
        (2037, 2057): "5678",
    }
    return next((digits for (first, last), digits in spans.items() if first <= year <= last), "")


def can_be_cpr(digits: str) -> bool:
    """The rule again, by looking for a day of birth."""
    day, month, year, seventh = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), digits[6]
    born = (_day(century + year, month, day % 60 if day > 60 else day) for century in (1800, 1900, 2000))
    return any(seventh in sevenths(day.year) for day in born if day)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@pytest.mark.parametrize(
    "text",
    [
        "0101701234",
        "010170-1234",
        "010170 1234",
        "010170\u00a01234",
        "010170–1234",
        "010170\u22121234",
        "010170 - 1234",
        "010170  1234",
        "01 01 70 1234",
        "01.01.70-1234",
        "01-01-70-1234",
        "01/01/70-1234",
        "Barnets nummer er 010170-1234.",
        "cpr:0101701234,",
        "CPR010170-1234x",
        "Ring 89 40 20 00 om 010170-1234",
        "1234 010170-1234",
        "12-010170-1234",
        "010170-1234/311299-1234",
        "610170-1234",  # a replacement number: the day plus 60
        "910170-1234",
        "290200-4123",  # 29 February 2000
        "290296-0123",
        "290204-5123",
        "010136-4123",  # 2036
        "010157-5123",  # 2057
        "311258-5123",  # 1858
    ],
)
def test_found(text: str) -> None:
    assert contains_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vi mødtes i uge 47.",
        "89 40 20 00",
        "8940 2000",
        "89402000",
        "+45 89 40 20 00",
        "0045 89 40 20 00",
        "+4589402000",
        "24-11-2026 10:00",
        "24.11.26 kl. 10.30",
        "2026-11-24 1030",
        "320170-1234",  # no such day
        "000170-1234",
        "920170-1234",  # the highest replacement day is 91
        "011370-1234",  # no such month
        "290200-1234",  # 1900 was no leap year
        "290270-1234",
        "310470-1234",
        "10101701234",  # one digit more before
        "010170-12345",  # and after
        "010170-123",
        "01017-01234",
        "010170_1234",
        "010170:1234",
        "751054",  # an institution number
        "EAN 5798005773764",
    ],
)
def test_not_found(text: str) -> None:
    assert not contains_cpr(text)


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
@example("2902000123")
@example("2902004123")
@example("3112365123")
@example("0101374123")
@example("0101585123")
@example("6001701234")
@example("2902003123")
@example("9112999123")
def test_ten_digits(digits: str) -> None:
    assert contains_cpr(digits) == can_be_cpr(digits)


@given(
    born=st.dates(dt.date(1858, 1, 1), dt.date(2057, 12, 31)),
    plus=st.sampled_from([0, 60]),
    pick=st.integers(0, 5),
    rest=st.from_regex(r"[0-9]{3}", fullmatch=True),
    separator=st.sampled_from(["", " ", "-", "–", " - ", "\u00a0"]),
    before=st.from_regex(r"([^0-9]|[0-9]{1,4}[ -])?", fullmatch=True),
    after=st.from_regex(r"[^0-9]?", fullmatch=True),
)
def test_every_day_of_birth_is_found(
    born: dt.date, plus: int, pick: int, rest: str, separator: str, before: str, after: str
) -> None:
    digits = sevenths(born.year)
    seventh = digits[pick % len(digits)]
    assert contains_cpr(f"{before}{born.day + plus:02}{born:%m%y}{separator}{seventh}{rest}{after}")


def test_a_long_run_of_spaces_is_read_once() -> None:
    assert not contains_cpr("010190" + " " * 20_000 + "x")
    assert contains_cpr("010190" + " " * 20_000 + "-" + " " * 20_000 + "1234")
