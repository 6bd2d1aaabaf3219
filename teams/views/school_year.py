"""A new school year: choose what becomes of each team, look at what comes of it, and confirm."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from slf_portal.accounts.http import PortalRequest
from slf_portal.audit.queries import is_spent
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import long_day
from teams import actions, queries
from teams.access import get_unit
from teams.forms import SchoolYearForm
from teams.permissions import can_form_teams

# The steps that a button of the page asks for; any other is to look at what comes of the choices.
CONFIRM, CHANGE = "confirm", "change"


@require_http_methods(["GET", "HEAD", "POST"])
def school_year(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Form the unit's teams anew. Nothing is stored before it is confirmed."""
    unit = get_unit(request, unit_id, can_form_teams)
    now = queries.teams_now(unit, today())
    form, step = SchoolYearForm(request.POST or None, now=now), request.POST.get("step")
    if not form.is_valid() or step == CHANGE or "more" in request.POST:
        # A second click meets teams that the first one has changed.
        if step == CONFIRM and is_spent(form.cleaned_data.get("token")):
            return redirect("dashboard:unit_detail", unit.pk)
        if step == CONFIRM and (changes := queries.changes_since(form.seen(), now)):
            form.add_error(None, str(actions.SchoolYearChangedError(changes)))
        return render(request, "teams/school_year.html", {"form": form, "unit": unit, "now": now})
    year = form.year()
    if step == CONFIRM and form.carried_out(
        lambda: actions.begin_school_year(
            by=request.user, unit=unit, year=year, seen=form.seen(), token=form.cleaned_data["token"]
        )
    ):
        messages.success(request, _("The new school year is saved. It begins on %(day)s.") % {"day": long_day(year.on)})
        return redirect("dashboard:unit_detail", unit.pk)
    context = {"form": form, "unit": unit, "year": year, "outcome": queries.outcome(now, year), "token": uuid.uuid4()}
    return render(request, "teams/school_year_preview.html", context)
