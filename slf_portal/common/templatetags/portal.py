"""Dates in the portal's words, and the small things every template needs. Load it with `{% load portal %}`."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import get_language

from slf_portal.common.dates import COPENHAGEN, local_date, today

register = template.Library()

# A day further away than this is written with its year where it is abbreviated.
HALF_A_YEAR = dt.timedelta(days=183)


@register.filter
def long_day(value: dt.date | None) -> str:
    """As "tirsdag 24. november", with the year when it is not this one. Empty for no date."""
    if value is None:
        return ""
    day = _day(value)
    return _format(day, "WEEKDAY_FORMAT" if day.year == today().year else "WEEKDAY_YEAR_FORMAT")


@register.filter
def short_day(value: dt.date | None) -> str:
    """As "24. nov.", with the year when it is more than half a year away. Empty for no date."""
    if value is None:
        return ""
    day = _day(value)
    far = abs(day - today()) > HALF_A_YEAR
    if _month_is_short(day):
        return _format(day, "DATE_FORMAT" if far else "MONTH_DAY_FORMAT")
    return _format(day, "SHORT_DAY_YEAR_FORMAT" if far else "SHORT_DAY_FORMAT")


@register.filter
def month(value: dt.date | None) -> str:
    """As "november 2026". Empty for no date."""
    return "" if value is None else _format(_day(value), "YEAR_MONTH_FORMAT")


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """As "10.00", in Copenhagen. Empty for no time."""
    if value is None:
        return ""
    return time_format(value if isinstance(value, dt.time) else value.astimezone(COPENHAGEN))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """As "tirsdag 24. november kl. 10.00". Empty for no moment."""
    return "" if value is None else f"{long_day(value)} {_at(value)}"


@register.filter
def until(starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> str:
    """As "tirsdag 24. november kl. 10.00-11.00": `{{ meeting.starts_at|until:meeting.ends_at }}`."""
    if starts_at is None or ends_at is None:
        return moment(starts_at)
    same_day = local_date(starts_at) == local_date(ends_at)
    return f"{moment(starts_at)}-{clock(ends_at)}" if same_day else f"{moment(starts_at)} - {moment(ends_at)}"


@register.filter
def sentence(value: object) -> str:
    """The words with a capital first letter, as a heading has."""
    return str(capfirst(str(value)))


@register.filter
def page_window(page: Page[Any]) -> list[int | None]:
    """The page numbers to link to, None where some are left out: 1 … 4 5 6 … 12."""
    return [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


def _day(value: dt.date) -> dt.date:
    return local_date(value) if isinstance(value, dt.datetime) else value


def _format(day: dt.date, style: str) -> str:
    return _formatted(day, style, get_language())


@lru_cache(maxsize=4096)  # a page names the same few days over and over
def _formatted(day: dt.date, style: str, _language: str | None) -> str:
    return date_format(day, style)


def _at(value: dt.datetime) -> str:
    return time_format(value.astimezone(COPENHAGEN).time(), "CLOCK_FORMAT")


def _month_is_short(day: dt.date) -> bool:
    """True for a month that has no abbreviation: maj."""
    return _format(day, "b").lower() == _format(day, "F").lower()
