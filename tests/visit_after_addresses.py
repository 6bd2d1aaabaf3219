"""Objects and forms of the pages that come after a visit; beside tests.access_addresses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from observations.queries import asked_questions
from slf_portal.common.dates import today
from tests.world import Place

OBJECTS: dict[str, Callable[[Place], Any]] = {
    "observations:visit_evaluate": lambda place: place.evaluated_visit,
    "observations:visit_answer": lambda place: place.evaluated_visit,
    "observations:visit_answers": lambda place: place.evaluated_visit,
    "observations:visit_share": lambda place: place.evaluated_visit,
    "observations:visit_close": lambda place: place.shared_visit,
    "observations:visit_open_again": lambda place: place.closed_visit,
    "observations:visit_paper": lambda place: place.shared_visit,
    "observations:visit_pdf": lambda place: place.shared_visit,
}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "observations:visit_evaluate": lambda place: {
        "kept": "Vi spørger, før vi svarer.",
        "was_kept": "Vi venter, før vi svarer.",
        "step": "Vi prøver en runde.",
        "step_owner": place.visitor.pk,
        "step_by": today() + dt.timedelta(days=9),
    },
    "observations:visit_answer": lambda place: {
        f"answer_{question.pk}": "Vi lyttede." for question in asked_questions()
    },
    "observations:visit_share": lambda place: {"version": 0},
    "observations:visit_close": lambda place: {"version": 0},
    "observations:visit_open_again": lambda place: {"version": 0, "why": "Et tidspunkt var forkert."},
}
