"""A person's own notes of something troublesome."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcycle import actions, queries
from learningcycle.access import get_snag
from learningcycle.forms import BringSnagForm, SnagForm
from learningcycle.permissions import can_bring_snags, can_note_snags
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.paging import paged
from slf_portal.common.templatetags.portal import until
from teams.access import require, standing


@require_http_methods(["GET", "HEAD", "POST"])
def snag_list(request: PortalRequest) -> HttpResponse:
    """Note something in ten seconds, and what one has noted. Who lost her teams can still throw away what is hers."""
    here, own = standing(request), queries.snags_of(request.user)
    may_note = can_note_snags(here)
    require(may_note or (request.method != "POST" and own.exists()))
    form = SnagForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.note_snag(by=request.user, text=form.cleaned_data["text"], token=form.cleaned_data["token"])
    ):
        messages.success(request, _("Noted, for you alone."))
        return redirect("learningcycle:snag_list")
    context = {"form": form, "page": paged(request, own), "may_note": may_note, "may_bring": can_bring_snags(here)}
    return render(request, "learningcycle/snag_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def snag_bring(request: PortalRequest, pk: int) -> HttpResponse:
    """See once more what the team will read, and choose the meeting."""
    snag = get_snag(request, pk)
    meetings = queries.meetings_for_snags(standing(request), today())
    form = BringSnagForm(request.POST or None, meetings=meetings)
    if form.is_valid() and form.carried_out(
        lambda: actions.bring_snag(
            by=request.user, snag=snag, meeting=form.cleaned_data["meeting"], token=form.cleaned_data["token"]
        )
    ):
        meeting = form.cleaned_data["meeting"]
        when = until(meeting.starts_at, meeting.ends_at)
        messages.success(request, _("It is on the agenda %(when)s, and no longer among your notes.") % {"when": when})
        return redirect("learningcycle:snag_list")
    context = {"form": form, "snag": snag, "has_meetings": meetings.exists()}
    return render(request, "learningcycle/snag_bring.html", context)


@require_POST
def snag_throw_away(request: PortalRequest, pk: int) -> HttpResponse:
    """Throw it away, for good."""
    actions.throw_snag_away(by=request.user, snag=get_snag(request, pk))
    messages.success(request, _("Thrown away. Nothing remembers it."))
    return redirect("learningcycle:snag_list")
