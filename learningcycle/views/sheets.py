"""The sheet for meetings without screens: a page of A4 to print."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcycle import queries
from learningcycle.access import get_meeting
from learningcycle.models import Meeting
from learningcycle.permissions import can_read_conversation
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.pdf import pdf_response


@require_safe
def meeting_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The meeting's agenda with room to write, to be printed from the browser."""
    meeting = get_meeting(request, pk, can_read_conversation)
    return render(request, "learningcycle/meeting_sheet.html", _paper(meeting))


@require_safe
def meeting_sheet_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same sheet as a tagged PDF."""
    meeting = get_meeting(request, pk, can_read_conversation)
    filename = _("Meeting sheet %(team)s %(day)s.pdf") % {"team": meeting.team.name, "day": meeting.on}
    return pdf_response(request, "learningcycle/meeting_sheet.html", _paper(meeting), filename=filename)


def _paper(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "team": meeting.team,
        "sheet": queries.sheet_of(meeting),
        "log_url": settings.PORTAL_URL + reverse("learningcycle:meeting_log", args=[meeting.team_id]),
        "back_url": reverse("learningcycle:meeting_detail", args=[meeting.pk]),
        "pdf_url": reverse("learningcycle:meeting_sheet_pdf", args=[meeting.pk]),
    }
