"""Closing a conversation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningcycle import actions, queries
from learningcycle.access import get_meeting
from learningcycle.enums import MeetingState
from learningcycle.forms import CloseMeetingForm
from learningcycle.permissions import can_write_conversation
from learningcycle.queries import ChildlikeText, Closing
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import long_day


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_close(request: PortalRequest, pk: int) -> HttpResponse:
    """What we try and when we meet, and what else the team wants to remember; then the minutes are there."""
    meeting = get_meeting(request, pk, can_write_conversation)
    closing = queries.closing_of(meeting)
    if request.method != "POST" and (elsewhere := _not_now(request, closing)):
        return elsewhere
    form = CloseMeetingForm(request.POST or None, closing=closing)
    hints = _hints(form, closing)
    if (
        form.is_valid()
        and not hints
        and form.carried_out(
            lambda: actions.close_conversation(
                by=request.user,
                meeting=meeting,
                ending=form.ending(),
                version=form.cleaned_data["version"],
                confirmed_not_cpr=form.cpr_overridden,
                token=form.cleaned_data["token"],
            )
        )
    ):
        messages.success(request, _("The conversation is closed. The team gets a mail with a link to the minutes."))
        return redirect("learningcycle:minutes", meeting.pk)
    context = {"form": form, "closing": closing, "meeting": meeting, "team": meeting.team, "hints": hints}
    return render(request, "learningcycle/meeting_close.html", context)


def _not_now(request: PortalRequest, closing: Closing) -> HttpResponse | None:
    """Where the page leads while there is nothing to close; None when there is."""
    if closing.conversation is not None and closing.conversation.is_closed:
        messages.info(request, _("The conversation is closed. Here are the minutes."))
        return redirect("learningcycle:minutes", closing.meeting.pk)
    if closing.meeting.state == MeetingState.CANCELLED:
        messages.error(request, _("The meeting is cancelled."))
        return redirect("learningcycle:meeting_detail", closing.meeting.pk)
    if closing.meeting.on > today():
        day = long_day(closing.meeting.on)
        messages.error(request, _("The meeting is not until %(day)s. Close it when you have held it.") % {"day": day})
        return redirect("learningcycle:meeting_detail", closing.meeting.pk)
    return None


def _hints(form: CloseMeetingForm, closing: Closing) -> list[ChildlikeText]:
    """What may point to one child, in all that is written. It comes once, stops nobody, and is not kept."""
    if not form.is_valid() or form.cleaned_data["hint_shown"]:
        return []
    found = queries.childlike_texts([*queries.written_texts(closing.conversation), *form.texts()])
    if found:
        form.note_hint()
    return found
