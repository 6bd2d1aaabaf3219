"""Planning, moving, cancelling and noting visits."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, refuse_stale
from slf_portal.common.dates import start_of_day, today
from slf_portal.common.errors import RefusedError
from teams.models import Team


class VisitRefusedError(RefusedError):
    """The visit cannot be as asked; the message says why."""


def plan_visit(
    *,
    by: User,
    team: Team,
    visitor: User,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    token: uuid.UUID | None = None,
) -> Visit:
    """Plan a visit that is still to come. Raises VisitRefusedError."""
    _refuse_past(starts_at)
    visit = Visit(team=team, visitor=visitor, starts_at=starts_at, ends_at=ends_at)
    with change(by=by, verb="plan visit", token=token):
        _save(visit)
    return visit


def move_visit(
    *, by: User, visit: Visit, visitor: User, starts_at: dt.datetime, ends_at: dt.datetime, version: int
) -> Visit:
    """Move a planned visit or hand it to another visitor. Raises VisitRefusedError, StaleFormError."""
    _refuse_past(starts_at)
    with change(by=by, verb="move visit"):
        visit = _locked(visit)
        refuse_stale(stored=visit.version, shown=version)
        _refuse_unless_planned(visit)
        visit.starts_at, visit.ends_at, visit.visitor = starts_at, ends_at, visitor
        visit.sequence += 1
        _save(visit)
    return visit


def cancel_visit(*, by: User, visit: Visit) -> Visit:
    """Cancel a planned visit. Cancelling twice changes nothing."""
    with change(by=by, verb="cancel visit"):
        visit = _locked(visit)
        if visit.state == VisitState.CANCELLED:
            return visit
        _refuse_unless_planned(visit)
        visit.state = VisitState.CANCELLED
        visit.sequence += 1
        _save(visit)
    return visit


def mark_visit_held(*, by: User, visit: Visit, is_evaluated: bool) -> Visit:
    """Say that the visit was held, and whether the conversation was evaluated; can be said again to correct it."""
    with change(by=by, verb="mark visit held"):
        visit = _locked(visit)
        if visit.on > today():
            raise VisitRefusedError(_("The visit has not been held yet."))
        if visit.state == VisitState.CANCELLED:
            raise VisitRefusedError(_("The visit is cancelled."))
        visit.state, visit.is_evaluated = VisitState.HELD, is_evaluated
        _save(visit)
    return visit


def unmark_visit_held(*, by: User, visit: Visit) -> Visit:
    """Take back that the visit was held."""
    with change(by=by, verb="take back visit held"):
        visit = _locked(visit)
        if visit.state != VisitState.HELD:
            return visit
        visit.state, visit.is_evaluated = VisitState.PLANNED, False
        _save(visit)
    return visit


def _refuse_past(starts_at: dt.datetime) -> None:
    if starts_at < start_of_day(today()):
        raise VisitRefusedError(_("Choose a day that has not passed."))


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update().get(pk=visit.pk)


def _refuse_unless_planned(visit: Visit) -> None:
    if not visit.is_planned:
        raise VisitRefusedError(_("The visit is no longer planned."))


def _save(visit: Visit) -> None:
    visit.version += 1
    try:
        visit.full_clean()
    except ValidationError as error:
        raise VisitRefusedError(" ".join(error.messages)) from error
    visit.save()
