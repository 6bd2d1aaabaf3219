"""Two planners at once, each in a transaction of its own: every meeting is planned and moved once."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from learningcycle.actions import plan, plan_ahead
from learningcycle.models import Meeting
from tests.builders import make_closure, make_rhythm, make_team

TODAY = dt.date(2026, 11, 24)
PLANNERS = 2
SECONDS = 30


def at_once(act: Callable[[], object]) -> None:
    """Carry it out in two threads; an error in either is raised here."""

    def alone() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(PLANNERS) as pool:
        for done in [pool.submit(alone) for _ in range(PLANNERS)]:
            done.result()


def meet_after(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let both planners finish the step before either goes on."""
    barrier, original = Barrier(PLANNERS, timeout=SECONDS), getattr(plan, step)

    def wait(*args: Any) -> Any:
        result = original(*args)
        barrier.wait()
        return result

    monkeypatch.setattr(plan, step, wait)


@pytest.mark.django_db(transaction=True)
def test_two_planners_that_both_find_nothing_plan_each_meeting_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make_rhythm(make_team())
    meet_after(monkeypatch, "_taken")

    at_once(lambda: plan_ahead(today=TODAY))
    assert Meeting.objects.count() == 9
    assert Meeting.objects.values("rhythm", "period").distinct().count() == 9


@pytest.mark.django_db(transaction=True)
def test_two_planners_that_both_see_a_closed_day_move_the_meeting_once(monkeypatch: pytest.MonkeyPatch) -> None:
    make_rhythm(make_team())
    plan_ahead(today=TODAY)
    make_closure(dt.date(2026, 12, 8), dt.date(2026, 12, 9))
    meet_after(monkeypatch, "_plan")

    at_once(lambda: plan_ahead(today=TODAY))
    moved = Meeting.objects.get(period=dt.date(2026, 12, 1))
    assert (moved.on, moved.sequence, moved.version) == (dt.date(2026, 12, 15), 1, 1)
