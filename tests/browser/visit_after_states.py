"""The pages that come after a visit, in the states they can be in; beside tests.browser.states."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from observations.queries import asked_questions
from slf_portal.common.dates import today
from tests.browser.state import CPR, State
from tests.visit_after_world import AFTER
from tests.world import Place

NEXT_WEEK = (today() + dt.timedelta(days=7)).isoformat()


def after_visits(place: Place) -> Iterator[State]:
    """For the team: before its day, shared and closed; refused texts, and a colleague who was first."""
    for visit in (*(getattr(place, name) for name in AFTER), place.held_visit, place.passed_visit):
        yield State(reverse("observations:visit_detail", args=[visit.pk]))
    evaluate = reverse("observations:visit_evaluate", args=[place.evaluated_visit.pk])
    yield State(evaluate, {"kept": CPR, "was_kept": "", "step": "Vi prøver.", "step_by": ""})
    yield State(
        evaluate, {"kept": "Mine ord.", "was_kept": "Det stod der.", "step": "Vi prøver.", "step_by": NEXT_WEEK}
    )


def answers_after_visits(place: Place) -> Iterator[State]:
    """For a member: a refused answer."""
    answer = reverse("observations:visit_answer", args=[place.evaluated_visit.pk])
    yield State(answer, {f"answer_{question.pk}": CPR for question in asked_questions()})


def sharing_visits(place: Place) -> Iterator[State]:
    """For the visitor: an old page, no reason, and what she evaluates before anybody wrote."""
    yield State(reverse("observations:visit_evaluate", args=[place.passed_visit.pk]))
    yield State(reverse("observations:visit_share", args=[place.evaluated_visit.pk]), {"version": "99"})
    yield State(reverse("observations:visit_open_again", args=[place.closed_visit.pk]), {"version": "0", "why": ""})
