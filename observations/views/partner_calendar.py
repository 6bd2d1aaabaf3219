"""A learning partner's one calendar, and the load of all of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from observations import queries
from observations.permissions import can_have_partner_calendar, can_see_partner_load
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import add_months, today
from teams.access import require, standing


@require_safe
def partner_calendar(request: PortalRequest) -> HttpResponse:
    """The learning partner's own visits month by month, what units ask for, and the units to plan a visit to."""
    here = standing(request)
    require(can_have_partner_calendar(here))
    first = queries.month_from(request.GET.get("maaned", ""), today())
    context = {
        "month": queries.partner_month(request.user, first, today()),
        "earlier": add_months(first, -1),
        "later": add_months(first, 1),
        "requests": queries.requests_of_units(here.portfolio),
        "to_note": queries.partner_visits_to_note(request.user, today()),
        "units": queries.units_to_visit(here.portfolio),
    }
    return render(request, "observations/partner_calendar.html", context)


@require_safe
def partner_load(request: PortalRequest) -> HttpResponse:
    """How many visits each learning partner has week by week, and how long they take; nothing of what they hold."""
    require(can_see_partner_load(standing(request)))
    first = queries.month_from(request.GET.get("maaned", ""), today())
    weeks, rows = queries.partner_loads(first, today())
    context = {
        "first": first,
        "earlier": add_months(first, -1),
        "later": add_months(first, 1),
        "weeks": weeks,
        "rows": rows,
    }
    return render(request, "observations/partner_load.html", context)
