"""Writing during a visit: lines, private notes and counts; and forgetting them when their time has come."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from observations.enums import RecordState, VisitState
from observations.models import (
    PrivateNote,
    Visit,
    VisitCount,
    VisitFocus,
    VisitLine,
    VisitPreparation,
    VisitRecord,
)
from observations.rules import plausible_moment
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.cpr import cpr_numbers
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked

# What is forgotten together.
_FORGOTTEN = (VisitLine, PrivateNote, VisitCount)


class LineRefusedError(RefusedError):
    """It cannot be written as asked; the message says why."""


class LineGoneError(LineRefusedError):
    """The line was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("The line has been deleted meanwhile."))


class TextChangedError(LineRefusedError):
    """She saved another text on another device meanwhile: `text` is what stands there now, `version` its version."""

    def __init__(self, *, text: str, version: int) -> None:
        super().__init__(_("You have changed this on another device meanwhile. Look at both texts and save again."))
        self.text, self.version = text, version


def write_line(
    *,
    by: User,
    visit: Visit,
    key: uuid.UUID,
    text: str,
    said_at: dt.datetime | None = None,
    focus: VisitFocus | None = None,
    confirmed_not_cpr: bool = False,
) -> VisitLine:
    """Write down what is seen and heard. `said_at` is the phone's own time, taken where it can be true.

    The same key again changes nothing and gives the line as it stands: the first answer was lost. Raises
    LineRefusedError before the day of the visit, when it is cancelled or closed, and for somebody else's key.
    """
    with change(by=by, verb="write line"):
        visit = _open(visit)
        line = VisitLine.objects.filter(pk=key).first()
        if line is not None:
            if (line.visit_id, line.author_id) != (visit.pk, by.pk):
                raise LineRefusedError(_("The line is another's."))
            return line
        moment = plausible_moment(said_at, on=visit.on, now=timezone.now())
        line = VisitLine(key=key, visit=visit, author=by, at=moment, text=text, focus=_of_visit(focus, visit))
        save_checked(line, confirmed_not_cpr=confirmed_not_cpr)
        if confirmed_not_cpr:
            note_text_override(by=by, place="observations.VisitLine.text")
    return line


def edit_line(
    *, by: User, visit: Visit, key: uuid.UUID, text: str, version: int, confirmed_not_cpr: bool = False
) -> VisitLine:
    """Change a line of one's own, by someone who has seen the text of that version.

    The same text again is accepted: its answer was lost. Raises TextChangedError, LineGoneError, LineRefusedError.
    """
    with change(by=by, verb="edit line"):
        _open(visit)
        line = VisitLine.objects.select_for_update().filter(pk=key, visit=visit, author=by).first()
        if line is None:
            raise LineGoneError
        if line.text == text:
            return line
        if line.version != version:
            raise TextChangedError(text=line.text, version=line.version)
        new_digits = bool(cpr_numbers(text) - cpr_numbers(line.text))
        line.text, line.version = text, version + 1
        save_checked(line, columns=["text", "version"], confirmed_not_cpr=confirmed_not_cpr or not new_digits)
        if new_digits:
            note_text_override(by=by, place="observations.VisitLine.text")
    return line


def delete_line(*, by: User, visit: Visit, key: uuid.UUID) -> None:
    """Delete a line of one's own. One that is gone already is left gone."""
    with change(by=by, verb="delete line"):
        _open(visit)
        VisitLine.objects.filter(pk=key, visit=visit, author=by).delete()


def write_private_note(
    *, by: User, visit: Visit, text: str, version: int, confirmed_not_cpr: bool = False
) -> PrivateNote:
    """Save what somebody notes for herself, having seen the text of that version. Raises TextChangedError.

    The same text again is accepted: its answer was lost.
    """
    with change(by=by, verb="write private note"):
        _open(visit)
        note = PrivateNote.objects.filter(visit=visit, author=by).first() or PrivateNote(visit=visit, author=by)
        if note.text == text:
            return note
        if note.version != version:
            raise TextChangedError(text=note.text, version=note.version)
        new_digits = bool(cpr_numbers(text) - cpr_numbers(note.text))
        note.text, note.version = text, version + 1
        save_checked(note, confirmed_not_cpr=confirmed_not_cpr or not new_digits)
        if new_digits:
            note_text_override(by=by, place="observations.PrivateNote.text")
    return note


def write_counts(*, by: User, visit: Visit, minutes: Mapping[str, int | None], questions: int | None) -> None:
    """Write how many minutes each item took and how many questions were asked; None takes it out.

    Raises LineRefusedError where nobody agreed to count.
    """
    with change(by=by, verb="write counts"):
        _open(visit)
        if not VisitPreparation.objects.filter(visit=visit, may_count=True).exists():
            raise LineRefusedError(_("Counting was not agreed on with the team."))
        for label, number in minutes.items():
            _count(visit, label, minutes=number)
        _count(visit, VisitCount.QUESTIONS, count=questions)


def forget_lines(*, now: dt.datetime) -> None:
    """Delete the lines, private notes and counts of visits closed or cancelled so many days ago. Can be said again.

    Of visits that nobody has closed too, later: whoever visited may have left, and no text waits for ever.
    """
    before = now - dt.timedelta(days=settings.VISIT_LINES_DAYS)
    forgotten = Visit.objects.filter(starts_at__lte=now - dt.timedelta(days=settings.VISIT_OPEN_LINES_DAYS))
    closed = VisitRecord.objects.filter(state=RecordState.CLOSED, closed_at__lte=before)
    cancelled = Visit.objects.filter(state=VisitState.CANCELLED, changed_at__lte=before)
    with change(by=None, verb="forget lines"):
        for model in _FORGOTTEN:
            model.objects.filter(
                Q(visit__in=closed.values("visit")) | Q(visit__in=cancelled) | Q(visit__in=forgotten)
            ).delete()


def _open(visit: Visit) -> Visit:
    """The visit, for one writer at a time, while it can be written at: from its day on, until it is closed."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.state == VisitState.CANCELLED:
        raise LineRefusedError(_("The visit is cancelled."))
    if visit.on > today():
        raise LineRefusedError(_("The visit has not come yet. You can write from the day itself."))
    record, _is_new = VisitRecord.objects.select_for_update().get_or_create(visit=visit)
    if record.is_closed:
        raise LineRefusedError(_("The visit is closed. It must be opened again before you can write."))
    return visit


def _of_visit(focus: VisitFocus | None, visit: Visit) -> VisitFocus | None:
    """The focus, while it stands: a line is worth more than what it was about."""
    return VisitFocus.objects.filter(pk=focus.pk, visit=visit).first() if focus else None


def _count(visit: Visit, label: str, **values: int | None) -> None:
    """One thing that is counted, as it is now."""
    row = VisitCount.objects.filter(visit=visit, label=label).first()
    if set(values.values()) == {None}:
        if row is not None:
            row.delete()
        return
    row = row or VisitCount(visit=visit, label=label)
    for name, value in values.items():
        setattr(row, name, value)
    save_checked(row)
