"""The items of one meeting's agenda: adding, changing, moving and taking out."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.actions.preparing import PreparingRefusedError, open_for_change, save_next_version
from learningcycle.defaults import LEAST_MINUTES, MOST_AGENDA_MINUTES
from learningcycle.models import AgendaItem, Conversation, Meeting
from learningcycle.queries import written_items
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked


class AgendaLengthError(PreparingRefusedError):
    """The whole agenda would be too short or too long."""

    field = "minutes"


def add_item(
    *,
    by: User,
    meeting: Meeting,
    title: str,
    question: str,
    minutes: int,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> AgendaItem:
    """Put an item last on the meeting's agenda. Raises PreparingRefusedError, and ValidationError for a CPR number."""
    _check_digits(title, question, confirmed_not_cpr=confirmed_not_cpr)
    with change(by=by, verb="add agenda item", token=token):
        row = open_for_change(by=by, meeting=meeting)
        items = locked_items(row)
        refuse_length(sum(item.minutes for item in items) + minutes)
        item = AgendaItem(conversation=row, position=len(items) + 1, title=title, question=question, minutes=minutes)
        _save(item, by=by, confirmed_not_cpr=confirmed_not_cpr)
        save_next_version(row)
    return item


def change_item(
    *,
    by: User,
    item: AgendaItem,
    title: str,
    question: str,
    minutes: int,
    version: int,
    confirmed_not_cpr: bool = False,
) -> None:
    """Say it in other words or give it other minutes. Raises as `add_item` does, and StaleFormError."""
    _check_digits(title, question, confirmed_not_cpr=confirmed_not_cpr)
    with change(by=by, verb="change agenda item"):
        row = open_for_change(by=by, meeting=item.conversation.meeting, version=version)
        items = locked_items(row)
        stored = _among(items, item)
        refuse_length(sum(other.minutes for other in items if other != stored) + minutes)
        stored.title, stored.question, stored.minutes = title, question, minutes
        _save(stored, by=by, confirmed_not_cpr=confirmed_not_cpr)
        save_next_version(row)


def move_item(*, by: User, item: AgendaItem, to: int) -> None:
    """Give the item that place on the agenda, counted from 1; the others make room."""
    with change(by=by, verb="move agenda item"):
        row = open_for_change(by=by, meeting=item.conversation.meeting)
        items = locked_items(row)
        stored = _among(items, item)
        items.remove(stored)
        items.insert(max(to, 1) - 1, stored)
        _number(items)
        save_next_version(row)


def remove_item(*, by: User, item: AgendaItem) -> None:
    """Take the item off the agenda; refused when something is written at it. Who is at it goes on to the next."""
    with change(by=by, verb="remove agenda item"):
        row = open_for_change(by=by, meeting=item.conversation.meeting)
        items = locked_items(row)
        stored = _among(items, item)
        if written_items(row.items.filter(pk=stored.pk)).exists():
            raise PreparingRefusedError(_("Something is written at the item, so it stays on the agenda."))
        place = items.index(stored)
        items.remove(stored)
        refuse_length(sum(other.minutes for other in items))
        if row.current_id == stored.pk:
            row.current, row.spent_seconds = items[min(place, len(items) - 1)], 0
            row.running_since = timezone.now() if row.running_since else None
        save_next_version(row)
        AgendaItem.objects.filter(pk=stored.pk).delete()
        _number(items)


def locked_items(row: Conversation) -> list[AgendaItem]:
    """The items in order, for one writer at a time: nobody writes at one while it is taken away."""
    return list(row.items.select_for_update())


def _among(items: list[AgendaItem], item: AgendaItem) -> AgendaItem:
    for stored in items:
        if stored.pk == item.pk:
            return stored
    raise PreparingRefusedError(_("The item is no longer on the agenda."))


def _number(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])


def _save(item: AgendaItem, *, by: User, confirmed_not_cpr: bool) -> None:
    if confirmed_not_cpr:
        note_text_override(by=by, place="learningcycle.AgendaItem.question")
    # The digits were looked at: what is written at the item is not asked about again.
    save_checked(item, columns=None if item._state.adding else ("title", "question", "minutes"), confirmed_not_cpr=True)


def refuse_length(minutes: int) -> None:
    if minutes < LEAST_MINUTES:
        raise AgendaLengthError(
            _("The whole agenda would take %(minutes)d minutes. It takes at least %(least)d.")
            % {"minutes": minutes, "least": LEAST_MINUTES}
        )
    if minutes > MOST_AGENDA_MINUTES:
        raise AgendaLengthError(
            _("The whole agenda would take %(minutes)d minutes. It takes at most %(most)d.")
            % {"minutes": minutes, "most": MOST_AGENDA_MINUTES}
        )


def _check_digits(*texts: str, confirmed_not_cpr: bool) -> None:
    if not confirmed_not_cpr:
        refuse_cpr("\n".join(texts))
