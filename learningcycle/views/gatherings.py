"""Fixed meetings beside the teams': one's own list, a series, and one meeting with its points."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcycle import actions, queries
from learningcycle.access import get_gathering, get_series
from learningcycle.forms import GatheringForm, PointForm, SeriesForm
from learningcycle.forms.gatherings import ONCE
from learningcycle.models import Gathering, GatheringSeries
from learningcycle.permissions import can_have_gatherings, can_make_gatherings
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import COPENHAGEN, today
from slf_portal.common.paging import paged
from slf_portal.common.templatetags.portal import long_day, until
from teams.access import get_unit, require, standing
from teams.models import Unit


@require_safe
def gathering_list(request: PortalRequest) -> HttpResponse:
    """The person's own fixed meetings, the next first, and the series she takes part in."""
    here = standing(request)
    require(can_have_gatherings(here))
    return render(
        request,
        "learningcycle/gathering_list.html",
        {
            "page": paged(request, queries.coming_gatherings(here, today())),
            "series": queries.lasting_series(here, today()),
            "units": queries.units_to_meet_in(here),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_series_create(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Begin a series of fixed meetings in the unit."""
    unit = get_unit(request, unit_id, can_make_gatherings)
    usual = {"every": "1", "begins": dt.time(10), "ends": dt.time(11)}
    form = SeriesForm(request.POST or None, initial=usual, **_choices(request, unit))
    if form.is_valid() and form.carried_out(
        lambda: actions.create_series(
            by=request.user,
            unit=unit,
            arrangement=form.arrangement(),
            people=form.chosen(),
            token=form.cleaned_data["token"],
        )
    ):
        if form.outcome is not None and form.outcome.first_on is None:
            return redirect("learningcycle:gatherings_import", form.outcome.pk)
        messages.success(request, _("The fixed meeting stands with everyone who takes part."))
        return redirect("learningcycle:gathering_list")
    others = queries.units_to_meet_in(standing(request)).exclude(pk=unit.pk)
    context = {"form": form, "unit": unit, "other_units": others}
    return render(request, "learningcycle/gathering_series_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_series_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the series from today on."""
    series = get_series(request, pk)
    form = SeriesForm(
        request.POST or None,
        initial=_values(series),
        shown_version=series.version,
        series=series,
        **_choices(request, series.unit, series),
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.change_series(
            by=request.user,
            series=series,
            arrangement=form.arrangement(),
            people=form.chosen(),
            version=form.cleaned_data["version"],
        )
    ):
        messages.success(request, _("Saved. Meetings that somebody has moved stay where they are."))
        return redirect("learningcycle:gathering_list")
    return render(request, "learningcycle/gathering_series_edit.html", {"form": form, "series": series})


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_series_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then meet no more."""
    series = get_series(request, pk)
    if request.method == "POST":
        actions.end_series(by=request.user, series=series)
        messages.success(request, _("The fixed meeting has ended. What was to come is cancelled."))
        return redirect("learningcycle:gathering_list")
    context = {"series": series, "coming": queries.upcoming_of(series).count()}
    return render(request, "learningcycle/gathering_series_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """When it is, who takes part, and what is to be talked about; a sent form adds a point."""
    gathering = get_gathering(request, pk)
    form = PointForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.add_point(
            by=request.user,
            gathering=gathering,
            text=form.cleaned_data["text"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The point stands on the list."))
        return redirect("learningcycle:gathering_detail", gathering.pk)
    return render(
        request,
        "learningcycle/gathering_detail.html",
        {
            "form": form,
            "gathering": gathering,
            "points": queries.points_of(gathering),
            "parts": queries.parts_of(gathering.series, today()),
        },
    )


@require_POST
def gathering_point(request: PortalRequest, pk: int, point_id: int) -> HttpResponse:
    """Say that a point was talked about; `is_done=0` takes that back."""
    gathering = get_gathering(request, pk)
    point = get_object_or_404(gathering.points, pk=point_id)
    actions.tick_point(by=request.user, point=point, is_done=request.POST.get("is_done") != "0")
    return redirect("learningcycle:gathering_detail", gathering.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move one meeting."""
    gathering = get_gathering(request, pk)
    form = GatheringForm(request.POST or None, initial=_times_of(gathering), shown_version=gathering.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.move_gathering(
            by=request.user, gathering=gathering, version=form.cleaned_data["version"], **form.moments()
        )
    ):
        messages.success(request, _("The meeting is moved to %(day)s.") % {"day": long_day(form.cleaned_data["on"])})
        return redirect("learningcycle:gathering_detail", gathering.pk)
    return render(request, "learningcycle/gathering_move.html", {"form": form, "gathering": gathering})


@require_http_methods(["GET", "HEAD", "POST"])
def gathering_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then cancel one meeting."""
    gathering = get_gathering(request, pk)
    if request.method == "POST":
        actions.cancel_gathering(by=request.user, gathering=gathering)
        when = until(gathering.starts_at, gathering.ends_at)
        messages.success(request, _("The meeting %(when)s is cancelled.") % {"when": when})
        return redirect("learningcycle:gathering_list")
    return render(request, "learningcycle/gathering_cancel.html", {"gathering": gathering})


def _choices(request: PortalRequest, unit: Unit, series: GatheringSeries | None = None) -> dict[str, Any]:
    """Who may take part beside the person herself."""
    members = queries.members_to_meet(standing(request), unit, today(), series)
    return {
        "people": queries.people_to_meet(unit, today()).exclude(pk=request.user.pk),
        "members": members.exclude(pk=request.user.pk),
    }


def _values(series: GatheringSeries) -> dict[str, Any]:
    ids = list(queries.parts_of(series, today()).values_list("person_id", flat=True))
    return {
        "kind": series.kind,
        "title": series.title,
        "every": str(series.every_weeks or ONCE),
        "first_on": series.first_on,
        "begins": series.starts_at,
        "ends": series.ends_at,
        "last_day": series.ends_on - dt.timedelta(days=1) if series.ends_on else None,
        "in_own_calendar": series.in_own_calendar,
        "people": ids,
        "members": ids,
    }


def _times_of(gathering: Gathering) -> dict[str, Any]:
    begins, ends = (moment.astimezone(COPENHAGEN) for moment in (gathering.starts_at, gathering.ends_at))
    return {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}
