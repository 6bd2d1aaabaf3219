"""Mandates: writing them, reading them, answering and talking about them, and closing them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.paging import paged
from teams import actions, queries
from teams.access import get_mandate, get_team, get_unit, require, standing
from teams.enums import ANSWERABLE, MandateState
from teams.forms import (
    CloseMandateForm,
    ExpectationsForm,
    MandateAnswerForm,
    MandateEditForm,
    MandateFilterForm,
    MandateForm,
    MandateLineForm,
)
from teams.models import Mandate, Team
from teams.permissions import (
    can_read_mandate,
    can_read_mandates,
    can_read_role_description,
    can_write_mandates,
    gives_mandate,
    leads_team,
    receives_mandate,
    shares_mandate,
)


@require_safe
def mandate_list(request: PortalRequest) -> HttpResponse:
    """All the person's mandates: those she gives, those she is asked, and those of her teams."""
    here = standing(request)
    require(bool(here.teams_seen or here.leads_units))
    every = queries.mandates_read(here)
    teams = Team.objects.filter(pk__in=every.order_by().values("team_id")).select_related("unit")
    filters = MandateFilterForm(request.GET, teams=teams.order_by("sort_key", "pk"))
    given = queries.given_time(queries.mandates_given(here)) if here.is_leader else None
    asked = queries.mandates_received(here).filter(recipient_id=here.person_id)
    return render(
        request,
        "teams/mandate_list.html",
        {
            "page": paged(request, filters.narrow(every)),
            "filters": filters,
            "given": given,
            "received": queries.given_time(asked) if here.serves else None,
            "units": queries.units_to_ask_from(here),
        },
    )


@require_safe
def team_mandates(request: PortalRequest, team_id: int) -> HttpResponse:
    """What the team, and resource persons about it, have been asked to take on."""
    team = get_team(request, team_id, can_read_mandates)
    return render(
        request,
        "teams/team_mandates.html",
        {
            "team": team,
            "page": paged(request, queries.mandates_of(team)),
            "may_write": leads_team(standing(request), team),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_write(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Ask a team or a resource person of the unit; `?team=` chooses the team."""
    unit, here = get_unit(request, unit_id, can_write_mandates), standing(request)
    teams = queries.teams_to_ask(here, unit, today())
    form = MandateForm(
        request.POST or None,
        teams=teams,
        people=queries.people_to_ask(here, teams, today()),
        needs_team=unit.pk not in here.leads_units,
        initial={"team": request.GET.get("team")},
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.give_mandate(
            by=request.user,
            unit=unit,
            team=form.cleaned_data["team"],
            recipient=form.cleaned_data["recipient"],
            wording=form.wording(),
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        receiver = form.cleaned_data["recipient"] or form.cleaned_data["team"]
        messages.success(
            request, _("Sent. %(receiver)s sees the mandate on the front page.") % {"receiver": receiver.name}
        )
        return redirect("teams:mandate_list")
    others = [other for other in queries.units_to_ask_from(here) if other.pk != unit.pk]
    return render(request, "teams/mandate_write.html", {"form": form, "unit": unit, "other_units": others})


@require_safe
def mandate_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """What is asked, what is expected, and the talk about it."""
    mandate = get_mandate(request, pk, can_read_mandate)
    answers = receives_mandate(standing(request), mandate) and mandate.state in ANSWERABLE
    form = MandateAnswerForm if answers else MandateLineForm
    return _detail(request, mandate, form(shown_version=mandate.version))


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the wording while nobody has taken it on."""
    mandate = get_mandate(request, pk, gives_mandate)
    if request.method != "POST" and mandate.state not in ANSWERABLE:
        messages.error(request, _("The mandate has been taken on or closed. Talk about what is to be different."))
        return redirect("teams:mandate_detail", mandate.pk)
    initial = {name: getattr(mandate, name) for name in actions.Wording.__slots__}
    form = MandateEditForm(request.POST or None, initial=initial, shown_version=mandate.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.change_mandate(
            by=request.user,
            mandate=mandate,
            wording=form.wording(),
            line=form.cleaned_data["line"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("Saved. What you changed is told in the thread."))
        return redirect("teams:mandate_detail", mandate.pk)
    return render(request, "teams/mandate_edit.html", {"form": form, "mandate": mandate})


@require_POST
def mandate_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """Take it on, or ask to talk about it."""
    mandate = get_mandate(request, pk, receives_mandate)
    form = MandateAnswerForm(request.POST, shown_version=mandate.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.answer_mandate(
            by=request.user,
            mandate=mandate,
            answer=MandateState(form.cleaned_data["answer"]),
            line=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        took_it = form.cleaned_data["answer"] == MandateState.ACCEPTED
        said = _("You have taken it on.") if took_it else _("Sent. The leader sees your line on the front page.")
        messages.success(request, said)
        return redirect("teams:mandate_detail", mandate.pk)
    return _detail(request, mandate, form)


@require_POST
def mandate_message(request: PortalRequest, pk: int) -> HttpResponse:
    """Write a line to the other side."""
    mandate = get_mandate(request, pk, shares_mandate)
    form = MandateLineForm(request.POST, shown_version=mandate.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.write_about_mandate(
            by=request.user,
            mandate=mandate,
            line=form.cleaned_data["text"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("Sent."))
        return redirect("teams:mandate_detail", mandate.pk)
    return _detail(request, mandate, form)


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Finished; or withdrawn, which is the leader's."""
    mandate = get_mandate(request, pk, shares_mandate)
    form = CloseMandateForm(request.POST or None, may_withdraw=gives_mandate(standing(request), mandate))
    if form.is_valid() and form.carried_out(
        lambda: actions.close_mandate(
            by=request.user,
            mandate=mandate,
            outcome=MandateState(form.cleaned_data["outcome"]),
            line=form.cleaned_data["text"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        is_done = form.cleaned_data["outcome"] == MandateState.DONE
        messages.success(request, _("The mandate is finished.") if is_done else _("The mandate is withdrawn."))
        return redirect("teams:mandate_detail", mandate.pk)
    return render(request, "teams/mandate_close.html", {"form": form, "mandate": mandate})


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_expectations(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down what the two sides expect of each other."""
    mandate = get_mandate(request, pk, shares_mandate)
    form = ExpectationsForm(request.POST or None, initial={"agreed": mandate.agreed}, shown_version=mandate.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.agree_on_expectations(
            by=request.user,
            mandate=mandate,
            agreed=form.cleaned_data["agreed"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("Saved. Both of you can read it and change it."))
        return redirect("teams:mandate_detail", mandate.pk)
    context = {"form": form, "mandate": mandate, "questions": queries.expectation_questions()}
    return render(request, "teams/mandate_expectations.html", context)


def _detail(request: PortalRequest, mandate: Mandate, form: MandateLineForm) -> HttpResponse:
    """The page of the mandate with the form as it is: what was typed is kept, whatever happened to the mandate."""
    return render(request, "teams/mandate_detail.html", {"form": form, **_told(request, mandate)})


def _told(request: PortalRequest, mandate: Mandate) -> dict[str, Any]:
    """The mandate; to the two sides also its thread, its questions and what they may do."""
    here = standing(request)
    is_open, shares = not mandate.is_closed, shares_mandate(here, mandate)
    answerable = mandate.state in ANSWERABLE
    return {
        "mandate": mandate,
        "team": mandate.team,
        "shares": shares,
        "thread": paged(request, queries.thread_of(mandate)) if shares else None,
        "questions": queries.expectation_questions() if shares else [],
        "may_answer": answerable and receives_mandate(here, mandate),
        "may_change": answerable and gives_mandate(here, mandate),
        "may_write": is_open and shares,
        "may_read_role": can_read_role_description(here, mandate.unit),
    }
