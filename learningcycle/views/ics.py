"""Taking meetings over from a calendar file: choose it, look at what would come in, confirm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from learningcycle import actions, queries
from learningcycle.access import get_series
from learningcycle.forms import CalendarFileForm, TakeOverForm, seal, unseal
from learningcycle.importers import (
    MOST_MEETINGS,
    CalendarFile,
    CalendarFileError,
    SeriesPreview,
    preview_for_series,
    preview_for_team,
)
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from teams.access import get_team
from teams.permissions import can_plan_meetings


@dataclass(frozen=True, slots=True)
class _Import:
    """One import: its template, what it is about, what it would bring, what takes it over, and where it leads."""

    template: str
    about: str
    context: dict[str, object]
    preview: Callable[[CalendarFile], list[SeriesPreview]]
    take_over: Callable[[TakeOverForm], int]
    onward: tuple[str, ...] | tuple[str, int]


@require_http_methods(["GET", "HEAD", "POST"])
def meetings_import(request: PortalRequest, team_id: int) -> HttpResponse:
    """Take a team's meetings over from its own calendar, where they stay."""
    team = get_team(request, team_id, can_plan_meetings)

    def take_over(form: TakeOverForm) -> int:
        token = form.cleaned_data["token"]
        return actions.take_over_meetings(by=request.user, team=team, spans=form.spans(), token=token).created

    return _import(
        request,
        _Import(
            template="learningcycle/meetings_import.html",
            about=f"team:{team.pk}",
            context={"team": team, "rhythm": queries.rhythm_of(team, today())},
            preview=lambda found: preview_for_team(team, found.series),
            take_over=take_over,
            onward=("dashboard:team_detail", team.pk),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def gatherings_import(request: PortalRequest, pk: int) -> HttpResponse:
    """Put the days of a calendar file into a series of fixed meetings."""
    series = get_series(request, pk)

    def take_over(form: TakeOverForm) -> int:
        token = form.cleaned_data["token"]
        return actions.take_over_gatherings(by=request.user, series=series, spans=form.spans(), token=token)

    return _import(
        request,
        _Import(
            template="learningcycle/gatherings_import.html",
            about=f"series:{series.pk}",
            context={"series": series},
            preview=lambda found: preview_for_series(series, found.series),
            take_over=take_over,
            onward=("learningcycle:gathering_list",),
        ),
    )


def _import(request: PortalRequest, one: _Import) -> HttpResponse:
    if "sealed" in request.POST:
        return _confirm(request, one)
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, one.template, {**one.context, "form": form})
    sealed = seal(form.found, about=one.about)
    previews = one.preview(form.found)
    chosen = TakeOverForm(found=form.found, previews=previews, initial={"sealed": sealed})
    return _preview(request, one, chosen, previews)


def _confirm(request: PortalRequest, one: _Import) -> HttpResponse:
    try:
        found = unseal(request.POST["sealed"], about=one.about)
    except CalendarFileError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    previews = one.preview(found)
    form = TakeOverForm(request.POST, found=found, previews=previews)
    if not (form.is_valid() and form.carried_out(lambda: one.take_over(form))):
        return _preview(request, one, form, previews)
    messages.success(request, _told(form.outcome))
    return redirect(*one.onward)


def _preview(request: PortalRequest, one: _Import, form: TakeOverForm, previews: list[SeriesPreview]) -> HttpResponse:
    context = {
        "form": form,
        "found": form.found,
        "previews": previews,
        "has_news": any(series.fresh for series in previews),
        "most": MOST_MEETINGS,
    }
    return render(request, one.template, {**one.context, **context})


def _told(created: int | None) -> str:
    """How many came in; a form that is sent a second time has nothing to tell."""
    if not created:
        return _("Everything you chose stood in the portal already.")
    said = ngettext("%(count)d meeting came in.", "%(count)d meetings came in.", created)
    return said % {"count": created}
