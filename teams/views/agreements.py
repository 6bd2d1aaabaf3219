"""What a team has agreed on, a person's own tasks, and what comes of them."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.forms import PortalForm
from slf_portal.common.paging import paged
from teams import actions, queries
from teams.access import get_agreement, get_team, standing
from teams.enums import AgreementState, Whose
from teams.forms import AgreementForm, AgreementStateForm, DropForm, HelpedForm, ShareForm, readers_of
from teams.models import Agreement
from teams.permissions import can_agree, can_change_agreement, can_read_agreements, can_settle_agreement

# So many questions at a time; the others come when these are answered.
QUESTIONS = 5


@require_safe
def agreement_list(request: PortalRequest) -> HttpResponse:
    """The person's own tasks across her teams; `?vis=faerdige`: what was settled lately."""
    here, is_settled = standing(request), request.GET.get("vis") == "faerdige"
    tasks = queries.settled_tasks_of(here, today()) if is_settled else queries.tasks_of(here, today())
    page = paged(request, tasks)
    groups = groupby(page, key=lambda task: Whose(task.whose))
    return render(
        request,
        "teams/agreement_list.html",
        {
            "is_settled": is_settled,
            "page": page,
            # Who does it is named where the heading does not say it already.
            "groups": [] if is_settled else [(whose.label, list(of), whose is Whose.LED) for whose, of in groups],
            "questions": [] if is_settled else queries.tasks_to_ask_about(here, today())[:QUESTIONS],
        },
    )


@require_safe
def team_agreements(request: PortalRequest, team_id: int) -> HttpResponse:
    """What the team has agreed on, as far as the person may read it: open first, then settled."""
    team, here = get_team(request, team_id, can_read_agreements), standing(request)
    return render(
        request,
        "teams/team_agreements.html",
        {
            "team": team,
            "page": paged(request, queries.agreements_to_read(here, team, today())),
            "unread": queries.counts_beside(here, team, today()),
            "may_agree": can_agree(here, team),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_add(request: PortalRequest, team_id: int) -> HttpResponse:
    """Write down what the team has agreed on."""
    team = get_team(request, team_id, can_agree)
    form = AgreementForm(request.POST or None, owners=queries.possible_owners(team, today()))
    if form.is_valid() and form.carried_out(
        lambda: actions.agree(
            by=request.user,
            team=team,
            text=form.cleaned_data["text"],
            owner=form.cleaned_data["owner"],
            due_on=form.cleaned_data["due_on"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("It stands on your list."))
        return redirect("teams:team_agreements", team.pk)
    return render(request, "teams/agreement_add.html", {"form": form, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change its words, who does it and by when."""
    agreement = get_agreement(request, pk, can_change_agreement)
    form = AgreementForm(
        request.POST or None,
        initial={"text": agreement.text, "owner": agreement.owner_id, "due_on": agreement.due_on},
        owners=queries.possible_owners(agreement.team, today(), also=agreement.owner),
        readers=readers_of(agreement),
        shown_version=agreement.version,
    )
    return _form_page(
        request,
        agreement,
        form,
        lambda: actions.change_agreement(
            by=request.user,
            agreement=agreement,
            text=form.cleaned_data["text"],
            owner=form.cleaned_data["owner"],
            due_on=form.cleaned_data["due_on"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        ),
        template="teams/agreement_edit.html",
        said=_("It is changed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Say in a line why it is not going to be done."""
    agreement = get_agreement(request, pk, can_settle_agreement)
    form = DropForm(request.POST or None, readers=readers_of(agreement), shown_version=agreement.version)
    return _form_page(
        request,
        agreement,
        form,
        lambda: actions.drop_agreement(
            by=request.user,
            agreement=agreement,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        ),
        template="teams/agreement_drop.html",
        said=_("It is dropped. The reason stands with it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_helped(request: PortalRequest, pk: int) -> HttpResponse:
    """Say whether something done helped, and what one saw."""
    agreement = get_agreement(request, pk, can_settle_agreement)
    form = HelpedForm(
        request.POST or None,
        initial={"helped": agreement.helped, "note": agreement.helped_note},
        readers=readers_of(agreement),
        shown_version=agreement.version,
    )
    return _form_page(
        request,
        agreement,
        form,
        lambda: actions.say_whether_it_helped(
            by=request.user,
            agreement=agreement,
            helped=form.cleaned_data["helped"],
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        ),
        template="teams/agreement_helped.html",
        said=_("Thank you. Your answer stands with it."),
    )


@require_POST
def agreement_state(request: PortalRequest, pk: int) -> HttpResponse:
    """Open, under way or done, with one click."""
    agreement = get_agreement(request, pk, can_settle_agreement)
    sent = _sent(AgreementStateForm(request.POST, shown_version=agreement.version))
    state = sent["state"]
    said = {
        AgreementState.OPEN: _("It is open again."),
        AgreementState.UNDER_WAY: _("Noted: it is under way."),
        AgreementState.DONE: _("Noted: it is done. Later the portal asks whether it helped."),
    }
    return _button_pressed(
        request,
        agreement,
        lambda: actions.set_agreement_state(by=request.user, agreement=agreement, state=state, version=sent["version"]),
        said[state],
    )


@require_POST
def agreement_share(request: PortalRequest, pk: int) -> HttpResponse:
    """The team lets its leader read it, or takes that back."""
    agreement = get_agreement(request, pk, can_change_agreement)
    sent = _sent(ShareForm(request.POST, shown_version=agreement.version))
    is_shared = sent["is_shared"]
    return _button_pressed(
        request,
        agreement,
        lambda: actions.share_agreement(
            by=request.user, agreement=agreement, is_shared=is_shared, version=sent["version"]
        ),
        _("Your leader can read it now.") if is_shared else _("Your leader no longer sees it."),
    )


def _form_page(
    request: PortalRequest,
    agreement: Agreement,
    form: PortalForm,
    act: Callable[[], object],
    *,
    template: str,
    said: str,
) -> HttpResponse:
    """Carry out a form about it and go back to where it stood, or show it."""
    if form.is_valid() and form.carried_out(act):
        messages.success(request, said)
        return redirect(_came_from(request, agreement))
    context = {"form": form, "agreement": agreement, "team": agreement.team, "back": _came_from(request, agreement)}
    return render(request, template, context)


def _button_pressed(request: PortalRequest, agreement: Agreement, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(_came_from(request, agreement))


def _sent(form: PortalForm) -> dict[str, Any]:
    """What a button sends along. It cannot be wrong on a page of ours."""
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data


def _came_from(request: PortalRequest, agreement: Agreement) -> str:
    """The page of the portal where she pressed the button, as `fra` says; else the team's list."""
    page = request.POST.get("fra") or request.GET.get("fra")
    if page and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return page
    return reverse("teams:team_agreements", args=[agreement.team_id])
