"""Planning, moving, cancelling and noting visits."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcycle.queries import planned_meetings
from observations import actions
from observations.access import get_visit
from observations.forms import VisitForm
from observations.models import Visit
from observations.permissions import can_note_visits, can_plan_visits
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import COPENHAGEN, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import long_day, until
from teams.access import get_team
from teams.queries import possible_visitors

_USUAL_TIMES = {"begins": dt.time(10), "ends": dt.time(11)}


@require_http_methods(["GET", "HEAD", "POST"])
def visit_plan(request: PortalRequest, team_id: int) -> HttpResponse:
    """Plan a visit to the team."""
    team = get_team(request, team_id, can_plan_visits)
    visitors = possible_visitors(team, today())
    form = VisitForm(request.POST or None, visitors=visitors, initial={**_USUAL_TIMES, "visitor": request.user.pk})
    if form.is_valid() and form.carried_out(
        lambda: actions.plan_visit(
            by=request.user,
            team=team,
            visitor=form.cleaned_data["visitor"],
            token=form.cleaned_data["token"],
            **form.moments(),
        )
    ):
        messages.success(request, _("The visit is planned for %(day)s.") % {"day": long_day(form.cleaned_data["on"])})
        return redirect("dashboard:team_detail", team.pk)
    return render(
        request,
        "observations/visit_plan.html",
        {"form": form, "team": team, "coming": planned_meetings([team.pk], today())[:3]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move a planned visit, or hand it to another visitor."""
    visit = get_visit(request, pk, can_plan_visits)
    visitors = possible_visitors(visit.team, today(), also=visit.visitor)
    form = VisitForm(request.POST or None, visitors=visitors, initial=_values(visit), shown_version=visit.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.move_visit(
            by=request.user,
            visit=visit,
            visitor=form.cleaned_data["visitor"],
            version=form.cleaned_data["version"],
            **form.moments(),
        )
    ):
        messages.success(request, _("The visit is moved to %(day)s.") % {"day": long_day(form.cleaned_data["on"])})
        return redirect("dashboard:team_detail", visit.team_id)
    return render(request, "observations/visit_move.html", {"form": form, "visit": visit, "team": visit.team})


@require_http_methods(["GET", "HEAD", "POST"])
def visit_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then cancel a planned visit."""
    visit = get_visit(request, pk, can_plan_visits)
    if request.method == "POST":
        when = until(visit.starts_at, visit.ends_at)
        return _done(
            request,
            visit,
            lambda: actions.cancel_visit(by=request.user, visit=visit),
            _("The visit %(when)s is cancelled.") % {"when": when},
        )
    return render(request, "observations/visit_cancel.html", {"visit": visit, "team": visit.team})


@require_POST
def visit_held(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that the visit was held; `is_evaluated` says whether the conversation was evaluated."""
    visit = get_visit(request, pk, can_note_visits)
    is_evaluated = request.POST.get("is_evaluated") == "1"
    said = _("Noted: the conversation is evaluated.") if is_evaluated else _("Noted: the visit was held.")
    return _done(
        request,
        visit,
        lambda: actions.mark_visit_held(by=request.user, visit=visit, is_evaluated=is_evaluated),
        said,
    )


@require_POST
def visit_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back that the visit was held."""
    visit = get_visit(request, pk, can_note_visits)
    return _done(
        request,
        visit,
        lambda: actions.unmark_visit_held(by=request.user, visit=visit),
        _("The note is taken back. The visit is still planned."),
    )


def _done(request: PortalRequest, visit: Visit, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("dashboard:team_detail", visit.team_id)


def _values(visit: Visit) -> dict[str, Any]:
    begins, ends = (moment.astimezone(COPENHAGEN) for moment in (visit.starts_at, visit.ends_at))
    return {"on": begins.date(), "begins": begins.time(), "ends": ends.time(), "visitor": visit.visitor_id}
