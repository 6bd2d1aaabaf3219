"""What people do with visits: what is done, what is refused and why, and what the history says of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps

from observations.actions import (
    TakenError,
    VisitRefusedError,
    book_visit,
    cancel_visit,
    mark_visit_held,
    move_visit,
    unmark_visit_held,
)
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.common.errors import AlreadyDoneError, StaleFormError
from teams.models import Team
from tests.builders import make_resource_person, make_team, make_visit

WHY = "Jeg er blevet syg."
YESTERDAY, TODAY, TOMORROW = dt.date(2026, 11, 23), dt.date(2026, 11, 24), dt.date(2026, 11, 25)
PLANNED, HELD, CANCELLED = VisitState.PLANNED, VisitState.HELD, VisitState.CANCELLED


@pytest.fixture
def visited(db: None, tuesday: dt.date) -> Team:
    return make_team()


@pytest.fixture
def by(visited: Team) -> User:
    return make_resource_person(visited)


@pytest.fixture
def visit(visited: Team, by: User) -> Visit:
    """Planned for tomorrow at ten."""
    return make_visit(visited, by, TOMORROW)


@pytest.fixture
def todays(visited: Team, by: User) -> Visit:
    return make_visit(visited, by, TODAY)


@pytest.fixture
def plan(visited: Team, by: User) -> Callable[..., Visit]:
    return partial(book_visit, by=by, team=visited, visitor=by)


@pytest.fixture
def move(visit: Visit, by: User) -> Callable[..., Visit]:
    return partial(move_visit, by=by, visit=visit, visitor=by, version=visit.version)


def an_hour(on: dt.date, hour: int) -> dict[str, Any]:
    return {"starts_at": at(on, dt.time(hour)), "ends_at": at(on, dt.time(hour + 1))}


def history(visit: Visit) -> list[tuple[str, int | None, str]]:
    """Of the visit's changes, in order: what the database did, who asked for it and what she called it."""
    events: Any = apps.get_model("observations", "VisitEvent")
    rows = events.objects.filter(pgh_obj_id=visit.pk).order_by("pgh_id").select_related("pgh_context")
    return [
        (row.pgh_label, row.pgh_context.metadata["person"], row.pgh_context.metadata["verb"])
        for row in rows
        if row.pgh_context
    ]


@pytest.mark.parametrize("on", [TODAY, TOMORROW])
def test_a_visit_is_planned(plan: Callable[..., Visit], by: User, on: dt.date) -> None:
    visit = plan(**an_hour(on, 0))

    visit.refresh_from_db()
    assert (visit.state, visit.on, visit.visitor, visit.is_evaluated) == (PLANNED, on, by, False)
    assert (visit.sequence, visit.version) == (0, 1)
    assert history(visit) == [("insert", by.pk, "book visit")]


def test_a_day_that_has_passed_is_refused(plan: Callable[..., Visit]) -> None:
    with pytest.raises(VisitRefusedError):
        plan(**an_hour(YESTERDAY, 22))
    assert not Visit.objects.exists()


def test_nobody_visits_after_her_role_has_ended(
    plan: Callable[..., Visit], move: Callable[..., Visit], visit: Visit, by: User
) -> None:
    by.resource_person_rows.update(ends_on=TOMORROW)
    for ask in (plan, move):
        with pytest.raises(VisitRefusedError, match="besøger ikke teamet onsdag"):
            ask(**an_hour(TOMORROW, 14))
        ask(**an_hour(TODAY, 14 if ask == plan else 16))


def test_a_second_visit_at_the_same_time_is_refused(plan: Callable[..., Visit], visited: Team) -> None:
    first = plan(**an_hour(TOMORROW, 9))
    with pytest.raises(TakenError):
        plan(**an_hour(TOMORROW, 9), visitor=make_resource_person(visited, name="Kaja Kollega"))
    assert list(Visit.objects.all()) == [first]


def test_the_time_of_a_cancelled_visit_is_free(plan: Callable[..., Visit], visit: Visit, by: User) -> None:
    cancel_visit(by=by, visit=visit, reason=WHY)
    assert plan(**an_hour(TOMORROW, 10)).state == PLANNED


def test_a_visit_that_ends_before_it_begins_is_refused(plan: Callable[..., Visit]) -> None:
    with pytest.raises(VisitRefusedError):
        plan(starts_at=at(TOMORROW, dt.time(10)), ends_at=at(TOMORROW, dt.time(10)))
    assert not Visit.objects.exists()


def test_the_same_form_sent_twice_plans_once(plan: Callable[..., Visit]) -> None:
    token = uuid.uuid4()
    plan(**an_hour(TOMORROW, 9), token=token)
    with pytest.raises(AlreadyDoneError):
        plan(**an_hour(TOMORROW, 11), token=token)
    assert Visit.objects.count() == 1


def test_a_visit_is_moved_and_handed_over(move: Callable[..., Visit], visit: Visit, by: User) -> None:
    colleague = make_resource_person(visit.team, name="Kaja Kollega")
    move(**an_hour(TODAY, 14), visitor=colleague)

    visit.refresh_from_db()
    assert (visit.starts_at, visit.ends_at) == (at(TODAY, dt.time(14)), at(TODAY, dt.time(15)))
    assert (visit.visitor, visit.sequence, visit.version) == (colleague, 1, 1)
    assert history(visit) == [("update", by.pk, "move visit")]


def test_a_move_seen_from_an_old_page_is_refused(move: Callable[..., Visit], visit: Visit) -> None:
    move(**an_hour(TOMORROW, 14))
    with pytest.raises(StaleFormError) as refusal:
        move(**an_hour(TOMORROW, 15))
    visit.refresh_from_db()
    assert (refusal.value.stored, visit.starts_at) == (1, at(TOMORROW, dt.time(14)))


def test_a_move_to_a_day_that_has_passed_is_refused(move: Callable[..., Visit], visit: Visit) -> None:
    with pytest.raises(VisitRefusedError):
        move(**an_hour(YESTERDAY, 22))
    visit.refresh_from_db()
    assert visit.on == TOMORROW


def test_a_move_onto_another_visit_is_refused(move: Callable[..., Visit], visit: Visit, todays: Visit) -> None:
    with pytest.raises(TakenError):
        move(**an_hour(TODAY, 10))
    visit.refresh_from_db()
    assert visit.on == TOMORROW


@pytest.mark.parametrize("state", [HELD, CANCELLED])
def test_only_a_planned_visit_is_moved(move: Callable[..., Visit], visit: Visit, state: VisitState) -> None:
    Visit.objects.update(state=state)
    with pytest.raises(VisitRefusedError):
        move(**an_hour(TOMORROW, 14))


def test_a_visit_is_cancelled_once(visit: Visit, by: User) -> None:
    cancelled = [cancel_visit(by=by, visit=visit, reason=WHY) for _ in range(2)][-1]

    assert (cancelled.state, cancelled.sequence) == (CANCELLED, 1)
    assert history(visit) == [("update", by.pk, "cancel visit")]


def test_a_held_visit_is_not_cancelled(visit: Visit, by: User) -> None:
    Visit.objects.update(state=HELD)
    with pytest.raises(VisitRefusedError):
        cancel_visit(by=by, visit=visit, reason=WHY)


def test_a_visit_was_held_and_it_can_be_corrected_and_taken_back(todays: Visit, by: User) -> None:
    held = mark_visit_held(by=by, visit=todays, is_evaluated=False)
    assert (held.state, held.is_evaluated) == (HELD, False)

    corrected = mark_visit_held(by=by, visit=todays, is_evaluated=True)
    assert (corrected.state, corrected.is_evaluated) == (HELD, True)

    taken_back = unmark_visit_held(by=by, visit=todays)
    assert (taken_back.state, taken_back.is_evaluated) == (PLANNED, False)
    assert history(todays) == [
        *[("update", by.pk, "mark visit held")] * 2,
        ("update", by.pk, "take back visit held"),
    ]


def test_a_visit_to_come_has_not_been_held(visit: Visit, by: User) -> None:
    with pytest.raises(VisitRefusedError):
        mark_visit_held(by=by, visit=visit, is_evaluated=True)
    visit.refresh_from_db()
    assert visit.state == PLANNED


def test_a_visit_that_was_moved_ahead_meanwhile_has_not_been_held(todays: Visit, by: User) -> None:
    seen_before = Visit.objects.get(pk=todays.pk)
    move_visit(by=by, visit=todays, visitor=by, version=0, **an_hour(TOMORROW, 10))
    with pytest.raises(VisitRefusedError):
        mark_visit_held(by=by, visit=seen_before, is_evaluated=True)


def test_a_cancelled_visit_was_not_held(todays: Visit, by: User) -> None:
    cancel_visit(by=by, visit=todays, reason=WHY)
    with pytest.raises(VisitRefusedError):
        mark_visit_held(by=by, visit=todays, is_evaluated=True)


def test_there_is_nothing_to_take_back_of_a_planned_visit(todays: Visit, by: User) -> None:
    assert unmark_visit_held(by=by, visit=todays).version == 0
    assert history(todays) == []
