"""Who has no visit planned, longest first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from observations.forms import DueFilterForm
from observations.permissions import plans_visits, visits_teams
from observations.queries import due_teams, teams_to_visit, with_usual_visitors
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.paging import paged
from teams.access import require, standing
from teams.enums import Promise


@require_safe
def due_list(request: PortalRequest) -> HttpResponse:
    """The teams the person may plan visits for: those without a visit, those who wait to answer, those planned."""
    here, on = standing(request), today()
    require(plans_visits(here))
    filters = DueFilterForm(request.GET)
    page = paged(request, due_teams(filters.narrow(teams_to_visit(here, on)), on))
    context = {
        "filters": filters,
        "page": page,
        "rows": with_usual_visitors(page.object_list, on),
        "visit_promise": Promise.VISIT,
        "today": on,
        "may_be_away": visits_teams(here),
    }
    return render(request, "observations/due_list.html", context)
