"""Objects and forms of the pages before and during a visit; beside tests.access_addresses."""

import uuid
from collections.abc import Callable
from typing import Any

from observations.queries import preparation_of
from tests.world import Place

OBJECTS: dict[str, Callable[[Place], Any]] = {
    "observations:visit_focus": lambda place: place.coming_visit,
    "observations:status_sheet": lambda place: place.coming_visit,
    "observations:status_sheet_pdf": lambda place: place.coming_visit,
    "observations:visit_run": lambda place: place.todays_visit,
    "observations:visit_run_state": lambda place: place.todays_visit,
    "observations:line_write": lambda place: place.todays_visit,
    "observations:line_edit": lambda place: place.todays_visit,
    "observations:line_delete": lambda place: place.todays_visit,
    "observations:private_note_write": lambda place: place.todays_visit,
    "observations:counts_write": lambda place: place.todays_visit,
}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "observations:visit_focus": lambda place: {
        "first": "Hvem kommer til orde?",
        "version": preparation_of(place.coming_visit).version,
    },
    "observations:line_write": lambda place: {"key": uuid.uuid4(), "text": "Tre spurgte, ingen svarede straks."},
    "observations:line_edit": lambda place: {
        "key": place.todays_visit.lines.all()[0].pk,
        "text": "Rammesætningen tog 11 minutter.",
        "version": 0,
    },
    "observations:line_delete": lambda place: {"key": place.todays_visit.lines.all()[0].pk},
    "observations:private_note_write": lambda place: {"note": "Husk at spørge til pausen.", "version": 0},
    "observations:counts_write": lambda place: {"label_0": "Tjek ind", "minutes_0": 4, "questions": 12},
}
