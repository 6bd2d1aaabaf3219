"""Asking the learning partner for sparring, and answering."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from teams.models import SupportRequest, Unit


class SupportRefusedError(RefusedError):
    """The request cannot be answered that way; the message says why."""


def ask_support(
    *, by: User, unit: Unit, text: str, confirmed_not_cpr: bool = False, token: uuid.UUID | None = None
) -> SupportRequest:
    """Ask in one sentence. Raises ValidationError when the text seems to hold a CPR number nobody explained."""
    if not confirmed_not_cpr:
        refuse_cpr(text)
    with change(by=by, verb="ask for sparring", token=token):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.SupportRequest.text")
        return SupportRequest.objects.create(unit=unit, asked_by=by, text=text)


def take_support(*, by: User, request: SupportRequest) -> None:
    """A learning partner says "I take it". Raises SupportRefusedError when a colleague was first."""
    with change(by=by, verb="take request for sparring"):
        request = SupportRequest.objects.select_for_update().get(pk=request.pk)
        if request.taken_by_id == by.pk:
            return
        if request.taken_by_id:
            raise SupportRefusedError(_("A colleague has already taken it."))
        request.taken_by, request.taken_at = by, timezone.now()
        request.save()


def close_support(*, by: User, request: SupportRequest) -> None:
    """The request has been met."""
    with change(by=by, verb="close request for sparring"):
        request = SupportRequest.objects.select_for_update().get(pk=request.pk)
        if request.closed_at is None:
            request.closed_at = timezone.now()
            request.save()
