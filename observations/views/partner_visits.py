"""Planning, moving, cancelling and noting learning partners' visits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import actions, queries
from observations.access import get_partner_visit
from observations.enums import PartnerVisitKind
from observations.forms import CancelPartnerVisitForm, PartnerVisitForm, with_chosen_time
from observations.forms.partner_visits import as_chosen
from observations.models import PartnerVisit
from observations.permissions import can_change_partner_visit, can_plan_partner_visits
from slf_portal.accounts.http import PortalRequest
from slf_portal.accounts.models import User
from slf_portal.common.dates import COPENHAGEN, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import long_day, until
from teams.access import get_unit, standing
from teams.models import Unit
from teams.permissions import can_view_unit
from teams.queries import why_closed

_USUAL = {"begins": "10:00", "ends": "11:30"}


@require_http_methods(["GET", "HEAD", "POST"])
def partner_visit_book(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Plan a visit to the unit; `?spoergsmaal=` is the request that it answers."""
    unit = get_unit(request, unit_id, can_plan_partner_visits)
    requests = queries.requests_to_answer(unit, request.user)
    asked = request.GET.get("spoergsmaal", "")
    kind = PartnerVisitKind.SPARRING if asked else PartnerVisitKind.OBSERVATION
    form = PartnerVisitForm(
        with_chosen_time(request.POST) or None,
        people=queries.possible_participants(unit, today()).exclude(pk=request.user.pk),
        requests=requests,
        initial={**_USUAL, "asked": asked, "kind": kind},
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.book_partner_visit(
            by=request.user,
            unit=unit,
            plan=form.plan(),
            asked=form.cleaned_data.get("asked"),
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        _say_planned(request, unit, form)
        if form.outcome is None:
            return redirect("observations:partner_calendar")
        return redirect("observations:partner_visit_detail", form.outcome.pk)
    context = {"form": form, "unit": unit, "requests": requests, **_in_the_way(form, unit, request.user)}
    return render(request, "observations/partner_visit_book.html", context)


@require_safe
def partner_visit_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """A learning partner's visit: when, who, and what it is about."""
    visit = get_partner_visit(request, pk)
    here = standing(request)
    context = {
        "visit": visit,
        "may_change": can_change_partner_visit(here, visit),
        "may_open_unit": can_view_unit(here, visit.unit),
        "has_come": visit.on <= today(),
    }
    return render(request, "observations/partner_visit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_visit_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move a planned visit, or change who takes part and what it is about."""
    visit = get_partner_visit(request, pk, can_change_partner_visit)
    people = queries.possible_participants(visit.unit, today(), also=[person.pk for person in visit.participants.all()])
    form = PartnerVisitForm(
        with_chosen_time(request.POST) or None,
        people=people.exclude(pk=visit.partner_id),
        initial=_values(visit),
        shown_version=visit.version,
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.move_partner_visit(
            by=request.user,
            visit=visit,
            plan=form.plan(),
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        _say_planned(request, visit.unit, form)
        return redirect("observations:partner_visit_detail", visit.pk)
    context = {"form": form, "visit": visit, "unit": visit.unit, **_in_the_way(form, visit.unit, visit.partner, visit)}
    return render(request, "observations/partner_visit_move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_visit_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Cancel a planned visit and say why."""
    visit = get_partner_visit(request, pk, can_change_partner_visit)
    form = CancelPartnerVisitForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.cancel_partner_visit(
            by=request.user,
            visit=visit,
            reason=form.cleaned_data["reason"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        when = until(visit.starts_at, visit.ends_at)
        messages.success(request, _("The visit %(when)s is cancelled. Everyone concerned is told.") % {"when": when})
        return redirect("observations:partner_calendar")
    return render(request, "observations/partner_visit_cancel.html", {"form": form, "visit": visit, "unit": visit.unit})


@require_POST
def partner_visit_held(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that the visit was held; with `close_request` the unit's request is met."""
    visit = get_partner_visit(request, pk, can_change_partner_visit)
    closes = request.POST.get("close_request") == "1"
    return _done(
        request,
        visit,
        lambda: actions.mark_partner_visit_held(by=request.user, visit=visit, closes_request=closes),
        _("Noted: the visit was held, and the request is closed.") if closes else _("Noted: the visit was held."),
    )


@require_POST
def partner_visit_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back that the visit was held."""
    visit = get_partner_visit(request, pk, can_change_partner_visit)
    return _done(
        request,
        visit,
        lambda: actions.unmark_partner_visit_held(by=request.user, visit=visit),
        _("The note is taken back. The visit is still planned."),
    )


def _done(request: PortalRequest, visit: PartnerVisit, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("observations:partner_visit_detail", visit.pk)


def _say_planned(request: PortalRequest, unit: Unit, form: PartnerVisitForm) -> None:
    """What was done, and what she should know of the day: a closed unit warns, it does not refuse."""
    on = form.cleaned_data["on"]
    told = {"day": long_day(on)}
    messages.success(request, _("The visit is planned for %(day)s. Everyone concerned is told.") % told)
    why = why_closed(unit, on)
    if why:
        messages.warning(request, _("Note that the unit is closed that day: %(why)s.") % {"why": why})


def _in_the_way(form: PartnerVisitForm, unit: Unit, partner: User, moved: PartnerVisit | None = None) -> dict[str, Any]:
    """What stands in the way of the time asked for, and the free times in its place; nothing where it is free."""
    if not form.is_taken:
        return {}
    plan = form.plan()
    wanted = PartnerVisit(unit=unit, partner=partner, starts_at=plan.starts_at, ends_at=plan.ends_at)
    claim = queries.partner_claim(wanted, plan.participant_ids)
    free = queries.free_partner_times(claim, but=moved)
    return {
        "in_the_way": queries.in_the_way_words(form.clashes, claim, partner),
        "free": [(time, as_chosen(time.starts_at, time.ends_at)) for time in free],
    }


def _values(visit: PartnerVisit) -> dict[str, Any]:
    begins, ends = (moment.astimezone(COPENHAGEN) for moment in (visit.starts_at, visit.ends_at))
    return {
        "kind": visit.kind,
        "about": visit.about,
        "on": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "participants": [person.pk for person in visit.participants.all()],
    }
