"""When one cannot visit. One's own; why is not asked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from observations import actions
from observations.access import get_own_absence
from observations.actions import TakenError
from observations.forms import AbsenceForm
from observations.models import Absence, Visit, VisitOffer
from observations.permissions import visits_teams
from observations.queries import coming_absences
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.errors import RefusedError
from teams.access import require, standing


@require_http_methods(["GET", "HEAD", "POST"])
def absence_list(request: PortalRequest) -> HttpResponse:
    """One's own absences to come, and a new one; what is planned then is shown with the way to hand it over."""
    require(visits_teams(standing(request)))
    form, taken = AbsenceForm(request.POST or None), list[TakenError]()

    def add() -> Absence:
        try:
            return actions.add_absence(by=request.user, span=form.span, token=form.cleaned_data["token"])
        except TakenError as error:
            taken.append(error)
            raise RefusedError(_("You are booked then, or away already. See below.")) from error

    if form.is_valid() and form.carried_out(add, refused_at="on"):
        messages.success(request, _("Nobody books you then."))
        return redirect("observations:absence_list")
    visits, offers = _in_the_way(taken)
    context = {"form": form, "absences": coming_absences(request.user), "visits": visits, "offers": offers}
    return render(request, "observations/absence_list.html", context)


@require_POST
def absence_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Be there after all."""
    actions.remove_absence(by=request.user, absence=get_own_absence(request, pk))
    messages.success(request, _("You can be booked again."))
    return redirect("observations:absence_list")


def _in_the_way(taken: list[TakenError]) -> tuple[list[Visit], list[VisitOffer]]:
    """Her own visits then, and the offers that wait for an answer."""
    bookings = [booking for error in taken for booking in error.clashes]
    visits = {booking.visit.pk: booking.visit for booking in bookings if booking.visit is not None}
    offered = [booking.offered_time.offer for booking in bookings if booking.offered_time is not None]
    return list(visits.values()), list({offer.pk: offer for offer in offered}.values())
