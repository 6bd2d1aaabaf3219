"""Holding a conversation: who leads it, where everybody is, and what is written at its items."""

import datetime as dt
import uuid

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learningcycle.actions.preparing import open_conversation
from learningcycle.enums import ConversationRole, MeetingState, Silence
from learningcycle.models import AgendaItem, Conversation, Meeting, RoleTaken, SilentNote
from learningcycle.queries import meeting_leader
from learningcycle.rules import seconds_at_item
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.cpr import cpr_numbers
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from teams.queries import possible_owners

_CLOSED = gettext_lazy("The conversation is closed. It can be opened again from the minutes of it.")


class ConversationRefusedError(RefusedError):
    """The conversation cannot go on as asked; the message says why."""


class NotMeetingLeaderError(ConversationRefusedError):
    """Somebody else leads the meeting."""

    def __init__(self) -> None:
        super().__init__(_("The meeting leader moves the conversation on. You can take the role over."))


class TextMovedOnError(ConversationRefusedError):
    """Someone else saved the text in between: `text` is what stands there now, `version` its version."""

    def __init__(self, *, text: str, version: int) -> None:
        super().__init__(_("Somebody else has written here meanwhile. Both texts are shown: choose how to go on."))
        self.text, self.version = text, version


def begin_conversation(*, by: User, meeting: Meeting) -> Conversation:
    """Put everybody at the first item and let the clock run. Whoever begins leads where nobody is to lead.

    Begun already, nothing is changed. Raises ConversationRefusedError before the day of the meeting.
    """
    if meeting.on > today():
        raise ConversationRefusedError(_("The meeting has not come yet. You can begin on the day itself."))
    with change(by=by, verb="begin conversation"):
        if Meeting.objects.select_for_update().get(pk=meeting.pk).state == MeetingState.CANCELLED:
            raise ConversationRefusedError(_("The meeting is cancelled."))
        conversation = _locked(open_conversation(by=by, meeting=meeting))
        if conversation.is_closed:
            raise ConversationRefusedError(_CLOSED)
        if conversation.is_begun:
            return conversation
        conversation.begun_at = timezone.now()
        if meeting_leader(conversation) is None:
            _let_lead(conversation, by)
        _move_to(conversation, conversation.items.first())
    return conversation


def go_to_item(*, by: User, conversation: Conversation, item: AgendaItem) -> Conversation:
    """Move everybody to the item, where the clock begins anew. Going where they are already changes nothing."""
    with change(by=by, verb="go to item"):
        conversation = _led(by, conversation)
        if item.conversation_id != conversation.pk:
            raise ConversationRefusedError(_("The item is no longer on the agenda."))
        if conversation.current_id != item.pk:
            _move_to(conversation, item)
    return conversation


def pause_conversation(*, by: User, conversation: Conversation) -> Conversation:
    """Stop the clock, for a break or for another day. Everything stays where it is."""
    with change(by=by, verb="pause conversation"):
        conversation = _led(by, conversation)
        conversation.spent_seconds = seconds_at_item(
            conversation.spent_seconds, conversation.running_since, timezone.now()
        )
        _set_clock(conversation, None)
    return conversation


def resume_conversation(*, by: User, conversation: Conversation) -> Conversation:
    """Let the clock go on from where it stood."""
    with change(by=by, verb="resume conversation"):
        conversation = _led(by, conversation)
        if conversation.running_since is None:
            _set_clock(conversation, timezone.now())
    return conversation


def hand_over_lead(*, by: User, conversation: Conversation, person: User) -> None:
    """Give the role of meeting leader on, or take it over. Only who has it can give it to somebody else."""
    with change(by=by, verb="hand over meeting leader"):
        conversation = _open(conversation)
        if person.pk != by.pk and not _leads(by, conversation):
            raise NotMeetingLeaderError
        if not possible_owners(conversation.meeting.team, today()).filter(pk=person.pk).exists():
            raise ConversationRefusedError(_("Choose somebody of the team."))
        _let_lead(conversation, person)


def write_item(*, by: User, item: AgendaItem, text: str, version: int, confirmed_not_cpr: bool = False) -> AgendaItem:
    """Save what is written at the item, by someone who has seen the text of that version.

    Raises TextMovedOnError, and saves nothing, when the text is of a later version; so no text that was accepted is
    ever written over by someone who has not seen it. The same text sent again is accepted: its answer was lost.
    Digits that stand there already have been explained, and are not asked about again.
    """
    with change(by=by, verb="write item"):
        item = _item_to_write(item)
        if item.text == text:
            return item
        if item.text_version != version:
            raise TextMovedOnError(text=item.text, version=item.text_version)
        new_digits = bool(cpr_numbers(text) - cpr_numbers(item.text))
        item.text, item.text_version = text, version + 1
        save_checked(item, columns=["text", "text_version"], confirmed_not_cpr=confirmed_not_cpr or not new_digits)
        if new_digits:
            note_text_override(by=by, place="learningcycle.AgendaItem.text")
    return item


def begin_silence(*, by: User, item: AgendaItem) -> None:
    """Let everyone write for herself at the item. Said again while they write, it changes nothing."""
    with change(by=by, verb="begin silent writing"):
        item = _led_item(by, item)
        if item.silence == Silence.SHOWN:
            raise ConversationRefusedError(_("What was written is shown already. Write it into the item first."))
        _set_silence(item, Silence.WRITING)


def write_silently(*, item: AgendaItem, key: uuid.UUID, text: str) -> None:
    """Keep what somebody wrote for herself; an empty text takes it back. By nobody: no history knows who it was.

    So nobody can be named who confirmed digits like a CPR number either: they are refused.
    """
    with change(by=None, verb="write silently"):
        item = _item_to_write(item)
        if item.silence != Silence.WRITING:
            raise ConversationRefusedError(_("The silent writing is over."))
        mine = SilentNote.objects.filter(key=key)
        if mine.exclude(item=item).exists():
            raise ConversationRefusedError(_("This note belongs to another item. Open the page again."))
        mine.delete()
        if text.strip():
            note = SilentNote(key=key, item=item, text=text)
            save_checked(note)


def show_silence(*, by: User, item: AgendaItem) -> None:
    """Show everybody what was written, all at once and without names."""
    with change(by=by, verb="show silent writing"):
        item = _led_item(by, item)
        if item.silence == Silence.WRITING:
            _set_silence(item, Silence.SHOWN)


def end_silence(*, by: User, item: AgendaItem) -> None:
    """Put the notes away for good. What nobody has seen yet cannot be put away unseen."""
    with change(by=by, verb="end silent writing"):
        item = _led_item(by, item)
        if item.silence == Silence.WRITING and item.silent_notes.exists():
            raise ConversationRefusedError(_("Somebody has written already. Show what was written first."))
        item.silent_notes.all().delete()
        _set_silence(item, "")


def take_in_silence(*, by: User, item: AgendaItem) -> None:
    """Write the shown notes into the item, below what stands there now, and put them away."""
    with change(by=by, verb="take in silent writing"):
        item = _item_to_write(item)
        if item.silence != Silence.SHOWN:
            raise ConversationRefusedError(_("There are no notes to write into the item."))
        _take_in(item)


def take_in_every_silence(*, by: User, conversation: Conversation) -> None:
    """Write what was written in silence into its items, shown or not: nobody can read it there when all is closed."""
    with change(by=by, verb="take in silent writing"):
        for item in conversation.items.select_for_update().exclude(silence=""):
            _take_in(item)


def _take_in(item: AgendaItem) -> None:
    """Below what stands there, for everybody to read; each note's digits were looked at when it was written."""
    notes = [f"- {note.text}" for note in item.silent_notes.all()]
    if notes:
        item.text = "\n".join([*([item.text, ""] if item.text else []), *notes])
        item.text_version += 1
        save_checked(item, columns=["text", "text_version"], confirmed_not_cpr=True)
    item.silent_notes.all().delete()
    _set_silence(item, "")


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("meeting__team")
    return rows.get(pk=conversation.pk)


def _open(conversation: Conversation) -> Conversation:
    """The conversation, locked, while it is going on: what it is asked for cannot be after it was closed."""
    conversation = _locked(conversation)
    if conversation.is_closed:
        raise ConversationRefusedError(_CLOSED)
    if not conversation.is_begun:
        raise ConversationRefusedError(_("The conversation has not begun."))
    return conversation


def _led(by: User, conversation: Conversation) -> Conversation:
    conversation = _open(conversation)
    if not _leads(by, conversation):
        raise NotMeetingLeaderError
    return conversation


def _leads(by: User, conversation: Conversation) -> bool:
    leader = meeting_leader(conversation)
    return leader is not None and leader.pk == by.pk


def _led_item(by: User, item: AgendaItem) -> AgendaItem:
    _led(by, item.conversation)
    return _locked_item(item)


def _item_to_write(item: AgendaItem) -> AgendaItem:
    _open(item.conversation)
    return _locked_item(item)


def _locked_item(item: AgendaItem) -> AgendaItem:
    """The item as it stands, for one writer at a time; always locked after its conversation."""
    found = AgendaItem.objects.select_for_update(of=("self",)).select_related("conversation").filter(pk=item.pk).first()
    if found is None:
        raise ConversationRefusedError(_("The item is no longer on the agenda."))
    return found


def _let_lead(conversation: Conversation, person: User) -> None:
    RoleTaken.objects.update_or_create(
        conversation=conversation, role=ConversationRole.MEETING_LEADER, defaults={"person": person}
    )
    # A page on which the roles were chosen before is out of date now.
    conversation.version += 1
    conversation.save(update_fields=["version"])


def _move_to(conversation: Conversation, item: AgendaItem | None) -> None:
    conversation.current, conversation.spent_seconds = item, 0
    _set_clock(conversation, timezone.now())


def _set_clock(conversation: Conversation, running_since: dt.datetime | None) -> None:
    conversation.running_since = running_since
    conversation.save(update_fields=["begun_at", "current", "running_since", "spent_seconds"])


def _set_silence(item: AgendaItem, silence: str) -> None:
    item.silence = silence
    item.save(update_fields=["silence"])
