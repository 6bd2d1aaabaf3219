"""Two planners at once, or a planner and a person, each in a transaction of its own."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from learningcycle.actions import move_meeting, plan, plan_ahead
from learningcycle.models import Meeting
from slf_portal.common.dates import at
from slf_portal.common.errors import StaleFormError
from tests.builders import make_closure, make_person, make_rhythm, make_team

TODAY = dt.date(2026, 11, 24)
PLANNERS = 2
SECONDS = 30


def at_once(act: Callable[[], object]) -> None:
    """Carry it out in two threads; an error in either is raised here."""

    with ThreadPoolExecutor(PLANNERS) as pool:
        for done in [pool.submit(alone, act) for _ in range(PLANNERS)]:
            done.result()


def alone(act: Callable[[], object]) -> None:
    try:
        act()
    finally:
        connection.close()


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


@pytest.mark.django_db(transaction=True)
def test_a_person_who_moves_the_meeting_meanwhile_is_told_and_not_overruled(
    tuesday: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_rhythm(make_team())
    plan_ahead(today=tuesday)
    make_closure(dt.date(2026, 12, 8), dt.date(2026, 12, 9))
    december, person, day = Meeting.objects.get(period=dt.date(2026, 12, 1)), make_person(), dt.date(2026, 12, 10)
    original, moves = plan._existing, list[Future[None]]()

    def move() -> None:
        times = {"starts_at": at(day, dt.time(10)), "ends_at": at(day, dt.time(11))}
        move_meeting(by=person, meeting=december, in_own_calendar=True, version=0, **times)

    with ThreadPoolExecutor(1) as pool:

        def existing(today: dt.date) -> Any:
            found = original(today)
            moves.append(pool.submit(alone, move))
            # She waits for the plan; without its lock on the rows she would be done by now.
            wait(moves, timeout=1)
            return found

        monkeypatch.setattr(plan, "_existing", existing)
        plan_ahead(today=tuesday)

    assert isinstance(moves[0].exception(), StaleFormError)
    december.refresh_from_db()
    assert (december.on, december.changed_by_person) == (dt.date(2026, 12, 15), False)
