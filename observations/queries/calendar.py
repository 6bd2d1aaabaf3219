"""Visits as calendars are told of them: who comes to whom and when, and nothing of what is seen or said."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from observations.enums import VisitState
from observations.models import PartnerVisit, Visit
from slf_portal.common.calendars import CalendarEvent, uid_of
from teams.models import Unit
from teams.standing import Standing


def visit_events(here: Standing, since: dt.datetime) -> Iterator[CalendarEvent]:
    """The visits from then on to her teams, and those she pays while that is her job, cancelled too. One query."""
    mine = Q(team_id__in=here.member_of)
    if here.serves or here.portfolio:
        mine |= Q(visitor_id=here.person_id)
    rows = Visit.objects.filter(mine, starts_at__gte=since)
    return (visit_event(visit) for visit in rows.select_related("team__unit"))


def partner_visit_events(here: Standing, since: dt.datetime) -> Iterator[CalendarEvent]:
    """The learning partners' visits from then on that she takes part in, that her unit gets, and that she pays as one.

    One query.
    """
    takes_part = PartnerVisit.participants.through.objects.filter(
        partnervisit_id=OuterRef("pk"), user_id=here.person_id
    )
    as_partner = Q(partner_id=here.person_id) if here.is_learning_partner else Q(pk=None)
    mine = as_partner | Q(unit_id__in=here.leads_units) | Exists(takes_part)
    rows = PartnerVisit.objects.filter(mine, starts_at__gte=since)
    return (partner_visit_event(visit) for visit in rows.select_related("unit"))


def visit_event(visit: Visit) -> CalendarEvent:
    """The visit, in the language that is on."""
    link = settings.PORTAL_URL + reverse("observations:visit_detail", args=[visit.pk])
    return CalendarEvent(
        uid=uid_of("visit", visit.pk),
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        summary=_("Visit to %(team)s") % {"team": visit.team.name},
        description=link,
        location=_place(visit.team.unit),
        url=link,
        sequence=visit.sequence,
        changed_at=visit.changed_at,
        is_cancelled=visit.state == VisitState.CANCELLED,
    )


def partner_visit_event(visit: PartnerVisit) -> CalendarEvent:
    """The learning partner's visit, in the language that is on. Its kind is nobody's business but the unit's."""
    link = settings.PORTAL_URL + _partner_visit_path(visit)
    return CalendarEvent(
        uid=uid_of("partner-visit", visit.pk),
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        summary=_("The learning partner at %(unit)s") % {"unit": visit.unit.name},
        description=link,
        location=_place(visit.unit),
        url=link,
        sequence=visit.sequence,
        changed_at=visit.changed_at,
        is_cancelled=visit.state == VisitState.CANCELLED,
    )


def _place(unit: Unit) -> str:
    return ", ".join(filter(None, (unit.name, unit.address)))


def _partner_visit_path(visit: PartnerVisit) -> str:
    return reverse("observations:partner_visit_detail", args=[visit.pk])
