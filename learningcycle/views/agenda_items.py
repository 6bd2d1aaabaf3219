"""The items of one meeting's agenda."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcycle import actions
from learningcycle.access import get_agenda_item, get_meeting
from learningcycle.forms import AgendaItemForm
from learningcycle.models import Meeting
from learningcycle.permissions import can_write_conversation
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.errors import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Put an item last on the meeting's agenda."""
    meeting = get_meeting(request, pk, can_write_conversation)
    form = AgendaItemForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.add_item(
            by=request.user,
            meeting=meeting,
            title=form.cleaned_data["title"],
            question=form.cleaned_data["question"],
            minutes=form.cleaned_data["minutes"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The item stands last on the agenda."))
        return redirect("learningcycle:meeting_prepare", meeting.pk)
    context = {"form": form, "meeting": meeting, "team": meeting.team}
    return render(request, "learningcycle/agenda_item_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """An item's words and minutes."""
    item = get_agenda_item(request, pk, can_write_conversation)
    meeting = item.conversation.meeting
    values = {"title": item.title, "question": item.question, "minutes": item.minutes}
    form = AgendaItemForm(request.POST or None, initial=values, shown_version=item.conversation.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.change_item(
            by=request.user,
            item=item,
            title=form.cleaned_data["title"],
            question=form.cleaned_data["question"],
            minutes=form.cleaned_data["minutes"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("The item is saved."))
        return redirect("learningcycle:meeting_prepare", meeting.pk)
    context = {"form": form, "item": item, "meeting": meeting, "team": meeting.team}
    return render(request, "learningcycle/agenda_item_edit.html", context)


@require_POST
def agenda_item_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the item another place on the agenda."""
    item = get_agenda_item(request, pk, can_write_conversation)
    sent = request.POST.get("to", "")
    return _done(
        request,
        item.conversation.meeting,
        lambda: actions.move_item(by=request.user, item=item, to=int(sent[:4]) if sent.isdecimal() else item.position),
        _("“%(title)s” is moved.") % {"title": item.title},
    )


@require_POST
def agenda_item_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Take the item off the agenda."""
    item = get_agenda_item(request, pk, can_write_conversation)
    return _done(
        request,
        item.conversation.meeting,
        lambda: actions.remove_item(by=request.user, item=item),
        _("“%(title)s” is taken off the agenda.") % {"title": item.title},
    )


def _done(request: PortalRequest, meeting: Meeting, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("learningcycle:meeting_prepare", meeting.pk)
