"""When a person cannot visit. Why is nobody's business and is not asked."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from observations.actions.bookings import hold, lock_people
from observations.models import Absence
from observations.queries import claim_of_absence
from observations.rules import Span
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked


def add_absence(*, by: User, span: Span, token: uuid.UUID | None = None) -> Absence:
    """Be away then. Raises RefusedError, and TakenError with the visits that are planned then."""
    if span.ends_at <= timezone.now():
        raise RefusedError(_("That time has passed."))
    absence = Absence(person=by, starts_at=span.starts_at, ends_at=span.ends_at)
    with change(by=by, verb="add absence", token=token):
        lock_people([by.pk])
        save_checked(absence)
        hold(absence, claim_of_absence(absence))
    return absence


def remove_absence(*, by: User, absence: Absence) -> None:
    """Be there after all. The time that was held goes with it."""
    with change(by=by, verb="remove absence"):
        absence.delete()
