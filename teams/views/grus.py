"""When a team holds its GRUS: the list, planning, proposing and answering, moving and cancelling."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.forms import PortalForm
from slf_portal.common.paging import paged
from teams import actions, queries
from teams.access import get_grus, get_team, require, standing
from teams.forms import CancelGrusForm, GrusTimeForm, MoveGrusForm, ProposeGrusForm
from teams.models import Grus, Team
from teams.permissions import can_answer_grus, can_plan_grus, can_propose_grus, can_take_part_in_grus
from teams.templatetags.teams import grus_time


@require_safe
def grus_list(request: PortalRequest, team_id: int) -> HttpResponse:
    """The next one, or the first step towards it; then the earlier ones."""
    team, here = get_team(request, team_id, can_take_part_in_grus), standing(request)
    coming = queries.open_grus(team)
    return render(
        request,
        "teams/grus_list.html",
        {
            "team": team,
            "coming": [(grus, can_answer_grus(here, grus)) for grus in coming],
            "page": paged(request, queries.earlier_grus(team)),
            "to_hold": next((grus for grus in coming if grus.is_planned and grus.on <= today()), None),
            "leaders": queries.grus_leaders(team, today()),
            "may_plan": can_plan_grus(here, team),
            "may_propose": can_propose_grus(here, team),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grus_plan(request: PortalRequest, team_id: int) -> HttpResponse:
    """The leader plans it."""
    team = get_team(request, team_id, can_plan_grus)
    form = GrusTimeForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.plan_grus(by=request.user, team=team, time=form.time(), token=form.cleaned_data["token"])
    ):
        messages.success(request, _("The GRUS is planned. Look at the questions together with the team."))
        return redirect("teams:grus_list", team.pk)
    return render(request, "teams/grus_plan.html", _finding_a_day(team, form))


@require_http_methods(["GET", "HEAD", "POST"])
def grus_propose(request: PortalRequest, team_id: int) -> HttpResponse:
    """The team proposes a day to its leader."""
    team = get_team(request, team_id, can_propose_grus)
    form = ProposeGrusForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.propose_grus(
            by=request.user,
            team=team,
            time=form.time(),
            line=form.cleaned_data["line"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The day is proposed. The leader sees it on her front page."))
        return redirect("teams:grus_list", team.pk)
    return render(request, "teams/grus_propose.html", _finding_a_day(team, form))


def _finding_a_day(team: Team, form: GrusTimeForm) -> dict[str, Any]:
    return {
        "form": form,
        "team": team,
        "proposal": queries.proposed_grus(team),
        "leaders": queries.grus_leaders(team, today()),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def grus_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """Say yes to a proposed day, or propose another."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    if not grus.is_proposed:
        messages.info(request, _("The proposal has been answered already."))
        return redirect("teams:grus_detail", grus.pk)
    require(can_answer_grus(standing(request), grus))
    says_yes = request.POST.get("answer") == "yes"
    yes = PortalForm(request.POST if says_yes else None, shown_version=grus.version)
    form = ProposeGrusForm(None if says_yes else request.POST or None, shown_version=grus.version)
    if yes.is_valid() and yes.carried_out(lambda: _accept(request, grus, yes)):
        messages.success(request, _("The GRUS is agreed on for %(time)s.") % {"time": grus_time(grus)})
        return redirect("teams:grus_detail", grus.pk)
    if form.is_valid() and form.carried_out(lambda: _propose_other(request, grus, form)):
        messages.success(request, _("The other day is proposed. You can see the answer here."))
        return redirect("teams:grus_list", grus.team_id)
    return render(request, "teams/grus_answer.html", {"form": form, "yes": yes, "grus": grus, "team": grus.team})


def _accept(request: PortalRequest, grus: Grus, yes: PortalForm) -> None:
    actions.accept_grus(by=request.user, grus=grus, version=yes.cleaned_data["version"])


def _propose_other(request: PortalRequest, grus: Grus, form: ProposeGrusForm) -> None:
    actions.propose_other_time(
        by=request.user,
        grus=grus,
        time=form.time(),
        line=form.cleaned_data["line"],
        version=form.cleaned_data["version"],
        confirmed_not_cpr=form.cpr_overridden,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grus_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move a planned GRUS."""
    grus = get_grus(request, pk, can_plan_grus)
    form = MoveGrusForm(request.POST or None, initial=_time_of(grus), shown_version=grus.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.move_grus(by=request.user, grus=grus, time=form.time(), version=form.cleaned_data["version"])
    ):
        grus.refresh_from_db()
        messages.success(request, _("The GRUS is moved to %(time)s.") % {"time": grus_time(grus)})
        return redirect("teams:grus_detail", grus.pk)
    return render(request, "teams/grus_move.html", {"form": form, "grus": grus, "team": grus.team})


@require_http_methods(["GET", "HEAD", "POST"])
def grus_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Cancel it, with a line why."""
    grus = get_grus(request, pk, can_plan_grus)
    form = CancelGrusForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.cancel_grus(
            by=request.user, grus=grus, reason=form.cleaned_data["reason"], confirmed_not_cpr=form.cpr_overridden
        )
    ):
        messages.success(request, _("The GRUS is cancelled, and what people had prepared for it is deleted."))
        return redirect("teams:grus_list", grus.team_id)
    return render(request, "teams/grus_cancel.html", {"form": form, "grus": grus, "team": grus.team})


def _time_of(grus: Grus) -> dict[str, Any]:
    return {"on": grus.on, "begins": grus.begins, "ends": grus.ends}
