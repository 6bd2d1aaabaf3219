"""Writing at the items of a conversation, together and in silence. Asked by a script, they answer in JSON."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningcycle import actions
from learningcycle.access import get_agenda_item
from learningcycle.forms import ItemForm, SilentForm
from learningcycle.permissions import can_write_conversation
from learningcycle.views.running import back_to, show_item
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import clock

_SILENCE: Mapping[str, Callable[..., None]] = {
    "begin": actions.begin_silence,
    "show": actions.show_silence,
    "end": actions.end_silence,
    "take_in": actions.take_in_silence,
}


@require_POST
def item_write(request: PortalRequest, pk: int) -> HttpResponse:
    """Save the text of an item. Where somebody else was first, both texts come back and neither is lost."""
    item = get_agenda_item(request, pk, can_write_conversation)
    form = ItemForm(request.POST, item=item)
    saved = (
        not form.keeps_theirs
        and form.is_valid()
        and form.carried_out(
            lambda: actions.write_item(
                by=request.user,
                item=item,
                text=form.to_write(),
                version=form.cleaned_data["version"],
                confirmed_not_cpr=form.cpr_overridden,
            )
        )
    )
    if _asks_for_json(request):
        return _told_of_text(form)
    if saved:
        messages.success(request, _("Saved %(time)s") % {"time": clock(timezone.now())})
    return back_to(item) if saved or form.keeps_theirs else show_item(request, item.conversation, item.pk, form=form)


@require_POST
def item_silence(request: PortalRequest, pk: int) -> HttpResponse:
    """Begin the silent writing of an item, show what was written, write it into the item, or put it away."""
    item = get_agenda_item(request, pk, can_write_conversation)
    act = _SILENCE.get(request.POST.get("step", ""))
    if act is not None:
        try:
            act(by=request.user, item=item)
        except RefusedError as refusal:
            messages.warning(request, str(refusal))
    return back_to(item)


@require_POST
def silent_write(request: PortalRequest, pk: int) -> HttpResponse:
    """Keep what somebody wrote for herself, without keeping who."""
    item = get_agenda_item(request, pk, can_write_conversation)
    form = SilentForm(request.POST)
    saved = form.is_valid() and form.carried_out(
        lambda: actions.write_silently(item=item, key=form.cleaned_data["key"], text=form.cleaned_data["text"])
    )
    if _asks_for_json(request):
        if saved:
            return JsonResponse({"saved_at": clock(timezone.now())})
        return JsonResponse({"error": _first_error(form)}, status=422)
    if not saved:
        return show_item(request, item.conversation, item.pk, silent=form)
    messages.success(request, _("Your note is in the pile."))
    return back_to(item)


def _told_of_text(form: ItemForm) -> JsonResponse:
    if form.moved_on is not None:
        return JsonResponse({"text": form.moved_on.text, "version": form.moved_on.version}, status=409)
    if form.errors:
        return JsonResponse({"error": _first_error(form), "asks": form.has_error("text", "cpr")}, status=422)
    return JsonResponse({"version": form.outcome.text_version, "saved_at": clock(timezone.now())})


def _first_error(form: ItemForm | SilentForm) -> str:
    return next((str(message) for found in form.errors.values() for message in found), "")


def _asks_for_json(request: PortalRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
