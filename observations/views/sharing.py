"""Sharing a visit with the team, closing it, opening it again, and what is shared on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import actions, queries
from observations.access import get_known_visit
from observations.forms import OpenAgainForm, ShareForm
from observations.models import Visit
from observations.permissions import can_read_lines, can_share_visit
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.errors import RefusedError
from slf_portal.common.pdf import pdf_response
from slf_portal.common.templatetags.portal import long_day
from teams.access import require, standing
from teams.permissions import can_view_team


@require_http_methods(["GET", "HEAD", "POST"])
def visit_share(request: PortalRequest, pk: int) -> HttpResponse:
    """Exactly what the team will read, words to look at once more, and the button that shares it."""
    visit = get_known_visit(request, pk, can_share_visit)
    sharing = queries.sharing_of(visit)
    record = sharing.record
    if request.method != "POST" and (sharing.after.why_not or (record and record.is_shared)):
        messages.info(request, sharing.after.why_not or _("It is shared with the team already."))
        return redirect("observations:visit_detail", pk)
    form = ShareForm(request.POST or None, shown_version=record.version if record else 0)
    if form.is_valid() and form.carried_out(
        lambda: actions.share_record(by=request.user, visit=visit, version=form.cleaned_data["version"])
    ):
        messages.success(request, _("It is shared. The team's members get a mail with a link."))
        return redirect("observations:visit_detail", pk)
    context = {
        "visit": visit,
        "team": visit.team,
        "form": form,
        "sharing": sharing,
        "hints": queries.sharing_hints(sharing),
        "may_open_team": can_view_team(standing(request), visit.team),
    }
    return render(request, "observations/visit_share.html", context)


@require_POST
def visit_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Let nobody change it any more."""
    visit = get_known_visit(request, pk, can_share_visit)
    form = ShareForm(request.POST, shown_version=0)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        record = actions.close_record(by=request.user, visit=visit, version=version)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        day = queries.lines_go_on(record)
        said = _("The visit is closed. What you wrote during it is deleted on %(day)s.")
        messages.success(request, said % {"day": long_day(day)})
    return redirect("observations:visit_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_open_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Open what was closed, with a reason that the team reads."""
    visit = get_known_visit(request, pk, can_share_visit)
    record = queries.record_of(visit)
    if request.method != "POST" and not (record and record.is_closed):
        messages.info(request, _("The visit is not closed."))
        return redirect("observations:visit_detail", pk)
    form = OpenAgainForm(request.POST or None, shown_version=record.version if record else 0)
    if form.is_valid() and form.carried_out(
        lambda: actions.reopen_record(
            by=request.user,
            visit=visit,
            why=form.cleaned_data["why"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("The visit is open again. Close it when it is right."))
        return redirect("observations:visit_detail", pk)
    return render(request, "observations/visit_open_again.html", {"visit": visit, "team": visit.team, "form": form})


@require_safe
def visit_paper(request: PortalRequest, pk: int) -> HttpResponse:
    """What the team may read of the visit as a document, to be printed from the browser."""
    return render(request, "observations/visit_paper.html", _paper(_readable(request, pk)))


@require_safe
def visit_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same document as a tagged PDF."""
    visit = _readable(request, pk)
    filename = f"{_('Observation and feedback')} {visit.team.name} {visit.on}.pdf"
    return pdf_response(request, "observations/visit_paper.html", _paper(visit), filename=filename)


def _readable(request: PortalRequest, pk: int) -> Visit:
    """The visit, for its visitor, and for the members once it is shared."""
    visit = get_known_visit(request, pk)
    require(can_read_lines(standing(request), visit, queries.record_of(visit)))
    return visit


def _paper(visit: Visit) -> dict[str, Any]:
    return {
        "visit": visit,
        "team": visit.team,
        "sharing": queries.sharing_of(visit),
        "back_url": reverse("observations:visit_detail", args=[visit.pk]),
        "pdf_url": reverse("observations:visit_pdf", args=[visit.pk]),
    }
