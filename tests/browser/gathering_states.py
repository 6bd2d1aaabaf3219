"""The pages of fixed meetings and of calendar files, in the states they can be in; beside tests.browser.states."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from learningcycle.forms import seal
from learningcycle.importers import CalendarFile, FoundSeries, LeftOut
from learningcycle.rules import Span
from slf_portal.common.dates import today
from tests.world import Place

# A page, and what is sent to it.
Sent = tuple[str, dict[str, Any]]
YESTERDAY = (today() - dt.timedelta(days=1)).isoformat()


def states_of_gatherings(place: Place) -> Iterator[Sent]:
    """Fixed meetings: nothing filled in, a refused text, a colleague who was first."""
    create = reverse("learningcycle:gathering_series_create", args=[place.unit.pk])
    yield (create, {"kind": "other", "every": "1", "first_on": YESTERDAY, "title": "Ring på 010190-1234."})
    edit = reverse("learningcycle:gathering_series_edit", args=[place.series.pk])
    yield (edit, {"kind": "other", "every": "1", "version": "99"})
    yield (reverse("learningcycle:gathering_detail", args=[place.gathering.pk]), {"text": "Ring på 010190-1234."})
    move = reverse("learningcycle:gathering_move", args=[place.gathering.pk])
    yield (move, {"on": YESTERDAY, "begins": "11:00", "ends": "10:00", "version": "99"})
    yield from _calendar_file(place)


def _calendar_file(place: Place) -> Iterator[Sent]:
    """No file, and what was in one: several series, what is known, closed or left out, and nothing new."""
    url = reverse("learningcycle:meetings_import", args=[place.team.pk])
    yield (url, {"token": ""})
    yield (url, {"token": "", "sealed": _sealed(place, with_news=True)})
    yield (url, {"token": "", "sealed": _sealed(place, with_news=False)})


def _sealed(place: Place, *, with_news: bool) -> str:
    known = place.coming_meeting
    both = [Span(known.starts_at, known.ends_at)]
    fresh = [Span(known.starts_at + day, known.ends_at + day) for day in map(dt.timedelta, range(1, 9))]
    series: tuple[FoundSeries, ...] = (FoundSeries("Teammøde i Nord", tuple([*both, *fresh] if with_news else both)),)
    if with_news:
        series += (FoundSeries("Temamøde", (Span(known.starts_at - dt.timedelta(hours=2), known.starts_at),)),)
    left_out = (LeftOut("Ferie", "det varer hele dagen"),) if with_news else ()
    found = CalendarFile(series, left_out, passed=3, is_cut=with_news)
    return seal(found, about=f"team:{place.team.pk}")
