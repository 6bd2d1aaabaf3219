"""A person's own calendar: the feed that programs ask for, and the page about it."""

import hashlib

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import give_busy_address, remove_busy_address
from observations.queries import busy_address_of
from slf_portal.accounts.http import PortalRequest
from slf_portal.calendars import actions, queries
from slf_portal.calendars.forms import BusyAddressForm, FeedForm
from slf_portal.common.calendars import CONTENT_TYPE


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address: 304 while nothing has changed, and nothing at any other address."""
    found = queries.feed_at(token)
    if found is None:
        raise Http404
    content = queries.write_feed(found)
    response = HttpResponse(
        b"" if request.method == "HEAD" else content,
        content_type=f"{CONTENT_TYPE}; charset=utf-8",
        headers={
            "Content-Length": str(len(content)),
            "Content-Language": found.person.language,
            "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
            # Kept by who asked, and asked about every time.
            "Cache-Control": "private, no-cache",
        },
    )
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


@require_http_methods(["GET", "HEAD", "POST"])
def feed_page(request: PortalRequest) -> HttpResponse:
    """One's own address, what it tells, and the calendar that the portal may read."""
    own = queries.feed_of(request.user)
    # A form with an unticked box alone may hold nothing.
    sent = request.POST if request.method == "POST" else None
    form = FeedForm(sent, initial={"with_own_calendar": own is not None and own.with_own_calendar})
    if form.is_valid():
        chosen = form.cleaned_data["with_own_calendar"]
        actions.keep_feed(by=request.user, with_own_calendar=chosen)
        messages.success(request, _("Your choice is saved.") if own else _("Here is your address."))
        return redirect("calendars:feed_page")
    address = queries.address_of(own) if own else ""
    context = {
        "form": form,
        "address": address,
        "subscribe_address": f"webcal:{address.partition(':')[2]}" if address else "",
        "busy": busy_address_of(request.user),
    }
    return render(request, "calendars/feed_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feed_renew(request: PortalRequest) -> HttpResponse:
    """Make a new address, when one is sure: the old one is dead at once."""
    if request.method == "POST":
        actions.renew_feed(by=request.user)
        messages.success(request, _("Here is your new address. The old one is dead."))
        return redirect("calendars:feed_page")
    return render(request, "calendars/feed_renew.html")


@require_http_methods(["GET", "HEAD", "POST"])
def busy_address(request: PortalRequest) -> HttpResponse:
    """Let the portal read when one is busy by one's own calendar."""
    if request.method == "POST" and (limited := ratelimit.consume_or_429(request, action="busy_address")):
        return limited
    form = BusyAddressForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: give_busy_address(by=request.user, address=form.cleaned_data["address"], spans=form.spans)
    ):
        messages.success(request, _("The calendar is read. From now on it is read every hour."))
        return redirect("calendars:feed_page")
    return render(request, "calendars/busy_address.html", {"form": form})


@require_POST
def busy_remove(request: PortalRequest) -> HttpResponse:
    """Forget the address, and the times that were read there."""
    remove_busy_address(by=request.user)
    messages.success(request, _("The address is gone, and the times that were read there."))
    return redirect("calendars:feed_page")
