"""What was written is deleted thirty days after the visit is closed, and nothing of it is in the history."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from observations.actions import forget_lines
from observations.enums import RecordState
from observations.models import PrivateNote, Visit, VisitCount, VisitFocus, VisitLine, VisitRecord
from observations.tasks import forget
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_visit
from tests.visit_lines_world import make_line

CLOSED_AT = at(dt.date(2026, 10, 1), dt.time(12))
DAYS = dt.timedelta(days=30)


@pytest.fixture
def visit(tuesday: dt.date, team: Team, visitor: User) -> Visit:
    visit = make_visit(team, visitor, dt.date(2026, 10, 1))
    focus = VisitFocus.objects.create(visit=visit, position=1, text="Tempoet")
    make_line(visit, "De ventede.", focus=focus)
    PrivateNote.objects.create(visit=visit, author=visitor, text="Jeg var træt.")
    VisitCount.objects.create(visit=visit, label="Tjek ind", minutes=4)
    VisitRecord.objects.create(visit=visit, state=RecordState.CLOSED, closed_at=CLOSED_AT, kept="Vi venter.")
    return visit


def left() -> list[int]:
    return [model.objects.count() for model in (VisitLine, PrivateNote, VisitCount)]


@pytest.mark.parametrize(
    ("now", "stays"),
    [(CLOSED_AT + DAYS - dt.timedelta(seconds=1), [1, 1, 1]), (CLOSED_AT + DAYS, [0, 0, 0])],
)
def test_lines_are_forgotten_on_the_day(visit: Visit, now: dt.datetime, stays: list[int]) -> None:
    for _ in range(2):
        forget_lines(now=now)
        assert left() == stays
    assert (visit.foci.count(), VisitRecord.objects.get().kept) == (1, "Vi venter.")


@pytest.mark.parametrize("state", [RecordState.DRAFT, RecordState.SHARED])
def test_an_open_visit_keeps_its_lines_for_half_a_year(visit: Visit, state: RecordState) -> None:
    VisitRecord.objects.update(state=state, closed_at=None)
    ages = dt.timedelta(days=180)
    forget_lines(now=visit.starts_at + ages - dt.timedelta(seconds=1))
    assert left() == [1, 1, 1]
    forget_lines(now=visit.starts_at + ages)
    assert left() == [0, 0, 0]


def test_beat_wakes_it(visit: Visit) -> None:
    assert "observations.forget" in {tick["task"] for tick in settings.CELERY_BEAT_SCHEDULE.values()}
    forget()
    assert left() == [0, 0, 0]


def test_the_history_knows_no_word(visit: Visit) -> None:
    forget_lines(now=CLOSED_AT + DAYS)
    words = ("De ventede.", "Jeg var træt.", "Tempoet", "Vi venter.")
    events: list[Any] = [model for model in apps.get_models() if model.__name__.endswith("Event")]
    told = [str(row) for model in events for row in model.objects.values()]
    assert told
    assert [word for word in words for row in told if word in row] == []
