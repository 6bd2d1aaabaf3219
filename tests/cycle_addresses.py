"""Objects and forms of the pages of meetings, learning cycles and templates; beside tests.access_addresses."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from learningcycle.forms import TemplateForm, seal
from learningcycle.importers import CalendarFile, FoundSeries
from learningcycle.models import AgendaItem, Cycle, MethodTemplate, Snag
from learningcycle.queries import latest_version, words_of
from learningcycle.rules import Span
from slf_portal.common.dates import at, today
from teams.models import Team
from tests.cycle_world import WRITTEN_IN_SILENCE
from tests.world import (
    Place,
    open_day,
)

_TIMES = {"on": today() + dt.timedelta(days=9), "begins": "13:00", "ends": "14:00"}
_RHYTHM = {"nth": 1, "weekday": 3, "begins": "13:00", "ends": "14:00"}
_SERIES = {"kind": "other", "every": "2", "first_on": open_day(9), "begins": "13:00", "ends": "14:00"}

_AGREED = {"text": "Vi prøver en ny dagsorden.", "due_on": today() + dt.timedelta(days=9)}


OBJECTS: dict[str, Callable[[Place], Any]] = {
    "learningcycle:cycle_list": lambda place: place.team,
    "learningcycle:cycle_begin": lambda place: place.team,
    "learningcycle:cycle_detail": lambda place: place.cycle,
    "learningcycle:cycle_edit": lambda place: place.cycle,
    "learningcycle:cycle_phase": lambda place: place.cycle,
    "learningcycle:cycle_keep": lambda place: place.cycle,
    "learningcycle:cycle_close": lambda place: place.cycle,
    "learningcycle:cycle_reopen": lambda place: place.closed_cycle,
    "learningcycle:cycle_entry_add": lambda place: place.cycle,
    "learningcycle:cycle_entry_edit": lambda place: (place.cycle, place.cycle.entries.all()[0]),
    "learningcycle:cycle_entry_remove": lambda place: (place.cycle, place.cycle.entries.all()[0]),
    "learningcycle:cycle_action_add": lambda place: place.cycle,
    "learningcycle:meeting_plan": lambda place: place.team,
    "learningcycle:meeting_log": lambda place: place.team,
    "learningcycle:meeting_detail": lambda place: place.prepared_meeting,
    "learningcycle:meeting_prepare": lambda place: place.prepared_meeting,
    "learningcycle:meeting_attendance": lambda place: place.closed_meeting,
    "learningcycle:agenda_item_add": lambda place: place.prepared_meeting,
    "learningcycle:agenda_item_edit": lambda place: place.prepared_meeting.conversation.items.all()[1],
    "learningcycle:agenda_item_move": lambda place: place.prepared_meeting.conversation.items.all()[1],
    "learningcycle:agenda_item_remove": lambda place: place.prepared_meeting.conversation.items.all()[1],
    "learningcycle:meetings_import": lambda place: place.team,
    "learningcycle:gathering_series_create": lambda place: place.unit,
    "learningcycle:gathering_series_edit": lambda place: place.series,
    "learningcycle:gathering_series_end": lambda place: place.series,
    "learningcycle:gatherings_import": lambda place: place.series,
    "learningcycle:gathering_detail": lambda place: place.gathering,
    "learningcycle:gathering_move": lambda place: place.gathering,
    "learningcycle:gathering_cancel": lambda place: place.gathering,
    "learningcycle:gathering_point": lambda place: (place.gathering, place.point),
    "learningcycle:rhythm": lambda place: place.team,
    "learningcycle:rhythm_end": lambda place: place.team,
    "learningcycle:meeting_move": lambda place: place.coming_meeting,
    "learningcycle:meeting_cancel": lambda place: place.coming_meeting,
    "learningcycle:meeting_held": lambda place: place.passed_meeting,
    "learningcycle:meeting_reopen": lambda place: place.held_meeting,
    "learningcycle:meeting_run": lambda place: place.running_meeting,
    "learningcycle:meeting_begin": lambda place: place.passed_meeting,
    "learningcycle:meeting_go": lambda place: place.running_meeting,
    "learningcycle:meeting_hand_over": lambda place: place.running_meeting,
    "learningcycle:meeting_state": lambda place: place.running_meeting,
    "learningcycle:item_write": lambda place: item_of(place, 0),
    "learningcycle:item_silence": lambda place: item_of(place, 0),
    "learningcycle:silent_write": lambda place: item_of(place, WRITTEN_IN_SILENCE),
    "learningcycle:template_detail": lambda place: place.template,
    "learningcycle:template_copy": lambda place: place.template,
    "learningcycle:template_edit": lambda place: place.template,
    "learningcycle:template_offer": lambda place: place.template,
    "learningcycle:meeting_close": lambda place: place.running_meeting,
    "learningcycle:minutes": lambda place: place.closed_meeting,
    "learningcycle:minutes_print": lambda place: place.closed_meeting,
    "learningcycle:minutes_pdf": lambda place: place.closed_meeting,
    "learningcycle:minutes_docx": lambda place: place.closed_meeting,
    "learningcycle:minutes_reopen": lambda place: place.closed_meeting,
    "learningcycle:minutes_list": lambda place: place.team,
    "learningcycle:meeting_sheet": lambda place: place.prepared_meeting,
    "learningcycle:meeting_sheet_pdf": lambda place: place.coming_meeting,
    "learningcycle:snag_bring": lambda place: newest_snag(place.team),
    "learningcycle:snag_throw_away": lambda place: newest_snag(place.team),
}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "learningcycle:cycle_begin": lambda place: {
        "title": "Rolige overgange",
        "focus": "Hvad gør vi, når vi skifter rum?",
        "template": place.cycle.version_used.pk,
    },
    "learningcycle:cycle_edit": lambda place: cycle_form(place.cycle, evaluation="Flere svarede."),
    "learningcycle:cycle_phase": lambda place: {"to": 4},
    "learningcycle:cycle_close": lambda place: {"learning": "Ro smitter.", "decision": "keep", "is_shared": "on"},
    "learningcycle:cycle_entry_add": lambda place: {"kind": "log", "text": "Vi ventede til fem."},
    "learningcycle:cycle_entry_edit": lambda place: {
        "kind": "data",
        "text": "I 7 af 10 samtaler svarede de samme.",
        "was_text": place.cycle.entries.all()[0].text,
        **dict.fromkeys(("data_kind", "period", "group", "source"), ""),
    },
    "learningcycle:cycle_entry_remove": lambda place: {"version": 0},
    "learningcycle:cycle_action_add": lambda place: {**_AGREED, "owner": place.visitor.pk},
    "learningcycle:meeting_plan": lambda place: _TIMES,
    "learningcycle:meeting_move": lambda place: {**_TIMES, "version": place.coming_meeting.version},
    "learningcycle:meeting_log": lambda place: {
        "on": place.passed_meeting.on,
        "with_learning_cycle": "on",
        "trial": "Vi venter lidt længere.",
    },
    "learningcycle:meeting_prepare": lambda place: {
        "focus": "Hvem hører vi ikke?",
        "cycle": place.cycle.pk,
        "role_focus_person": place.member.pk,
        "agenda": place.prepared_meeting.conversation.agenda_id,
        "version": place.prepared_meeting.conversation.version,
    },
    "learningcycle:meeting_attendance": lambda place: {
        "here": [place.member.pk],
        "others": 1,
        "version": place.closed_meeting.conversation.version,
    },
    "learningcycle:agenda_item_add": lambda place: {"title": "Nyt fra udvalget", "minutes": 5},
    "learningcycle:agenda_item_edit": lambda place: {
        "title": "Siden sidst",
        "minutes": 6,
        "version": place.prepared_meeting.conversation.version,
    },
    "learningcycle:agenda_item_move": lambda place: {"to": 3},
    "learningcycle:meeting_held": lambda place: {"with_learning_cycle": 1},
    "learningcycle:meetings_import": lambda place: calendar_form(f"team:{place.team.pk}"),
    "learningcycle:gathering_series_create": lambda place: {**_SERIES, "people": [place.visitor.pk]},
    "learningcycle:gathering_series_edit": lambda place: {**_SERIES, "version": place.series.version},
    "learningcycle:gatherings_import": lambda place: calendar_form(f"series:{place.series.pk}"),
    "learningcycle:gathering_detail": lambda place: {"text": "Vi taler om årshjulet."},
    "learningcycle:gathering_point": lambda place: {"is_done": 0},
    "learningcycle:gathering_move": lambda place: {**_TIMES, "version": place.gathering.version},
    "learningcycle:rhythm": lambda place: _RHYTHM,
    "learningcycle:meeting_go": lambda place: {"item": item_of(place, 1).pk},
    "learningcycle:meeting_hand_over": lambda place: {"person": place.member.pk},
    "learningcycle:item_write": lambda place: {"text": "Vi er her alle, og Bo.", "version": 1},
    "learningcycle:item_silence": lambda place: {"step": "begin"},
    "learningcycle:silent_write": lambda place: {"key": uuid.uuid4(), "text": "Vi lytter for lidt."},
    "learningcycle:template_copy": lambda place: {"unit": place.unit.pk, "title": "Vores egen"},
    "learningcycle:template_edit": lambda place: template_form(
        place.template, title_1="Siden vi sås", source="Vores egen idé"
    ),
    "learningcycle:meeting_close": lambda place: {
        "what_1": "Vi tæller til fem.",
        "who_1": place.visitor.pk,
        "by_1": today() + dt.timedelta(days=9),
        "next_meeting": "later",
        "next_focus_person": place.member.pk,
        "present": [place.member.pk],
        "version": place.running_meeting.conversation.version,
    },
    "learningcycle:snag_list": lambda place: {"text": "Vi når aldrig det sidste punkt."},
    "learningcycle:snag_bring": lambda place: {"meeting": place.coming_meeting.pk},
}


def item_of(place: Place, number: int) -> AgendaItem:
    """An item of the conversation that is going on, counted from zero."""
    return AgendaItem.objects.filter(conversation__meeting=place.running_meeting)[number]


def newest_snag(team: Team) -> Snag:
    """The note of something troublesome that a member wrote last: in one's own team, the one who is signed in."""
    return Snag.objects.filter(owner__membership_rows__team=team).latest("pk")


def cycle_form(cycle: Cycle, **changed: str) -> dict[str, Any]:
    """The page of the cycle as it was opened, with some of its texts written anew."""
    names = ("title", "focus", "goal", "evaluation", "learning")
    stands = {**{name: getattr(cycle, name) for name in names}, "goal_step": cycle.goal_step_id or ""}
    return {**stands, **{f"was_{name}": value for name, value in stands.items()}, **changed}


def calendar_form(about: str) -> dict[str, Any]:
    """A calendar file as it was looked at: one meeting to come, chosen."""
    begins = at(today() + dt.timedelta(days=30), dt.time(10))
    series = FoundSeries("Teammøde", (Span(begins, begins + dt.timedelta(hours=1)),))
    return {"sealed": seal(CalendarFile((series,), ()), about=about), "series": ["1"]}


def template_form(template: MethodTemplate, **changes: Any) -> dict[str, Any]:
    """The page of a template as it was opened, with those changes."""
    latest = latest_version(template)
    fields = TemplateForm(latest=latest, words=words_of(latest))
    shown = {field.html_name: field.value() for field in fields if field.value()}
    return {**shown, **changes}
