"""A team's contract: reading and writing it, putting it in force, saying yes, its versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.paging import paged
from slf_portal.common.pdf import pdf_response
from teams import actions, queries
from teams.access import get_contract, get_team, standing
from teams.forms import ContractForm, PutInForceForm
from teams.models import TeamContract
from teams.permissions import can_agree_to_contract, can_read_contract, can_see_contract, can_write_contract


@require_safe
def contract_detail(request: PortalRequest, team_id: int) -> HttpResponse:
    """What the team has agreed on, who stands behind it, and the way to change it."""
    team, here = get_team(request, team_id, can_read_contract), standing(request)
    contract = queries.contract_in_force(team)
    sections = queries.written_sections(contract)
    support = queries.support_of(contract, today()) if contract else None
    asked = {person.pk for person in support.waiting} if support and sections else set()
    return render(
        request,
        "teams/contract_detail.html",
        {
            "team": team,
            "contract": contract,
            "sections": sections,
            "draft": queries.contract_draft(team),
            "support": support,
            "renewed_by": queries.contract_renewed_by(team, contract, today()) if contract else None,
            "may_write": can_write_contract(here, team),
            "may_say_yes": here.person_id in asked and can_agree_to_contract(here, team),
            "may_see": bool(sections) and can_see_contract(here, team),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contract_edit(request: PortalRequest, team_id: int) -> HttpResponse:
    """Write the draft. Where two write at once, both texts are shown."""
    team = get_team(request, team_id, can_write_contract)
    form = ContractForm(request.POST or None, headings=queries.headings_to_write(team))
    if form.is_valid():
        elsewhere = actions.write_contract(
            by=request.user, team=team, writings=form.writings(), confirmed_not_cpr=form.cpr_overridden
        )
        if not elsewhere:
            messages.success(request, _("The draft is saved."))
            return redirect("teams:contract_put_in_force", team.pk)
        form.show_colleagues(elsewhere)
    return render(request, "teams/contract_edit.html", {"form": form, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def contract_put_in_force(request: PortalRequest, team_id: int) -> HttpResponse:
    """What the draft changes, and the two lines for the meetings; then it holds from today."""
    team = get_team(request, team_id, can_write_contract)
    draft, before = queries.contract_draft(team), queries.contract_in_force(team)
    lines = {"first_line": before.first_line, "second_line": before.second_line} if before else {}
    form = PutInForceForm(request.POST or None, initial=lines)
    if form.is_valid() and form.carried_out(
        lambda: actions.put_contract_in_force(
            by=request.user,
            team=team,
            first_line=form.cleaned_data["first_line"],
            second_line=form.cleaned_data["second_line"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The contract holds from today. Each member is asked to say yes to it."))
        return redirect("teams:contract_detail", team.pk)
    differences = queries.section_differences(before, draft) if draft else []
    context = {"form": form, "team": team, "draft": draft, "before": before, "differences": differences}
    return render(request, "teams/contract_put_in_force.html", context)


@require_safe
def contract_history(request: PortalRequest, team_id: int) -> HttpResponse:
    """Every version, and every change of what is known about them, whoever made it."""
    team = get_team(request, team_id, can_read_contract)
    page = paged(request, queries.contract_changes(team))
    context = {"team": team, "versions": queries.versions_of(team), "page": page}
    return render(request, "teams/contract_history.html", context)


@require_safe
def contract_version(request: PortalRequest, pk: int) -> HttpResponse:
    """One version, with what it changed in the one before."""
    contract = get_contract(request, pk, can_read_contract)
    before = queries.version_before(contract)
    return render(
        request,
        "teams/contract_version.html",
        {
            "contract": contract,
            "team": contract.team,
            "before": before,
            "differences": queries.section_differences(before, contract),
            "said_yes": queries.said_yes(contract),
        },
    )


@require_safe
def contract_print(request: PortalRequest, pk: int) -> HttpResponse:
    """The version as a document, to be printed from the browser."""
    contract = get_contract(request, pk, can_read_contract)
    return render(request, "teams/contract_paper.html", _paper(contract))


@require_safe
def contract_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same document as a tagged PDF."""
    contract = get_contract(request, pk, can_read_contract)
    filename = _("Team contract %(team)s %(day)s.pdf") % {"team": contract.team.name, "day": contract.in_force_on}
    return pdf_response(request, "teams/contract_paper.html", _paper(contract), filename=filename)


def _paper(contract: TeamContract) -> dict[str, Any]:
    return {
        "contract": contract,
        "team": contract.team,
        "sections": queries.written_sections(contract),
        "said_yes": queries.said_yes(contract),
        "back_url": reverse("teams:contract_detail", args=[contract.team_id]),
        "pdf_url": reverse("teams:contract_pdf", args=[contract.pk]),
    }


@require_POST
def contract_yes(request: PortalRequest, pk: int) -> HttpResponse:
    """A member says that she can stand by it."""
    contract = get_contract(request, pk, can_agree_to_contract)
    try:
        actions.say_yes(by=request.user, contract=contract)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. Your yes is noted with today's date."))
    return redirect("teams:contract_detail", contract.team_id)


@require_POST
def contract_seen(request: PortalRequest, pk: int) -> HttpResponse:
    """A leader says that she has seen it."""
    contract = get_contract(request, pk, can_see_contract)
    actions.mark_seen(by=request.user, contract=contract)
    messages.success(request, _("The team can see that you have seen it."))
    return redirect("teams:contract_detail", contract.team_id)
