"""A unit's stand-ins: who has which of a leader's tasks, and until when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.paging import paged
from slf_portal.common.templatetags.portal import long_day
from teams import actions, queries
from teams.access import get_stand_in, get_unit
from teams.forms import EndForm, StandInForm
from teams.models import StandIn
from teams.permissions import can_give_stand_ins


@require_safe
def stand_in_list(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Who stands in now and soon, and who has within a year."""
    unit = get_unit(request, unit_id, can_give_stand_ins)
    context = {
        "unit": unit,
        "today": today(),
        "stand_ins": queries.stand_ins_of(unit, today()),
        "former": paged(request, queries.former_stand_ins(unit, today())),
    }
    return render(request, "teams/stand_in_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stand_in_give(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Hand tasks over to someone in the unit for a period."""
    unit = get_unit(request, unit_id, can_give_stand_ins)
    people = queries.people_of_unit(unit, today()).exclude(pk=request.user.pk)
    form = StandInForm(request.POST or None, people=people)
    if form.is_valid():
        row = StandIn(
            unit=unit,
            leader=request.user,
            ends_on=form.ends_on(),
            **{name: form.cleaned_data[name] for name in ("person", "tasks", "starts_on", "reason")},
        )
        if form.carried_out(
            lambda: actions.give_stand_in(
                by=request.user, row=row, confirmed_not_cpr=form.cpr_overridden, token=form.cleaned_data["token"]
            ),
            refused_at="person",
        ):
            words = {"name": row.person.name, "day": long_day(row.last_day)}
            messages.success(request, _("%(name)s stands in until %(day)s, that day included.") % words)
            return redirect("teams:stand_in_list", unit.pk)
    return render(request, "teams/stand_in_give.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
def stand_in_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Take the tasks back from a day."""
    row = get_stand_in(request, pk, can_give_stand_ins)
    form = EndForm(request.POST or None, initial={"on": max(today(), row.starts_on)})
    if form.is_valid() and form.carried_out(
        lambda: actions.end_stand_in(by=request.user, row=row, on=form.cleaned_data["on"]), refused_at="on"
    ):
        messages.success(request, _("The tasks of %(name)s are taken back.") % {"name": row.person.name})
        return redirect("teams:stand_in_list", row.unit_id)
    return render(request, "teams/stand_in_end.html", {"form": form, "row": row, "unit": row.unit})
