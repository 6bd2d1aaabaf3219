"""How a promise's status is said: a sign, a word and the date that decides it."""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import month, short_day
from teams.enums import Promise, Status
from teams.rules import PromiseStatus

register = template.Library()

SIGNS = {
    Status.MET: "✓",
    Status.PLANNED: "◷",
    Status.SOON: "◔",
    Status.OVERDUE: "→",
    Status.NOT_YET: "–",
    Status.PAUSED: "‖",
    Status.UNKNOWN: "?",
    Status.NOT_AGREED: "○",
}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What is shown of a status. `word` names it for those who do not see the sign; empty where `text` already does."""

    status: Status
    sign: str
    word: str
    text: str


@register.simple_tag
def status_mark(promise: Promise, status: PromiseStatus) -> SafeString:
    """The status as HTML. A page shows hundreds, and few differ: each is rendered once a day and language."""
    return _rendered(promise, status, today(), get_language())


@register.simple_tag
def status_line(row: Hashable) -> SafeString:
    """A team's line as HTML. An overview shows fifty, and from one look to the next few have changed."""
    return _rendered_line(row, today(), get_language())


@register.simple_tag
def status_legend() -> SafeString:
    """All eight statuses with their sign and word, in the order of the glossary, as HTML."""
    return _rendered_legend(get_language())


@lru_cache(maxsize=8)
def _rendered_legend(_language: str | None) -> SafeString:
    statuses = [StatusWords(status, SIGNS[status], "", str(status.label)) for status in Status]
    return render_to_string("components/status_legend.html", {"statuses": statuses})


@lru_cache(maxsize=4096)
def _rendered_line(row: Hashable, _day: dt.date, _language: str | None) -> SafeString:
    return render_to_string("components/status_line.html", {"row": row})


@lru_cache(maxsize=4096)
def _rendered(promise: Promise, status: PromiseStatus, _day: dt.date, _language: str | None) -> SafeString:
    return render_to_string("components/status_mark.html", {"words": status_words(promise, status)})


def status_words(promise: Promise, status: PromiseStatus) -> StatusWords:
    """The words for a promise's status, in the language in force."""
    label = str(status.status.label)
    text = WORDING[status.status](promise, status)
    return StatusWords(status.status, SIGNS[status.status], label if text else "", text or label.lower())


def _met(promise: Promise, status: PromiseStatus) -> str:
    if promise is Promise.CONTRACT and status.due_on:
        return _("until %(month)s") % {"month": month(status.due_on)}
    return short_day(status.on)


def _planned(_promise: Promise, status: PromiseStatus) -> str:
    return short_day(status.on)


def _soon(promise: Promise, status: PromiseStatus) -> str:
    if promise is Promise.CONTRACT:
        return _("renew by %(day)s") % {"day": short_day(status.on)}
    return _("by %(day)s") % {"day": short_day(status.on)}


def _overdue(_promise: Promise, status: PromiseStatus) -> str:
    if status.missing_month:
        return _("none noted in %(month)s") % {"month": MONTHS[status.missing_month.month]}
    return _("since %(day)s") % {"day": short_day(status.on)}


def _not_yet(promise: Promise, status: PromiseStatus) -> str:
    # For a meeting the deciding day is the end of the month or the team's first day: neither helps the reader.
    if promise is Promise.MEETING or status.on is None:
        return ""
    return _("not before %(day)s") % {"day": short_day(status.on)}


def _only_the_word(_promise: Promise, _status: PromiseStatus) -> str:
    return ""


WORDING: dict[Status, Callable[[Promise, PromiseStatus], str]] = {
    Status.MET: _met,
    Status.PLANNED: _planned,
    Status.SOON: _soon,
    Status.OVERDUE: _overdue,
    Status.NOT_YET: _not_yet,
    Status.PAUSED: _only_the_word,
    Status.UNKNOWN: _only_the_word,
    Status.NOT_AGREED: _only_the_word,
}
