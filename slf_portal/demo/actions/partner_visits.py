"""The visits of the demo's learning partner to her units: some held, some to come, one that answers a request."""

import datetime as dt

from observations.actions import PartnerPlan, book_partner_visit, cancel_partner_visit, mark_partner_visit_held
from observations.enums import PartnerVisitKind
from observations.models import PartnerVisit
from observations.queries import free_partner_times, partner_claim, possible_participants
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.people import Cast, Units
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.partner_visits import CANCELLED, COMING, PAST, PartnerVisitStory
from slf_portal.demo.rules import first_open
from teams.models import SupportRequest, Unit
from teams.queries import closed_days

DAYS_AROUND = 120


def write_partner_visits(cast: Cast, units: Units) -> None:
    partner = cast.play(personas.LEARNING_PARTNER)
    for story in PAST:
        on = _open_day(cast.today, units[story.unit], story)
        if on < cast.today:
            _write_past(partner, units[story.unit], story, on)
    for story in COMING:
        _book(cast, partner, units[story.unit], story)
    fell_away = _book(cast, partner, units[CANCELLED.unit], CANCELLED)
    cancel_partner_visit(by=partner, visit=fell_away, reason="Enheden har fået besøg fra ministeriet den dag.")


def _write_past(partner: User, unit: Unit, story: PartnerVisitStory, on: dt.date) -> None:
    begins = at(on, story.begins)
    row = PartnerVisit(
        unit=unit, partner=partner, kind=story.kind, about=story.about, starts_at=begins, ends_at=begins + story.length
    )
    (visit,) = write_past(PartnerVisit.objects, [row])
    if story.is_noted:
        mark_partner_visit_held(by=partner, visit=visit)


def _book(cast: Cast, partner: User, unit: Unit, story: PartnerVisitStory) -> PartnerVisit:
    """At the time of the story, or at the next at which everybody is free: the rest of the demo has its own plans."""
    begins = at(_open_day(cast.today, unit, story), story.begins)
    people = possible_participants(unit, cast.today).exclude(pk=partner.pk)[: story.participants]
    wanted = PartnerVisit(unit=unit, partner=partner, starts_at=begins, ends_at=begins + story.length)
    free = free_partner_times(partner_claim(wanted, (person.pk for person in people)))[0]
    asked = None
    if story.kind == PartnerVisitKind.SPARRING:
        asked = SupportRequest.objects.filter(unit=unit, taken_by=partner, closed_at=None).first()
    plan = PartnerPlan(story.kind, story.about, free.starts_at, free.ends_at, tuple(people))
    return book_partner_visit(by=partner, unit=unit, plan=plan, asked=asked)


def _open_day(today: dt.date, unit: Unit, story: PartnerVisitStory) -> dt.date:
    around = dt.timedelta(days=DAYS_AROUND)
    is_closed = closed_days([unit.pk], today - around, today + around)[unit.pk]
    return first_open(today + dt.timedelta(days=story.days), is_closed)
