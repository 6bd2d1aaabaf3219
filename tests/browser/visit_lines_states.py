"""The pages before and during a visit, in the states they can be in; beside tests.browser.states."""

import uuid
from collections.abc import Iterator

from django.urls import reverse

from tests.browser.state import CPR, State
from tests.world import Place


def before_visits(place: Place) -> Iterator[State]:
    """For the team: a suggestion taken in, digits in the text, a colleague who was first."""
    focus = reverse("observations:visit_focus", args=[place.coming_visit.pk])
    yield State(focus, {"copy": "0", "first": "", "second": "", "version": "0"})
    yield State(focus, {"first": CPR, "version": "0"})
    yield State(
        reverse("observations:visit_focus", args=[place.todays_visit.pk]), {"first": "Tempoet", "version": "99"}
    )
    yield State(reverse("observations:visit_detail", args=[place.todays_visit.pk]))
    yield State(reverse("observations:status_sheet", args=[place.todays_visit.pk]))


def during_visits(place: Place) -> Iterator[State]:
    """For the visitor: what is sent without a script and refused."""
    visit = place.todays_visit
    run = reverse("observations:visit_run", args=[visit.pk])
    for name, values in (
        ("line_write", {"key": str(uuid.uuid4()), "text": CPR}),
        ("line_edit", {"key": str(visit.lines.all()[0].pk), "text": CPR, "version": "0"}),
    ):
        yield State(run, values, sent_to=reverse(f"observations:{name}", args=[visit.pk]))
