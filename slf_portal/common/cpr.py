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
# One way only to read a run of spaces: with two, a long one would take minutes.
_BEFORE_LAST_FOUR = rf"\s*(?:[{_DASH}]\s*)?"
# The look-ahead lets candidates overlap: digits in front of a number do not hide it.
_CANDIDATE = re.compile(
    rf"(?<!\d)(?=(\d\d){_WITHIN_DATE}(\d\d){_WITHIN_DATE}(\d\d){_BEFORE_LAST_FOUR}(\d)(\d{{3}})(?!\d))"
)
_REPLACEMENT_DAYS = 60
_LAST_DIGIT_OF_THE_1900S = 3


def contains_cpr(text: str) -> bool:
    """Whether `text` holds ten digits that can be a CPR number, with or without separators."""
    return bool(cpr_numbers(text))


def cpr_numbers(text: str) -> set[tuple[str, ...]]:
    """What in `text` can be CPR numbers, their digits in groups. To compare two texts with; never to be kept."""
    found = {match.groups() for match in _CANDIDATE.finditer(text)}
    return {parts for parts in found if _is_cpr(*(int(part) for part in parts[:4]))}


def _is_cpr(day: int, month: int, year: int, seventh: int) -> bool:
    # Every seventh digit gives every year some century. Which one it is matters for one day alone, 29 February 00: a
    # day of 2000, not of 1900. With 5 to 8 the years from 58 on are 1858 to 1899, with the leap years of 2058 to 2099.
    century = 1900 if seventh <= _LAST_DIGIT_OF_THE_1900S else 2000
    try:
        dt.date(century + year, month, day % _REPLACEMENT_DAYS)
    except ValueError:
        return False
    return True
