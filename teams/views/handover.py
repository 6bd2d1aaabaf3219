"""Letting another resource person take over."""

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
from teams.access import get_service, standing
from teams.forms import HandoverForm
from teams.permissions import can_hand_over


@require_http_methods(["GET", "HEAD", "POST"])
def handover_resource_person(request: PortalRequest, pk: int) -> HttpResponse:
    """Choose the teams, the successor and the day; what is to be handed over stands beside."""
    row, here = get_service(request, pk, can_hand_over), standing(request)
    rows = queries.served_by(row.person, here, today())
    form = HandoverForm(
        request.POST or None, rows=rows, row=row, successors=queries.possible_successors(here, row, today())
    )
    # A second click meets what the first one has changed.
    if not form.is_valid() and form.is_bound and is_spent(form.cleaned_data.get("token")):
        return redirect("dashboard:handover_team", row.team_id)
    if form.is_valid() and form.carried_out(
        lambda: actions.hand_over(
            by=request.user,
            rows=form.chosen_rows(),
            successor=form.cleaned_data["successor"],
            on=form.cleaned_data["day"],
            with_plans=form.cleaned_data["with_plans"],
            token=form.cleaned_data["token"],
        )
    ):
        words = {"person": form.cleaned_data["successor"].name, "day": long_day(form.cleaned_data["day"])}
        messages.success(request, _("%(person)s takes over on %(day)s.") % words)
        return redirect("dashboard:handover_team", row.team_id)
    services = queries.services(rows, today())
    owns_agreements = any(service.agreements or service.unshared for service in services)
    context = {"form": form, "row": row, "team": row.team, "services": services, "owns_agreements": owns_agreements}
    return render(request, "teams/handover_resource_person.html", context)
