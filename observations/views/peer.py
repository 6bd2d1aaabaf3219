"""Peer observation of practice: what two colleagues have together."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import actions, queries
from observations.access import get_peer_observation
from observations.forms import PeerForm, PeerLineForm
from observations.models import PeerObservation
from observations.permissions import can_use_peer_observation, is_observed, is_observer
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.paging import paged
from teams.access import require, standing


@require_safe
def peer_list(request: PortalRequest) -> HttpResponse:
    """One's own, and those one is asked for. Who has lost her teams can still open what is hers."""
    own = queries.peer_observations_of(request.user)
    may_ask = can_use_peer_observation(standing(request))
    require(may_ask or own.exists())
    return render(request, "observations/peer_list.html", {"page": paged(request, own), "may_ask": may_ask})


@require_http_methods(["GET", "HEAD", "POST"])
def peer_ask(request: PortalRequest) -> HttpResponse:
    """Ask a colleague to observe."""
    here = standing(request)
    require(can_use_peer_observation(here))
    form = PeerForm(
        request.POST or None,
        colleagues=queries.colleagues_to_ask(here, today()),
        find=lambda address: queries.colleague_with_address(here, address, today()),
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.ask_peer(
            by=request.user,
            observer=form.cleaned_data["observer"],
            focus=form.cleaned_data["focus"],
            starts_at=form.starts_at(),
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("Asked. Your colleague sees it on the front page, nobody else does."))
        return redirect("observations:peer_list")
    return render(request, "observations/peer_ask.html", {"form": form})


@require_safe
def peer_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """An observation, as each of the two may see it."""
    return _show(request, get_peer_observation(request, pk), PeerLineForm())


@require_POST
def peer_line_add(request: PortalRequest, pk: int) -> HttpResponse:
    """The observer writes a line."""
    peer = get_peer_observation(request, pk, is_observer)
    form = PeerLineForm(request.POST)
    if form.is_valid() and form.carried_out(
        lambda: actions.write_peer_line(
            by=request.user, peer=peer, text=form.cleaned_data["text"], token=form.cleaned_data["token"]
        )
    ):
        return redirect("observations:peer_detail", peer.pk)
    return _show(request, peer, form)


@require_POST
def peer_line_remove(request: PortalRequest, pk: int, line_id: int) -> HttpResponse:
    """The observer takes a line back."""
    peer = get_peer_observation(request, pk, is_observer)
    return _done(
        request,
        lambda: actions.remove_peer_line(by=request.user, peer=peer, line_id=line_id),
        _("The line is gone."),
        peer,
    )


@require_POST
def peer_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """The observer says yes or no."""
    peer = get_peer_observation(request, pk, is_observer)
    says_yes = request.POST.get("answer") == "yes"
    said = _("You have said yes.") if says_yes else _("You have said no. Your colleague sees it, nobody else does.")
    return _done(
        request,
        lambda: actions.answer_peer(by=request.user, peer=peer, says_yes=says_yes),
        said,
        peer if says_yes else None,
    )


@require_POST
def peer_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    """The observer gives the notes away."""
    peer = get_peer_observation(request, pk, is_observer)
    try:
        actions.hand_over_peer(by=request.user, peer=peer)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("observations:peer_detail", peer.pk)
    messages.success(request, _("Handed over. The notes are your colleague's now, and you can no longer read them."))
    return redirect("observations:peer_list")


@require_http_methods(["GET", "HEAD", "POST"])
def peer_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then delete all of it."""
    peer = get_peer_observation(request, pk, is_observed)
    if request.method == "POST":
        actions.delete_peer(by=request.user, peer=peer)
        messages.success(request, _("Deleted. Nothing remembers that it was there."))
        return redirect("observations:peer_list")
    return render(request, "observations/peer_delete.html", {"peer": peer})


def _show(request: PortalRequest, peer: PeerObservation, form: PeerLineForm) -> HttpResponse:
    here = standing(request)
    observes = is_observer(here, peer)
    # Until they are handed over the lines are the observer's, then the observed one's.
    may_read = peer.is_accepted if observes else peer.is_handed_over
    context = {"peer": peer, "form": form, "observes": observes, "lines": peer.lines.all() if may_read else []}
    return render(request, "observations/peer_detail.html", context)


def _done(request: PortalRequest, act: Callable[[], object], said: str, peer: PeerObservation | None) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("observations:peer_detail", peer.pk) if peer else redirect("observations:peer_list")
