"""Agreeing before a visit on what to look at, and whether to count."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from observations.enums import VisitState
from observations.models import MOST_FOCI, Visit, VisitFocus, VisitPreparation, VisitRecord
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked


class FocusRefusedError(RefusedError):
    """The focus cannot be agreed on as asked; the message says why."""


def agree_on_focus(
    *, by: User, visit: Visit, texts: Sequence[str], may_count: bool, version: int, confirmed_not_cpr: bool = False
) -> VisitPreparation:
    """Write what the visitor is asked to look at, each in its place; an empty text takes that one out.

    Raises FocusRefusedError for a third, a cancelled visit and a closed record, and StaleFormError.
    """
    if len(texts) > MOST_FOCI:
        raise FocusRefusedError(_("A visit has at most two foci."))
    with change(by=by, verb="agree on focus"):
        preparation = _locked(visit)
        refuse_stale(stored=preparation.version, shown=version)
        for position, text in enumerate(texts, start=1):
            _write(visit, position, text.strip(), confirmed_not_cpr=confirmed_not_cpr)
        preparation.may_count = may_count
        preparation.version += 1
        save_checked(preparation)
        if confirmed_not_cpr:
            note_text_override(by=by, place="observations.VisitFocus.text")
    return preparation


def _locked(visit: Visit) -> VisitPreparation:
    """What was agreed so far, for one writer at a time."""
    if Visit.objects.select_for_update().get(pk=visit.pk).state == VisitState.CANCELLED:
        raise FocusRefusedError(_("The visit is cancelled."))
    record = VisitRecord.objects.filter(visit=visit).first()
    if record is not None and record.is_closed:
        raise FocusRefusedError(_("The visit is closed."))
    return VisitPreparation.objects.filter(visit=visit).first() or VisitPreparation(visit=visit)


def _write(visit: Visit, position: int, text: str, *, confirmed_not_cpr: bool) -> None:
    focus = VisitFocus.objects.filter(visit=visit, position=position).first()
    if not text:
        if focus is not None:
            focus.delete()
        return
    focus = focus or VisitFocus(visit=visit, position=position)
    if focus.text != text:
        focus.text = text
        save_checked(focus, confirmed_not_cpr=confirmed_not_cpr)
