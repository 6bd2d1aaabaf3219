"""Finding Danish CPR numbers in free text.

A CPR number is six digits of a birth date and four more whose first one, with the year, gives the century
(CPR-kontoret, "Personnummeret i CPR"). Modulus 11 is not used: numbers without it have been issued since 2007.
Replacement numbers (erstatningspersonnumre) add 60 to the day.
"""

import datetime as dt
import re

# Between the pairs of the date what people write dates with, before the last four digits a space, hyphen or dash.
_DASH = r"\-\u2010-\u2015\u2212"
_WITHIN_DATE = rf"[\s./{_DASH}]?"
_BEFORE_LAST_FOUR = rf"\s*[{_DASH}]?\s*"
# The look-ahead lets candidates overlap: digits in front of a number do not hide it.
_CANDIDATE = re.compile(
    rf"(?<!\d)(?=(\d\d){_WITHIN_DATE}(\d\d){_WITHIN_DATE}(\d\d){_BEFORE_LAST_FOUR}(\d)\d{{3}}(?!\d))"
)
_REPLACEMENT_DAYS = 60
# For each seventh digit the last two-digit year of the 2000s, and the century of the years after it.
_CENTURIES = (*[(-1, 1900)] * 4, (36, 1900), *[(57, 1800)] * 4, (36, 1900))


def contains_cpr(text: str) -> bool:
    """Whether `text` holds ten digits that can be a CPR number, with or without separators."""
    return any(_is_cpr(*(int(part) for part in match.groups())) for match in _CANDIDATE.finditer(text))


def _is_cpr(day: int, month: int, year: int, seventh: int) -> bool:
    last_of_2000s, otherwise = _CENTURIES[seventh]
    century = 2000 if year <= last_of_2000s else otherwise
    try:
        dt.date(century + year, month, day - _REPLACEMENT_DAYS if day > _REPLACEMENT_DAYS else day)
    except ValueError:
        return False
    return True
