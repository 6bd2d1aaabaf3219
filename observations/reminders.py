"""What mails about visits carry to calendars, and whether they are still to be sent."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import models

from observations.models import PartnerVisit, Visit
from observations.permissions import can_know_of_visit
from observations.queries import members_on, partner_visit_event, visit_event
from slf_portal.common.calendars import CalendarEvent, Method
from slf_portal.common.dates import local_date, today
from slf_portal.notifications.enums import ReminderKind, WhyNot
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.queries import outrun, was_invited
from slf_portal.notifications.rules import CalendarPart
from teams.queries import standing_of

VISIT_KINDS = frozenset(
    {ReminderKind.VISIT_BOOKED, ReminderKind.VISIT_MOVED, ReminderKind.VISIT_CANCELLED, ReminderKind.VISIT_LEFT}
)
PARTNER_KINDS = frozenset({ReminderKind.PARTNER_BOOKED, ReminderKind.PARTNER_MOVED, ReminderKind.PARTNER_CANCELLED})
_CANCELLED = {ReminderKind.VISIT_CANCELLED, ReminderKind.PARTNER_CANCELLED}
Row = TypeVar("Row", bound=models.Model)


def visit_part(entry: LedgerEntry) -> CalendarPart | None:
    """The visit as it is now, for visitor and members; taken out for who was invited and is no longer asked."""
    visit = _visit(entry)
    if visit is None:
        return None
    return _part(entry, visit_event(visit), is_on=visit.is_planned, is_asked=_is_asked(entry, visit))


def partner_visit_part(entry: LedgerEntry) -> CalendarPart | None:
    """The same of a learning partner's visit: for her, for who takes part, and for the unit's leaders."""
    visit = _partner_visit(entry)
    if visit is None:
        return None
    is_asked = _is_asked_by_partner(entry, visit)
    return _part(entry, partner_visit_event(visit), is_on=visit.is_planned, is_asked=is_asked)


def visits_not_needed(entries: Sequence[LedgerEntry], now: dt.datetime) -> dict[int, WhyNot]:
    """For each mail about a visit that must not be sent now the reason. Asked just before sending.

    Whoever may no longer know of it is told only what takes an invitation back; nobody of what a later mail says
    better.
    """
    reasons: dict[int, WhyNot] = {}
    for kinds, why_not in ((VISIT_KINDS, _why_no_visit), (PARTNER_KINDS, _why_no_partner_visit)):
        mine = [entry for entry in entries if entry.kind in kinds]
        late = outrun(mine, kinds) if mine else set()
        found = {entry.pk: WhyNot.SETTLED if entry.pk in late else why_not(entry) for entry in mine}
        reasons.update({pk: reason for pk, reason in found.items() if reason is not None})
    return reasons


def _part(entry: LedgerEntry, event: CalendarEvent, *, is_on: bool, is_asked: bool) -> CalendarPart | None:
    if is_on and is_asked:
        return CalendarPart(event, Method.REQUEST)
    if was_invited(entry) or (is_asked and entry.kind in _CANCELLED):
        return CalendarPart(event, Method.CANCEL)
    return None


def _why_no_visit(entry: LedgerEntry) -> WhyNot | None:
    visit = _visit(entry)
    if visit is None or not (visit.is_planned or entry.kind in _CANCELLED):
        return WhyNot.SETTLED
    is_asked = _is_asked(entry, visit)
    if entry.kind == ReminderKind.VISIT_LEFT:
        return None if was_invited(entry) and not is_asked else WhyNot.SETTLED
    here = standing_of(entry.recipient, today())
    may_know = is_asked or can_know_of_visit(here, visit) or was_invited(entry)
    return None if may_know else WhyNot.NOT_THEIRS


def _why_no_partner_visit(entry: LedgerEntry) -> WhyNot | None:
    visit = _partner_visit(entry)
    if visit is None or not (visit.is_planned or entry.kind in _CANCELLED):
        return WhyNot.SETTLED
    here = standing_of(entry.recipient, today())
    is_of_unit = visit.unit_id in here.units_seen | here.units_of_own_teams | here.stands_in_for
    may_know = is_of_unit or _is_asked_by_partner(entry, visit) or was_invited(entry)
    return None if may_know else WhyNot.NOT_THEIRS


def _is_asked(entry: LedgerEntry, visit: Visit) -> bool:
    return entry.recipient_id == visit.visitor_id or entry.recipient_id in members_on(visit.team, visit.on)


def _is_asked_by_partner(entry: LedgerEntry, visit: PartnerVisit) -> bool:
    is_one_of_them = entry.recipient_id == visit.partner_id
    takes_part = visit.participants.filter(pk=entry.recipient_id).exists()
    leads = visit.unit_id in standing_of(entry.recipient, local_date(visit.starts_at)).leads_units
    return is_one_of_them or takes_part or leads


def _visit(entry: LedgerEntry) -> Visit | None:
    return _named(entry, "visit:", Visit.objects.select_related("team__unit").filter)


def _partner_visit(entry: LedgerEntry) -> PartnerVisit | None:
    return _named(entry, "partner_visit:", PartnerVisit.objects.select_related("unit").filter)


def _named(entry: LedgerEntry, prefix: str, rows: Callable[..., models.QuerySet[Row]]) -> Row | None:
    return rows(pk=entry.subject.removeprefix(prefix)).first()
