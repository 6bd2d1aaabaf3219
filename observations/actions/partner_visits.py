"""Planning, moving, cancelling and noting learning partners' visits."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from observations.actions.bookings import hold, release
from observations.actions.visits import refuse_span
from observations.enums import VisitState
from observations.models import PartnerVisit
from observations.queries import partner_claim, told_of
from observations.rules import Span
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.cpr import contains_cpr
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import CPR_REFUSAL
from slf_portal.common.saving import save_checked
from slf_portal.notifications.actions import enqueue
from slf_portal.notifications.enums import ReminderKind
from teams.actions import close_support, take_support
from teams.models import SupportRequest, Unit


class PartnerVisitRefusedError(RefusedError):
    """The visit cannot be as asked; the message says why, `field` where."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class PartnerPlan:
    """What a visit is to be: its kind and what it is about, when, and who takes part."""

    kind: str
    about: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    participants: tuple[User, ...] = ()

    @property
    def participant_ids(self) -> set[int]:
        return {person.pk for person in self.participants}

    def put_on(self, visit: PartnerVisit) -> None:
        for name in ("kind", "about", "starts_at", "ends_at"):
            setattr(visit, name, getattr(self, name))


def book_partner_visit(
    *,
    by: User,
    unit: Unit,
    plan: PartnerPlan,
    asked: SupportRequest | None = None,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> PartnerVisit:
    """Plan a visit of one's own to the unit; the request it answers is taken with it.

    Raises VisitRefusedError for a time that no visit can have, TakenError when she or one who takes part is booked at
    that time, and SupportRefusedError when a colleague has taken the request.
    """
    refuse_span(Span(plan.starts_at, plan.ends_at))
    visit = PartnerVisit(unit=unit, partner=by, asked=asked)
    plan.put_on(visit)
    with change(by=by, verb="book partner visit", token=token):
        if asked is not None:
            take_support(by=by, request=asked)
        _check_text(plan.about, by=by, confirmed_not_cpr=confirmed_not_cpr)
        _save(visit)
        visit.participants.set(plan.participants)
        hold(visit, partner_claim(visit, plan.participant_ids))
        _tell(visit, ReminderKind.PARTNER_BOOKED, told_of(visit))
    return visit


def move_partner_visit(
    *, by: User, visit: PartnerVisit, plan: PartnerPlan, version: int, confirmed_not_cpr: bool = False
) -> PartnerVisit:
    """Change a planned visit: when, who takes part, what it is about. Raises as booking does, and StaleFormError.

    All are told of another time; of who takes part only those whom it concerns.
    """
    refuse_span(Span(plan.starts_at, plan.ends_at))
    with change(by=by, verb="move partner visit"):
        visit = _locked(visit)
        refuse_stale(stored=visit.version, shown=version)
        _refuse_unless_planned(visit)
        _check_text(plan.about, by=by, confirmed_not_cpr=confirmed_not_cpr)
        before, times = told_of(visit), (visit.starts_at, visit.ends_at)
        plan.put_on(visit)
        visit.participants.set(plan.participants)
        after, is_moved = told_of(visit), times != (plan.starts_at, plan.ends_at)
        if is_moved or before != after:
            _renew(visit)
        _save(visit)
        hold(visit, partner_claim(visit, plan.participant_ids))
        _tell(visit, ReminderKind.PARTNER_MOVED, before & after if is_moved else ())
        _tell(visit, ReminderKind.PARTNER_BOOKED, after - before)
        _tell(visit, ReminderKind.PARTNER_CANCELLED, before - after)
    return visit


def cancel_partner_visit(
    *, by: User, visit: PartnerVisit, reason: str, confirmed_not_cpr: bool = False
) -> PartnerVisit:
    """Cancel a planned visit and say why; its request stays open. Cancelling twice changes nothing."""
    with change(by=by, verb="cancel partner visit"):
        visit = _locked(visit)
        if visit.state == VisitState.CANCELLED:
            return visit
        _refuse_unless_planned(visit)
        if not reason:
            raise PartnerVisitRefusedError(_("Say why it is cancelled."), "reason")
        _check_text(reason, by=by, confirmed_not_cpr=confirmed_not_cpr)
        visit.state, visit.reason = VisitState.CANCELLED, reason
        _renew(visit)
        _save(visit)
        release(visit)
        _tell(visit, ReminderKind.PARTNER_CANCELLED, told_of(visit))
    return visit


def mark_partner_visit_held(*, by: User, visit: PartnerVisit, closes_request: bool = False) -> PartnerVisit:
    """Say that the visit was held and, if so wanted, that the unit's request is met by it."""
    with change(by=by, verb="mark partner visit held"):
        visit = _locked(visit)
        if visit.on > today():
            raise PartnerVisitRefusedError(_("The visit has not been held yet."))
        if visit.state == VisitState.CANCELLED:
            raise PartnerVisitRefusedError(_("The visit is cancelled."))
        if visit.is_planned:
            visit.state = VisitState.HELD
            _save(visit)
        if closes_request and visit.asked is not None:
            close_support(by=by, request=visit.asked)
    return visit


def unmark_partner_visit_held(*, by: User, visit: PartnerVisit) -> PartnerVisit:
    """Take back that the visit was held. A request that was closed stays so."""
    with change(by=by, verb="take back partner visit held"):
        visit = _locked(visit)
        if visit.state == VisitState.HELD:
            visit.state = VisitState.PLANNED
            _save(visit)
    return visit


def _refuse_unless_planned(visit: PartnerVisit) -> None:
    if not visit.is_planned:
        raise PartnerVisitRefusedError(_("The visit is no longer planned."))


def _renew(visit: PartnerVisit) -> None:
    """What calendars must be told of."""
    visit.sequence += 1
    visit.changed_at = timezone.now()


def _check_text(text: str, *, by: User, confirmed_not_cpr: bool) -> None:
    if confirmed_not_cpr:
        note_text_override(by=by, place="observations.PartnerVisit")
    elif contains_cpr(text):
        raise PartnerVisitRefusedError(str(CPR_REFUSAL.message))


def _save(visit: PartnerVisit) -> None:
    """Its texts are looked at as they are written: of what stands there somebody may have said that it is no CPR."""
    visit.version += 1
    save_checked(visit, confirmed_not_cpr=True)


def _locked(visit: PartnerVisit) -> PartnerVisit:
    return PartnerVisit.objects.select_for_update(of=("self",)).select_related("unit", "asked").get(pk=visit.pk)


def _tell(visit: PartnerVisit, kind: ReminderKind, recipients: Iterable[int]) -> None:
    """Each step of the visit's sequence is told once."""
    enqueue(
        kind=kind,
        step=visit.sequence + 1,
        subject=f"partner_visit:{visit.pk}",
        recipients=recipients,
        team_name=visit.unit.name,
        about_on=visit.on,
        path=reverse("observations:partner_visit_detail", args=[visit.pk]),
    )
