"""The states of the pages of meetings, learning cycles and templates; beside tests.browser.states."""

from collections.abc import Iterator

from django.urls import reverse

from learningcycle.defaults import DEFAULT_CYCLE
from tests.browser.state import CPR, TOMORROW, YESTERDAY, State
from tests.cycle_addresses import item_of, newest_snag, template_form
from tests.cycle_builders import shipped
from tests.cycle_world import SHOWN_IN_SILENCE, WRITTEN_IN_SILENCE
from tests.world import (
    Place,
)


def conversation(place: Place) -> Iterator[State]:
    """To be begun, too early, closed; at another item, in silence and after it; refused, and a colleague first."""
    page = reverse("learningcycle:meeting_run", args=[place.running_meeting.pk])
    yield State(f"{page}?punkt={item_of(place, 1).pk}")
    yield State(f"{page}?punkt={item_of(place, WRITTEN_IN_SILENCE).pk}")
    yield State(f"{page}?punkt={item_of(place, SHOWN_IN_SILENCE).pk}")
    for meeting in (place.passed_meeting, place.prepared_meeting, place.closed_meeting):
        yield State(reverse("learningcycle:meeting_run", args=[meeting.pk]))
    write = reverse("learningcycle:item_write", args=[item_of(place, 0).pk])
    yield State(page, {"text": CPR, "version": "1"}, sent_to=write)
    yield State(page, {"text": "Mine ord.", "version": "0"}, sent_to=write)


def meetings(place: Place) -> Iterator[State]:
    """A meeting in every state, and what is refused when it is logged and prepared."""
    log = reverse("learningcycle:meeting_log", args=[place.team.pk])
    yield State(log, {"on": TOMORROW, "with_learning_cycle": "on", "trial": CPR})
    for meeting in (place.coming_meeting, place.passed_meeting, place.running_meeting, place.closed_meeting):
        yield State(reverse("learningcycle:meeting_detail", args=[meeting.pk]))
    prepare = reverse("learningcycle:meeting_prepare", args=[place.prepared_meeting.pk])
    yield State(prepare, {"focus": CPR, "agenda": "0", "version": "0"})
    yield State(prepare, {"focus": "Mine ord.", "version": "99"})
    yield State(reverse("learningcycle:meeting_prepare", args=[place.coming_meeting.pk]))
    yield State(reverse("learningcycle:meeting_prepare", args=[place.running_meeting.pk]))
    add = reverse("learningcycle:agenda_item_add", args=[place.prepared_meeting.pk])
    yield State(add, {"title": CPR, "minutes": "0"})
    yield State(add, {"title": "Alt det andet", "minutes": "239"})
    here = reverse("learningcycle:meeting_attendance", args=[place.running_meeting.pk])
    yield State(here, {"others": "-1", "version": "99"})


def cycles(place: Place) -> Iterator[State]:
    """A closed one, the next one after it, refused texts, and a colleague who was first."""
    pages = ("edit", "close", "entry_add", "action_add")
    edit, close, add, action = (reverse(f"learningcycle:cycle_{page}", args=[place.cycle.pk]) for page in pages)
    closed = reverse("learningcycle:cycle_detail", args=[place.closed_cycle.pk])
    begin = reverse("learningcycle:cycle_begin", args=[place.team.pk])
    yield State(closed)
    yield State(f"{begin}?efter={place.closed_cycle.pk}")
    yield State(begin, {"title": "", "focus": CPR})
    yield State(f"{edit}?del=maal")
    yield State(f"{edit}?del=fokus", {"title": "", "focus": CPR})
    yield State(f"{edit}?del=maal", {"goal": "Mine ord.", "was_goal": "Det stod her før."})
    yield State(close, {"learning": CPR})
    yield State(f"{add}?slags=data", {"kind": "data", "text": "", "period": "x" * 81})
    yield State(f"{add}?slags=interpretation")
    entry = place.cycle.entries.all()[0]
    change = reverse("learningcycle:cycle_entry_edit", args=[place.cycle.pk, entry.pk])
    yield State(change, {"kind": "data", "text": "Mine ord.", "was_text": "Det stod her før."})
    yield State(action, {"text": "", "due_on": YESTERDAY})


def closing(place: Place) -> Iterator[State]:
    """Errors, the hint about words that may point to a child, a colleague's goal, a draft, and a filtered list."""
    close = reverse("learningcycle:meeting_close", args=[place.running_meeting.pk])
    yield State(close, {"next_meeting": "other", "next_on": YESTERDAY, "learning": CPR, "present_count": "0"})
    closing = {"what_1": "Vi taler med eleven Sofie.", "by_1": TOMORROW, "next_meeting": "later"}
    yield State(close, closing)
    yield State(close, {**closing, "hint_shown": "on", "goal": "Mit mål.", "goal_was": "Det stod her før."})
    yield State(reverse("learningcycle:meeting_close", args=[place.passed_meeting.pk]))
    yield State(reverse("learningcycle:minutes", args=[place.prepared_meeting.pk]))
    yield State(reverse("learningcycle:minutes", args=[place.running_meeting.pk]))
    yield State(reverse("learningcycle:minutes_list", args=[place.team.pk]) + f"?cycle={place.closed_cycle.pk}")


def snags(place: Place) -> Iterator[State]:
    """A refused text, a text that is too long, a meeting that is nobody's, and a sheet before anybody prepared."""
    yield State(reverse("learningcycle:snag_list"), {"text": CPR})
    yield State(reverse("learningcycle:snag_list"), {"text": "x" * 301})
    yield State(reverse("learningcycle:snag_bring", args=[newest_snag(place.team).pk]), {"meeting": ""})
    yield State(reverse("learningcycle:meeting_sheet", args=[place.coming_meeting.pk]))


def of_templates(place: Place) -> Iterator[State]:
    """A unit's own template with what was typed wrong, overtaken by a colleague, and the list narrowed."""
    yield State(reverse("learningcycle:template_list") + "?kind=cycle")
    yield State(reverse("learningcycle:template_list") + "?kind=x")
    yield State(reverse("learningcycle:template_detail", args=[shipped(DEFAULT_CYCLE).template_id]))
    yield State(reverse("learningcycle:template_copy", args=[place.template.pk]), {"unit": "", "title": CPR})
    edit = reverse("learningcycle:template_edit", args=[place.template.pk])
    wrong = {"title_1": "", "minutes_2": "0", "question_3": CPR, "title_13": "Sidst"}
    yield State(edit, template_form(place.template, **wrong))
    yield State(edit, template_form(place.template, title_1="Siden vi sås", version="99"))
