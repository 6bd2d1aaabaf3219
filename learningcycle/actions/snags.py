"""Noting something troublesome for oneself, throwing it away, and bringing it to a meeting."""

import uuid

from django.utils.translation import gettext as _

from learningcycle.actions.agenda_items import locked_items, refuse_length
from learningcycle.actions.preparing import locked_conversation, open_conversation
from learningcycle.defaults import SNAGS_MINUTES, SNAGS_TITLE
from learningcycle.enums import AgendaPart
from learningcycle.models import AgendaItem, Conversation, Meeting, Snag
from learningcycle.models.conversations import ITEM_LENGTH
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked


class SnagRefusedError(RefusedError):
    """The note cannot be brought to that meeting; the message says why."""


def note_snag(*, by: User, text: str, token: uuid.UUID | None = None) -> Snag:
    """Note it for oneself alone. Raises RefusedError.

    Digits like a CPR number are refused whatever they are: to log who explained them would be a trace of the note.
    """
    snag = Snag(owner=by, text=text)
    with change(by=by, verb="note snag", token=token):
        save_checked(snag)
    return snag


def throw_snag_away(*, by: User, snag: Snag) -> None:
    """Delete it; nothing remembers that it was there. Thrown away twice, it is still gone."""
    with change(by=by, verb="throw snag away"):
        Snag.objects.filter(pk=snag.pk, owner=by).delete()


def bring_snag(*, by: User, snag: Snag, meeting: Meeting, token: uuid.UUID | None = None) -> AgendaItem:
    """Let it be a line of the meeting's agenda instead of a note of one's own. Raises SnagRefusedError.

    Nobody's name stands by the line, nor in the history: there the portal itself changed the agenda.
    """
    with change(by=None, verb="bring snag to meeting", token=token):
        meeting = Meeting.objects.select_for_update(of=("self",)).select_related("team__unit").get(pk=meeting.pk)
        text = _taken(by, snag)
        if not meeting.is_planned:
            raise SnagRefusedError(_("The meeting is no longer planned. Choose another one."))
        conversation = locked_conversation(open_conversation(by=by, meeting=meeting))
        if conversation.is_closed:
            raise SnagRefusedError(_("The conversation of that meeting is closed. Choose another meeting."))
        item = _item_of_snags(conversation)
        item.text = f"{item.text}\n{text}" if item.text else text
        if len(item.text) > ITEM_LENGTH:
            raise SnagRefusedError(_("There is no room for more under that item. Choose another meeting."))
        item.text_version += 1
        item.save(update_fields=["text", "text_version"])
    return item


def _taken(by: User, snag: Snag) -> str:
    """Its text, when it was still there; it is there no more."""
    locked = Snag.objects.select_for_update().filter(pk=snag.pk, owner=by).first()
    if locked is None:
        raise SnagRefusedError(_("The note is gone: it was brought to a meeting or thrown away meanwhile."))
    locked.delete()
    return locked.text


def _item_of_snags(conversation: Conversation) -> AgendaItem:
    """The agenda's item for what is troublesome, locked; made before its last one where there is none."""
    items = locked_items(conversation)
    found = next((item for item in items if item.part == AgendaPart.SNAGS), None)
    if found is not None:
        return found
    refuse_length(sum(item.minutes for item in items) + SNAGS_MINUTES)
    position = 1
    if items:
        last = items[-1]
        position, last.position = last.position, last.position + 1
        last.save(update_fields=["position"])
    return AgendaItem.objects.create(
        conversation=conversation,
        position=position,
        title=SNAGS_TITLE,
        minutes=SNAGS_MINUTES,
        part=AgendaPart.SNAGS,
    )
