"""Planning, moving, cancelling and noting visits."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.actions import keep_meeting
from learningcycle.models import Meeting
from observations.actions.bookings import TakenError, hold, lock_time, release
from observations.actions.telling import tell_visit
from observations.enums import RecordState, VisitState
from observations.models import Visit, VisitRecord
from observations.queries import Claim, claim_of, coming_visits, is_written_at, planned_visits, visits_in_the_way
from observations.rules import LONGEST, Span, is_on_the_clock
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, refuse_stale
from slf_portal.common.dates import start_of_day, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import long_day
from slf_portal.notifications.enums import ReminderKind
from teams.models import Team
from teams.queries import possible_visitors


class VisitRefusedError(RefusedError):
    """The visit cannot be as asked; the message says why."""


def book_visit(
    *,
    by: User,
    team: Team,
    visitor: User,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    meeting: Meeting | None = None,
    token: uuid.UUID | None = None,
) -> Visit:
    """Book a visit that is still to come, to a meeting of the team where there is one; it begins with the meeting.

    Raises VisitRefusedError, and TakenError when the visitor or one of the team is booked at that time.
    """
    refuse_span(Span(starts_at, ends_at))
    visit = Visit(team=team, visitor=visitor, starts_at=starts_at, ends_at=ends_at, meeting=meeting)
    with change(by=by, verb="book visit", token=token):
        _keep(meeting, visit)
        refuse_visitor(team, visitor, visit.on)
        place(visit)
        tell_visit(visit, kind=ReminderKind.VISIT_BOOKED)
    return visit


def move_visit(
    *,
    by: User,
    visit: Visit,
    visitor: User,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    version: int,
    meeting: Meeting | None = None,
) -> Visit:
    """Move a planned visit to another time or meeting. Raises VisitRefusedError, TakenError, StaleFormError."""
    refuse_span(Span(starts_at, ends_at))
    with change(by=by, verb="move visit"):
        wanted = Visit(team=visit.team, starts_at=starts_at)
        _keep(meeting, wanted)
        visit = _locked(visit)
        refuse_stale(stored=visit.version, shown=version)
        _refuse_unless_planned(visit)
        before = visit.visitor_id
        if visitor.pk != before:
            _refuse_written(visit)
        visit.starts_at, visit.ends_at, visit.visitor, visit.meeting = starts_at, ends_at, visitor, meeting
        refuse_visitor(visit.team, visitor, visit.on)
        _renew(visit)
        place(visit)
        tell_visit(visit, kind=ReminderKind.VISIT_MOVED, also=[before])
    return visit


def hand_over_visit(*, by: User, visit: Visit, visitor: User, version: int) -> Visit:
    """Let a colleague make a planned visit. Raises VisitRefusedError, TakenError, StaleFormError."""
    with change(by=by, verb="hand over visit"):
        visit = _locked(visit)
        refuse_stale(stored=visit.version, shown=version)
        _refuse_unless_planned(visit)
        _refuse_written(visit)
        refuse_visitor(visit.team, visitor, visit.on)
        before, visit.visitor = visit.visitor_id, visitor
        _renew(visit)
        place(visit)
        tell_visit(visit, kind=ReminderKind.VISIT_MOVED, also=[before])
    return visit


def cancel_visit(*, by: User, visit: Visit, reason: str) -> Visit:
    """Cancel a planned visit and say why. Cancelling twice changes nothing. Raises VisitRefusedError."""
    if not reason.strip():
        raise VisitRefusedError(_("Say in a few words why."))
    with change(by=by, verb="cancel visit"):
        visit = _locked(visit)
        if visit.state == VisitState.CANCELLED:
            return visit
        _refuse_unless_planned(visit)
        _cancel(visit, reason.strip())
    return visit


def close_visits(*, by: User | None, team: Team, on: dt.date) -> None:
    """The team is no more from that day: visits planned from then on are cancelled."""
    with change(by=by, verb="close team's visits"):
        for visit in coming_visits(team, on).select_for_update(of=("self",)):
            _cancel(visit, _("The team has ended."))


def mark_visit_held(*, by: User, visit: Visit, is_evaluated: bool) -> Visit:
    """Say that the visit was held, and whether the conversation was evaluated; can be said again to correct it."""
    with change(by=by, verb="mark visit held"):
        visit = _locked(visit)
        if visit.on > today():
            raise VisitRefusedError(_("The visit has not been held yet."))
        if visit.state == VisitState.CANCELLED:
            raise VisitRefusedError(_("The visit is cancelled."))
        is_changed = (visit.state, visit.is_evaluated) != (VisitState.HELD, is_evaluated)
        if is_changed and VisitRecord.objects.filter(visit=visit, state=RecordState.CLOSED).exists():
            raise VisitRefusedError(_("The visit is closed. It must be opened again before that is changed."))
        visit.state, visit.is_evaluated = VisitState.HELD, is_evaluated
        _save(visit)
    return visit


def unmark_visit_held(*, by: User, visit: Visit) -> Visit:
    """Take back that the visit was held. Raises VisitRefusedError when it is shared with the team already."""
    with change(by=by, verb="take back visit held"):
        visit = _locked(visit)
        if visit.state != VisitState.HELD:
            return visit
        if VisitRecord.objects.filter(visit=visit).exclude(state=RecordState.DRAFT).exists():
            raise VisitRefusedError(_("The visit is shared with the team. It cannot be taken back that it was held."))
        visit.state, visit.is_evaluated = VisitState.PLANNED, False
        _save(visit)
    return visit


def hand_over_visits(*, by: User | None, teams: Sequence[Team], leaver: User, successor: User, on: dt.date) -> None:
    """The visits that one resource person has planned from that day on become her successor's.

    Where the successor is taken the visit is cancelled, and everyone is told: the handover itself is never refused.
    One at which the leaver has begun to write stays hers.
    """
    with change(by=by, verb="hand over visits"):
        rows = planned_visits(on).filter(team__in=teams, visitor=leaver).order_by("pk")
        visits = [visit for visit in rows.select_for_update(of=("self",)) if not is_written_at(visit)]
        for visit in visits:
            visit.visitor = successor
        lock_time(map(claim_of, visits), *teams)
        for visit in visits:
            visit.sequence += 1
            visit.changed_at = timezone.now()
            busy = _("%(name)s, who takes over, is busy at that time. Find another.") % {"name": successor.name}
            if _place_or_cancel(visit, visitor_before=leaver, why_not=busy):
                tell_visit(visit, kind=ReminderKind.VISIT_MOVED, also=[leaver.pk])


def move_with_meeting(*, by: User | None, meeting: Meeting) -> None:
    """The team's meeting has a new time: the visit to it follows, with its length; where nobody can, it is cancelled.

    The meeting moves in any case. Called by learningcycle in the transaction that moved it.
    """
    with change(by=by, verb="move visit with meeting"):
        for visit in _tied_to(meeting):
            if visit.starts_at == meeting.starts_at and visit.ends_at >= meeting.ends_at:
                continue
            length = Span(visit.starts_at, visit.ends_at).length
            visit.starts_at = meeting.starts_at
            visit.ends_at = max(meeting.starts_at + length, meeting.ends_at)
            visit.sequence += 1
            visit.changed_at = timezone.now()
            taken = _("The meeting was moved to a time at which somebody is busy already. Find another.")
            if _place_or_cancel(visit, visitor_before=visit.visitor, why_not=taken):
                tell_visit(visit, kind=ReminderKind.VISIT_MOVED)


def cancel_with_meeting(*, by: User | None, meeting: Meeting) -> None:
    """The team's meeting is cancelled, and the visit to it with it. Called in the transaction that cancelled it."""
    with change(by=by, verb="cancel visit with meeting"):
        for visit in _tied_to(meeting):
            _cancel(visit, _("The team's meeting is cancelled."))


def refuse_span(span: Span) -> None:
    """Raise VisitRefusedError for a time that no visit can have: passed, no length, too long, or not on any clock."""
    if span.starts_at < start_of_day(today()):
        raise VisitRefusedError(_("Choose a day that has not passed."))
    if not (is_on_the_clock(span.starts_at) and is_on_the_clock(span.ends_at)):
        raise VisitRefusedError(_("That hour does not exist: the clocks go forward that night."))
    if span.length <= dt.timedelta(0):
        raise VisitRefusedError(_("The visit ends before it begins."))
    if span.length > LONGEST:
        raise VisitRefusedError(_("A visit lasts eight hours at most."))


def refuse_visitor(team: Team, visitor: User, on: dt.date) -> None:
    """Raise VisitRefusedError for someone who does not visit the team that day, by her roles then."""
    if not possible_visitors(team, on).filter(pk=visitor.pk).exists():
        raise VisitRefusedError(
            _("%(name)s does not visit the team on %(day)s.") % {"name": visitor.name, "day": long_day(on)}
        )


def place(visit: Visit) -> None:
    """Save a planned visit and take everyone's time for it; the locks come first. Raises TakenError."""
    claim = claim_of(visit)
    lock_time([claim], visit.team)
    refuse_second_visitor(visit.team, claim, but=visit)
    _save(visit)
    hold(visit, claim)


def refuse_second_visitor(team: Team, claim: Claim, *, but: Visit | None = None) -> None:
    """Raise TakenError when somebody else visits the team then."""
    if visits_in_the_way(team, claim, but=but).exists():
        raise TakenError([], _("Somebody visits the team at that time already."))


def _place_or_cancel(visit: Visit, *, visitor_before: User, why_not: str) -> bool:
    """Whether the visit has its new time or visitor; else it is cancelled as it stood, for that reason."""
    before = Visit.objects.only("starts_at", "ends_at").get(pk=visit.pk)
    try:
        with transaction.atomic():
            place(visit)
    except RefusedError:
        newcomer = visit.visitor_id
        visit.starts_at, visit.ends_at, visit.visitor = before.starts_at, before.ends_at, visitor_before
        visit.sequence -= 1
        _cancel(visit, why_not, also=[newcomer])
        return False
    return True


def _cancel(visit: Visit, reason: str, *, also: Iterable[int] = ()) -> None:
    visit.state, visit.reason = VisitState.CANCELLED, reason
    _renew(visit)
    _save(visit)
    # Whoever was asked is told, members of a team that has ended today too.
    asked = list(visit.bookings.values_list("person_id", flat=True))
    release(visit)
    tell_visit(visit, kind=ReminderKind.VISIT_CANCELLED, also=[*asked, *also])


def _renew(visit: Visit) -> None:
    """Count up what calendars must be told of."""
    visit.sequence += 1
    visit.changed_at = timezone.now()


def _keep(meeting: Meeting | None, visit: Visit) -> None:
    """Nail the meeting to its time, first of all locks. Raises VisitRefusedError when it is not that time any more."""
    if meeting is None:
        return
    kept = keep_meeting(meeting=meeting)
    if kept.team_id != visit.team.pk:
        raise VisitRefusedError(_("It is not the team's meeting."))
    if kept.starts_at != visit.starts_at:
        raise VisitRefusedError(_("The meeting has been moved meanwhile. Choose again."))


def _tied_to(meeting: Meeting) -> list[Visit]:
    rows = Visit.objects.filter(meeting=meeting, state=VisitState.PLANNED).select_related("team__unit", "visitor")
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).select_related("team__unit", "visitor").get(pk=visit.pk)


def _refuse_written(visit: Visit) -> None:
    """Whoever visits reads what is written at the visit: it cannot become somebody else's."""
    if is_written_at(visit):
        raise VisitRefusedError(
            _("%(name)s has begun to write at the visit, and what is written is hers. It cannot change hands.")
            % {"name": visit.visitor.name}
        )


def _refuse_unless_planned(visit: Visit) -> None:
    if not visit.is_planned:
        raise VisitRefusedError(_("The visit is no longer planned."))


def _save(visit: Visit) -> None:
    visit.version += 1
    try:
        visit.full_clean()
    except ValidationError as error:
        raise VisitRefusedError(" ".join(error.messages)) from error
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        # Somebody who took no lock was quicker.
        raise TakenError([]) from error
