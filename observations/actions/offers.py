"""Times that a visitor offers a team to choose among. The visitor's time is held until the team has answered."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from learningcycle.actions import move_meeting
from learningcycle.models import Meeting
from observations.actions.bookings import TakenError, hold, lock_time, release
from observations.actions.telling import tell_offer, tell_visit
from observations.actions.visits import VisitRefusedError, place, refuse_second_visitor, refuse_span, refuse_visitor
from observations.enums import OfferState, VisitState
from observations.models import OfferedTime, Visit, VisitOffer
from observations.queries import claim_of_offered, open_offers
from observations.rules import Span
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, refuse_stale
from slf_portal.common.dates import today
from slf_portal.notifications.enums import ReminderKind
from teams.models import Team

MOST_TIMES = 3


def offer_times(
    *,
    by: User,
    team: Team,
    visitor: User,
    times: Sequence[Span],
    meeting: Meeting | None = None,
    token: uuid.UUID | None = None,
) -> VisitOffer:
    """Offer the team one to three times, in place of those it has not answered.

    With `meeting` its yes moves that meeting to the time it chooses.

    Raises VisitRefusedError, and TakenError when the visitor is busy at one of them.
    """
    if not 1 <= len(set(times)) == len(times) <= MOST_TIMES:
        raise VisitRefusedError(_("Offer one to three different times."))
    for span in times:
        refuse_span(span)
        refuse_visitor(team, visitor, span.on)
    with change(by=by, verb="offer times for visit", token=token):
        offer = VisitOffer(team=team, visitor=visitor, meeting=meeting)
        if meeting is not None:
            _refuse_visited(_meeting_locked(meeting))
        claims = [claim_of_offered(offer, span) for span in times]
        _make_way(team, visitor)
        lock_time(claims, team)
        _save(offer)
        for span, claim in zip(times, claims, strict=True):
            refuse_second_visitor(team, claim)
            offered = OfferedTime.objects.create(offer=offer, starts_at=span.starts_at, ends_at=span.ends_at)
            hold(offered, claim)
        tell_offer(offer, kind=ReminderKind.VISIT_OFFERED, about_on=min(times).on, but=by)
    return offer


def accept_offer(*, by: User, offer: VisitOffer, time: OfferedTime, version: int) -> Visit:
    """The team's yes to one of the times: the visit is booked, and the meeting moved where that was the offer.

    Raises VisitRefusedError, MeetingRefusedError, TakenError, StaleFormError.
    """
    with change(by=by, verb="choose time for visit"):
        meeting = _meeting_locked(offer.meeting) if offer.meeting is not None else None
        offer = _locked(offer)
        refuse_stale(stored=offer.version, shown=version)
        _refuse_unless_waiting(offer)
        time = offer.times.get(pk=time.pk)
        span = Span(time.starts_at, time.ends_at)
        refuse_span(span)
        refuse_visitor(offer.team, offer.visitor, span.on)
        if meeting is not None:
            _refuse_visited(meeting)
            length = Span(meeting.starts_at, meeting.ends_at).length
            meeting = move_meeting(
                by=by,
                meeting=meeting,
                starts_at=span.starts_at,
                ends_at=min(span.starts_at + length, span.ends_at),
                in_own_calendar=meeting.in_own_calendar,
                version=meeting.version,
            )
        _close(offer, OfferState.ACCEPTED)
        visit = Visit(
            team=offer.team, visitor=offer.visitor, starts_at=span.starts_at, ends_at=span.ends_at, meeting=meeting
        )
        place(visit)
        tell_visit(visit, kind=ReminderKind.VISIT_BOOKED)
    return visit


def decline_offer(*, by: User, offer: VisitOffer, reason: str, version: int) -> VisitOffer:
    """None of the times suits the team, and it says why. Raises VisitRefusedError, StaleFormError."""
    if not reason.strip():
        raise VisitRefusedError(_("Say in a few words why."))
    with change(by=by, verb="decline times for visit"):
        offer = _locked(offer)
        refuse_stale(stored=offer.version, shown=version)
        _refuse_unless_waiting(offer)
        on = offer.times.all()[0].on
        _close(offer, OfferState.DECLINED, reason.strip())
        tell_offer(offer, kind=ReminderKind.VISIT_ANSWERED, about_on=on, but=by)
    return offer


def withdraw_offer(*, by: User, offer: VisitOffer) -> VisitOffer:
    """Take the times back. Withdrawing twice changes nothing. Raises VisitRefusedError."""
    with change(by=by, verb="withdraw times for visit"):
        offer = _locked(offer)
        if offer.state == OfferState.WITHDRAWN:
            return offer
        _refuse_unless_waiting(offer)
        _close(offer, OfferState.WITHDRAWN)
        tell_offer(offer, kind=ReminderKind.VISIT_OFFERED, about_on=offer.times.all()[0].on, but=by)
    return offer


def withdraw_offers(*, by: User | None, team: Team, on: dt.date) -> None:
    """The team ends: it answers nothing any more."""
    with change(by=by, verb="close team's offers"):
        for offer in open_offers(team).select_for_update(of=("self",)):
            _close(offer, OfferState.WITHDRAWN)
            tell_offer(offer, kind=ReminderKind.VISIT_OFFERED, about_on=on, only_visitor=True)


def withdraw_offers_of_leaver(
    *, by: User | None, teams: Sequence[Team], leaver: User, successor: User, on: dt.date
) -> None:
    """Who offered the times no longer visits the teams: the times are hers, not her successor's."""
    with change(by=by, verb="withdraw leaver's offers"):
        for offer in open_offers(*teams).filter(visitor=leaver).select_for_update(of=("self",)):
            _close(offer, OfferState.WITHDRAWN)
            tell_offer(offer, kind=ReminderKind.VISIT_OFFERED, about_on=max(on, today()), also=[successor.pk])


def withdraw_with_meeting(*, by: User | None, meeting: Meeting) -> None:
    """The meeting that the team's yes would move is cancelled."""
    with change(by=by, verb="withdraw offer with meeting"):
        for offer in VisitOffer.objects.filter(meeting=meeting, state=OfferState.WAITING).select_for_update():
            _close(offer, OfferState.WITHDRAWN)
            tell_offer(offer, kind=ReminderKind.VISIT_OFFERED, about_on=meeting.on)


def _make_way(team: Team, visitor: User) -> None:
    """What the team has not answered makes way for the next offer, passed or not; a colleague is told of hers."""
    for offer in open_offers(team).select_for_update(of=("self",)):
        _close(offer, OfferState.WITHDRAWN)
        if offer.visitor_id != visitor.pk:
            tell_offer(offer, kind=ReminderKind.VISIT_OFFERED, about_on=today(), only_visitor=True)


def _close(offer: VisitOffer, state: OfferState, reason: str = "") -> None:
    offer.state, offer.reason = state, reason
    _save(offer)
    for offered in offer.times.all():
        release(offered)


def _refuse_visited(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise VisitRefusedError(_("The meeting is no longer planned."))
    if meeting.visits.exclude(state=VisitState.CANCELLED).exists():
        raise VisitRefusedError(_("Somebody visits that meeting already."))


def _refuse_unless_waiting(offer: VisitOffer) -> None:
    if offer.state != OfferState.WAITING:
        raise VisitRefusedError(_("The times are no longer offered."))


def _meeting_locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _locked(offer: VisitOffer) -> VisitOffer:
    rows = VisitOffer.objects.select_for_update(of=("self",)).select_related("team__unit", "visitor", "meeting")
    return rows.get(pk=offer.pk)


def _save(offer: VisitOffer) -> None:
    offer.version += 1
    try:
        offer.full_clean()
    except ValidationError as error:
        raise VisitRefusedError(" ".join(error.messages)) from error
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        raise TakenError([], _("The team has times to choose among already.")) from error
