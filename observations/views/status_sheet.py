"""A team on one page, to read before a visit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcycle.permissions import can_read_conversation
from observations import queries
from observations.access import get_known_visit
from observations.models import Visit
from observations.permissions import can_prepare_visit, can_read_lines
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.pdf import pdf_response
from teams.access import standing
from teams.permissions import can_read_contract


@require_safe
def status_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The sheet, to be read on the screen or printed from the browser."""
    visit = get_known_visit(request, pk, can_prepare_visit)
    return render(request, "observations/status_sheet.html", _context(request, visit))


@require_safe
def status_sheet_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same sheet as a tagged PDF."""
    visit = get_known_visit(request, pk, can_prepare_visit)
    filename = _("Status sheet %(team)s %(day)s.pdf") % {"team": visit.team.name, "day": visit.on}
    return pdf_response(request, "observations/status_sheet.html", _context(request, visit), filename=filename)


def _context(request: PortalRequest, visit: Visit) -> dict[str, Any]:
    here, team = standing(request), visit.team
    sheet = queries.status_sheet(
        visit,
        here,
        reads_team=can_read_conversation(here, team),
        reads_contract=can_read_contract(here, team),
    )
    last, record = sheet.last_visit, sheet.last_record
    reads_kept = last is not None and can_read_lines(here, last, record)
    return {
        "visit": visit,
        "team": team,
        "sheet": sheet,
        "kept": record.kept if reads_kept and record else "",
        "back_url": reverse("observations:visit_detail", args=[visit.pk]),
        "pdf_url": reverse("observations:status_sheet_pdf", args=[visit.pk]),
    }
