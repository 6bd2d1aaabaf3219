"""Sharing a visit with the team, closing it, and opening it again."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from observations.actions.evaluation import locked_record
from observations.actions.visits import mark_visit_held
from observations.enums import RecordState, VisitState
from observations.models import Visit, VisitRecord
from observations.queries import members_on
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked
from slf_portal.common.templatetags.portal import long_day
from slf_portal.notifications.actions import enqueue
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.queries import next_step

_COLUMNS = ("state", "shared_at", "closed_at", "reopened_why", "version")


class SharingRefusedError(RefusedError):
    """It cannot be shared, closed or opened as asked; the message says why."""


def share_record(*, by: User, visit: Visit, version: int) -> VisitRecord:
    """Let the members read what the visitor wrote, and tell them; the visit is held then. There is no way back.

    To share what is shared already does nothing. Raises SharingRefusedError, StaleFormError.
    """
    with change(by=by, verb="share visit"):
        visit, record = locked_record(visit)
        _refuse_cancelled(visit)
        if record.is_shared:
            return record
        if visit.on > today():
            raise SharingRefusedError(_("The visit is not until %(day)s.") % {"day": long_day(visit.on)})
        refuse_stale(stored=record.version, shown=version)
        if visit.state != VisitState.HELD:
            mark_visit_held(by=by, visit=visit, is_evaluated=False)
        record.state, record.shared_at = RecordState.SHARED, timezone.now()
        _save(record)
        _tell(visit)
    return record


def close_record(*, by: User, visit: Visit, version: int) -> VisitRecord:
    """Let nobody change it any more; what was opened again is told of anew. To close it twice changes nothing.

    Raises SharingRefusedError when it is not shared, and StaleFormError.
    """
    with change(by=by, verb="close visit"):
        visit, record = locked_record(visit)
        _refuse_cancelled(visit)
        if record.is_closed:
            return record
        if not record.is_shared:
            raise SharingRefusedError(_("Share it with the team first."))
        refuse_stale(stored=record.version, shown=version)
        record.state, record.closed_at = RecordState.CLOSED, timezone.now()
        _save(record)
        if record.reopened_why:
            _tell(visit)
    return record


def reopen_record(*, by: User, visit: Visit, why: str, version: int, confirmed_not_cpr: bool = False) -> VisitRecord:
    """Open what was closed, for the reason that the team reads. To open it twice changes nothing.

    Raises SharingRefusedError without a reason, and StaleFormError.
    """
    if not why.strip():
        raise SharingRefusedError(_("Say in a line why it is opened again."))
    if not confirmed_not_cpr:
        refuse_cpr(why)
    with change(by=by, verb="reopen visit"):
        visit, record = locked_record(visit)
        _refuse_cancelled(visit)
        if not record.is_closed:
            return record
        refuse_stale(stored=record.version, shown=version)
        if confirmed_not_cpr:
            note_text_override(by=by, place="observations.VisitRecord.reopened_why")
        record.state, record.closed_at, record.reopened_why = RecordState.SHARED, None, why
        _save(record)
    return record


def _refuse_cancelled(visit: Visit) -> None:
    if visit.state == VisitState.CANCELLED:
        raise SharingRefusedError(_("The visit is cancelled."))


def _save(record: VisitRecord) -> None:
    """Save the next version. Digits were looked at where they were written, and are not asked about again."""
    record.version += 1
    save_checked(record, columns=_COLUMNS, confirmed_not_cpr=True)


def _tell(visit: Visit) -> None:
    """The members today, who may read it, get a mail with a link; after another closing one that says so."""
    subject = f"visit:{visit.pk}:shared"
    enqueue(
        kind=ReminderKind.VISIT_SHARED,
        step=next_step(ReminderKind.VISIT_SHARED, subject),
        subject=subject,
        recipients=members_on(visit.team, today()),
        team_name=visit.team.name,
        about_on=visit.on,
        path=reverse("observations:visit_detail", args=[visit.pk]),
    )
