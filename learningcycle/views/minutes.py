"""The minutes of a meeting: as a page, on paper, as PDF and as a Word document; and a team's list of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from learningcycle import actions, queries
from learningcycle.access import get_conversation
from learningcycle.forms import MinutesFilterForm
from learningcycle.models import Conversation
from learningcycle.permissions import can_read_conversation, can_write_conversation
from learningcycle.views.minutes_word import minutes_document
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.docx import docx_response
from slf_portal.common.paging import paged
from slf_portal.common.pdf import pdf_response
from teams.access import get_team


@require_safe
def minutes(request: PortalRequest, pk: int) -> HttpResponse:
    """What was said and agreed on; a draft until the conversation is closed."""
    conversation = get_conversation(request, pk, can_read_conversation)
    context = _context(conversation)
    context["can_be_closed"] = not conversation.is_closed and conversation.meeting.on <= today()
    return render(request, "learningcycle/minutes.html", context)


@require_safe
def minutes_print(request: PortalRequest, pk: int) -> HttpResponse:
    """The same as a document, to be printed from the browser."""
    conversation = get_conversation(request, pk, can_read_conversation)
    return render(request, "learningcycle/minutes_paper.html", _context(conversation))


@require_safe
def minutes_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same document as a tagged PDF."""
    conversation = get_conversation(request, pk, can_read_conversation)
    return pdf_response(
        request, "learningcycle/minutes_paper.html", _context(conversation), filename=_filename(conversation, "pdf")
    )


@require_safe
def minutes_docx(request: PortalRequest, pk: int) -> HttpResponse:
    """The same as a Word document."""
    conversation = get_conversation(request, pk, can_read_conversation)
    document = minutes_document(queries.minutes_of(conversation))
    return docx_response(document, filename=_filename(conversation, "docx"))


@require_POST
def minutes_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Make the minutes a draft again, so that the team can write on."""
    conversation = get_conversation(request, pk, can_write_conversation)
    actions.reopen_conversation(by=request.user, conversation=conversation)
    messages.success(request, _("The minutes are a draft again. Close the conversation when they are right."))
    return redirect("learningcycle:minutes", pk)


@require_safe
def minutes_list(request: PortalRequest, team_id: int) -> HttpResponse:
    """The team's closed conversations, the latest first."""
    team = get_team(request, team_id, can_read_conversation)
    filters = MinutesFilterForm(request.GET, cycles=team.cycles.all())
    cycle = filters.cleaned_data["cycle"] if filters.is_valid() else None
    page = paged(request, queries.minutes_list(team, cycle))
    return render(request, "learningcycle/minutes_list.html", {"team": team, "filters": filters, "page": page})


def _context(conversation: Conversation) -> dict[str, Any]:
    found, meeting = queries.minutes_of(conversation), conversation.meeting
    return {
        "minutes": found,
        "conversation": conversation,
        "meeting": meeting,
        "team": meeting.team,
        "back_url": reverse("learningcycle:minutes", args=[meeting.pk]),
        "pdf_url": reverse("learningcycle:minutes_pdf", args=[meeting.pk]),
    }


def _filename(conversation: Conversation, ending: str) -> str:
    meeting = conversation.meeting
    return f"{pgettext('minutes of a meeting', 'Minutes')} {meeting.team.name} {meeting.on}.{ending}"
