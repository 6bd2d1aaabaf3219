"""Finding Danish CPR numbers in free text.

A CPR number is six digits of a birth date and four more whose first one, with the year, gives the century
(CPR-kontoret, "Personnummeret i CPR"). Modulus 11 is not used: numbers without it have been issued since 2007.
Replacement numbers (erstatningspersonnumre) add 60 to the day.
"""

import datetime as dt
import re

_CANDIDATE = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(?:\s?[-\u2010-\u2015\u2212]\s?|\s)?(\d)\d{3}(?!\d)")
_REPLACEMENT_DAYS = 60


def _century(*, year: int, seventh: int) -> int:
    """The century of birth from the two-digit year and the seventh digit."""
    if seventh <= 3:  # noqa: PLR2004 - the rule's own numbers
        return 1900
    if seventh in {4, 9}:
        return 2000 if year <= 36 else 1900  # noqa: PLR2004
    return 2000 if year <= 57 else 1800  # noqa: PLR2004


def contains_cpr(text: str) -> bool:
    """Whether `text` holds ten digits that can be a CPR number, with or without a separator."""
    return any(_is_cpr(*(int(part) for part in match.groups())) for match in _CANDIDATE.finditer(text))


def _is_cpr(day: int, month: int, year: int, seventh: int) -> bool:
    if day > _REPLACEMENT_DAYS:
        day -= _REPLACEMENT_DAYS
    try:
        dt.date(_century(year=year, seventh=seventh) + year, month, day)
    except ValueError:
        return False
    return True
