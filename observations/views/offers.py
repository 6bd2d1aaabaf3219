"""Offering a team times for a visit, and its answer."""

import datetime as dt

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import actions
from observations.access import get_offer
from observations.enums import OfferState
from observations.forms import OfferAnswerForm, OfferForm
from observations.models import OfferedTime, VisitOffer
from observations.permissions import can_answer_offer, can_plan_visits, can_withdraw_offer
from observations.queries import (
    VisitWarning,
    look_around,
    look_around_span,
    meetings_to_visit,
    usual_visitor,
    waiting_offers,
)
from observations.rules import Span
from observations.views.conflicts import words_of
from slf_portal.accounts.http import PortalRequest
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import until
from teams.access import get_team, standing
from teams.models import Team
from teams.permissions import can_view_team
from teams.queries import possible_visitors

# What is suggested: an hour's conversation and half an hour to evaluate it, about a fortnight ahead.
SUGGESTED_LENGTH, SUGGESTED_DAYS_AHEAD = dt.timedelta(minutes=90), 14
MORNING = dt.time(10)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_times(request: PortalRequest, team_id: int) -> HttpResponse:
    """Offer the team one to three times to choose among."""
    team = get_team(request, team_id, can_plan_visits)
    visitors = possible_visitors(team, today())
    visitor = visitors.filter(pk=request.user.pk).first() or usual_visitor(team, visitors, today())
    form = OfferForm(
        request.POST or None,
        visitors=visitors,
        meetings=meetings_to_visit(team),
        suggested=_suggested(team, visitor) if visitor and request.method != "POST" else (),
        initial={"visitor": visitor},
    )
    in_the_way: list[str] = []
    if form.is_valid():
        if form.is_warned(_warnings(form, team)) and _offered(request, form, team):
            return redirect("observations:visit_book", team.pk)
        if form.taken is not None:
            visitor_id = form.cleaned_data["visitor"].pk
            in_the_way = words_of(standing(request), team, form.taken.clashes, visitor_id=visitor_id)
    context = {
        "form": form,
        "team": team,
        "in_the_way": in_the_way,
        "has_visitors": visitor is not None,
        "waiting": waiting_offers([team.pk]).exists(),
    }
    return render(request, "observations/offer_times.html", context)


@require_safe
def offer_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The times that are offered, and what came of it."""
    offer = get_offer(request, pk)
    return _offer_page(request, offer, OfferAnswerForm(times=_coming(offer), shown_version=offer.version))


@require_http_methods(["GET", "HEAD", "POST"])
def offer_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """The team chooses one of the times, or says why none of them suits."""
    offer = get_offer(request, pk, can_answer_offer)
    form = OfferAnswerForm(request.POST or None, times=_coming(offer), shown_version=offer.version)
    if form.is_valid() and form.carried_out(lambda: _answer(request.user, offer, form)):
        time = form.cleaned_data["time"]
        if time is None:
            messages.success(request, _("The visitor is told, and finds other times."))
            return redirect("observations:offer_detail", offer.pk)
        when = until(time.starts_at, time.ends_at)
        messages.success(request, _("The visit is planned for %(when)s. Everyone concerned is told.") % {"when": when})
        return redirect("observations:visit_detail", form.outcome.pk)
    return _offer_page(request, offer, form)


def _coming(offer: VisitOffer) -> QuerySet[OfferedTime]:
    return offer.times.filter(starts_at__gt=timezone.now())


def _offer_page(request: PortalRequest, offer: VisitOffer, form: OfferAnswerForm) -> HttpResponse:
    here, coming = standing(request), list(_coming(offer))
    is_waiting = offer.state == OfferState.WAITING
    context = {
        "form": form,
        "offer": offer,
        "team": offer.team,
        "coming": coming,
        "has_passed": is_waiting and not coming,
        "may_answer": can_answer_offer(here, offer) and is_waiting and bool(coming),
        "may_withdraw": is_waiting and can_withdraw_offer(here, offer),
        "may_open_team": can_view_team(here, offer.team),
    }
    return render(request, "observations/offer_detail.html", context)


@require_POST
def offer_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Take the times back."""
    offer = get_offer(request, pk, can_withdraw_offer)
    try:
        actions.withdraw_offer(by=request.user, offer=offer)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The times are taken back. The team is told."))
    return redirect("observations:offer_detail", offer.pk)


def _answer(by: User, offer: VisitOffer, form: OfferAnswerForm) -> object:
    time, version = form.cleaned_data["time"], form.cleaned_data["version"]
    if time is not None:
        return actions.accept_offer(by=by, offer=offer, time=time, version=version)
    return actions.decline_offer(by=by, offer=offer, reason=form.cleaned_data["reason"], version=version)


def _offered(request: PortalRequest, form: OfferForm, team: Team) -> bool:
    done = form.carried_out(
        lambda: actions.offer_times(
            by=request.user,
            team=team,
            visitor=form.cleaned_data["visitor"],
            times=form.spans,
            meeting=form.moves,
            token=form.cleaned_data["token"],
        ),
        refused_at="on_1",
    )
    if done:
        messages.success(request, _("The times are offered. The team is told."))
    return done


def _warnings(form: OfferForm, team: Team) -> list[VisitWarning]:
    """What is to be known of the times, each thing once."""
    first, last = min(form.spans), max(form.spans)
    around = look_around(team, form.cleaned_data["visitor"], first.on, last.on + dt.timedelta(days=1))
    found = {warning.key: warning for span in form.spans for warning in around.warnings(span)}
    return list(found.values())


def _suggested(team: Team, visitor: User) -> list[Span]:
    begins = at(today() + dt.timedelta(days=SUGGESTED_DAYS_AHEAD), MORNING)
    wanted = Span(begins, begins + SUGGESTED_LENGTH)
    return [free.span for free in look_around_span(team, visitor, wanted).free_times(wanted)]
