"""A unit's rhythm, and asking the learning partner for sparring."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from teams import actions, queries
from teams.access import get_support_request, get_unit
from teams.forms import SupportForm, TermsForm
from teams.permissions import can_ask_support, can_choose_terms


@require_http_methods(["GET", "HEAD", "POST"])
def unit_terms(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Agree on how often the unit's teams keep each promise."""
    unit = get_unit(request, unit_id, can_choose_terms)
    form = TermsForm(
        request.POST or None,
        agreed=queries.terms_of_unit(unit, today()),
        inherited=queries.inherited_terms(unit, today()),
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.choose_terms(
            by=request.user, unit=unit, intervals=form.intervals(), token=form.cleaned_data["token"]
        )
    ):
        messages.success(request, _("The rhythm holds from today."))
        return redirect("dashboard:unit_detail", unit.pk)
    return render(request, "teams/unit_terms.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
def support_ask(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Ask the unit's learning partner for sparring."""
    unit = get_unit(request, unit_id, can_ask_support)
    form = SupportForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.ask_support(
            by=request.user,
            unit=unit,
            text=form.cleaned_data["text"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("Sent. The unit's learning partner sees it on her front page."))
        return redirect("dashboard:home")
    partners = queries.learning_partners(unit, today())
    return render(request, "teams/support_ask.html", {"form": form, "unit": unit, "partners": partners})


@require_POST
def support_take(request: PortalRequest, pk: int) -> HttpResponse:
    """The learning partner says "I take it"."""
    support = get_support_request(request, pk)
    try:
        actions.take_support(by=request.user, request=support)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have taken it."))
    return redirect("dashboard:learning_partner")


@require_POST
def support_close(request: PortalRequest, pk: int) -> HttpResponse:
    """The request has been met."""
    support = get_support_request(request, pk)
    actions.close_support(by=request.user, request=support)
    messages.success(request, _("Closed."))
    return redirect("dashboard:learning_partner")
