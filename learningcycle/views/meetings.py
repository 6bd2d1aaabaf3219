"""Planning, moving and cancelling a team's meetings, and saying that they were held."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcycle import actions, queries
from learningcycle.access import get_meeting
from learningcycle.forms import MeetingForm, RhythmForm
from learningcycle.models import Meeting, Rhythm
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import COPENHAGEN, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import long_day, until
from teams.access import get_team
from teams.models import Team
from teams.permissions import can_note_meetings, can_plan_meetings

_USUAL_TIMES = {"begins": dt.time(10), "ends": dt.time(11)}


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: PortalRequest, team_id: int) -> HttpResponse:
    """Plan a meeting that is to come."""
    team = get_team(request, team_id, can_plan_meetings)
    form = MeetingForm(request.POST or None, initial=_usual_times(team))
    if form.is_valid() and form.carried_out(
        lambda: actions.plan_meeting(
            by=request.user,
            team=team,
            in_own_calendar=form.cleaned_data["in_own_calendar"],
            token=form.cleaned_data["token"],
            **form.moments(),
        )
    ):
        messages.success(request, _("The meeting is planned for %(day)s.") % {"day": long_day(form.cleaned_data["on"])})
        return redirect("dashboard:team_detail", team.pk)
    return render(request, "learningcycle/meeting_plan.html", {"form": form, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move a planned meeting."""
    meeting = get_meeting(request, pk, can_plan_meetings)
    form = MeetingForm(request.POST or None, initial=_times_of(meeting), shown_version=meeting.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.move_meeting(
            by=request.user,
            meeting=meeting,
            in_own_calendar=form.cleaned_data["in_own_calendar"],
            version=form.cleaned_data["version"],
            **form.moments(),
        )
    ):
        messages.success(request, _("The meeting is moved to %(day)s.") % {"day": long_day(form.cleaned_data["on"])})
        return redirect("dashboard:team_detail", meeting.team_id)
    return render(request, "learningcycle/meeting_move.html", {"form": form, "meeting": meeting, "team": meeting.team})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then cancel a planned meeting."""
    meeting = get_meeting(request, pk, can_plan_meetings)
    if request.method == "POST":
        when = until(meeting.starts_at, meeting.ends_at)
        return _done(
            request,
            meeting,
            lambda: actions.cancel_meeting(by=request.user, meeting=meeting),
            _("The meeting %(when)s is cancelled.") % {"when": when},
        )
    return render(request, "learningcycle/meeting_cancel.html", {"meeting": meeting, "team": meeting.team})


@require_POST
def meeting_held(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that the meeting was held; `with_learning_cycle` says how."""
    meeting = get_meeting(request, pk, can_note_meetings)
    with_cycle = request.POST.get("with_learning_cycle") == "1"
    said = (
        _("Noted: the meeting was held with the learning cycle.") if with_cycle else _("Noted: the meeting was held.")
    )
    return _done(
        request,
        meeting,
        lambda: actions.mark_held(by=request.user, meeting=meeting, with_learning_cycle=with_cycle),
        said,
    )


@require_POST
def meeting_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back that the meeting was held."""
    meeting = get_meeting(request, pk, can_note_meetings)
    return _done(
        request,
        meeting,
        lambda: actions.unmark_held(by=request.user, meeting=meeting),
        _("The note is taken back. The meeting is still planned."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: PortalRequest, team_id: int) -> HttpResponse:
    """Choose the team's rhythm."""
    team = get_team(request, team_id, can_plan_meetings)
    current = queries.rhythm_of(team, today())
    form = RhythmForm(request.POST or None, initial=_rhythm_values(current))
    if form.is_valid() and form.carried_out(
        lambda: actions.choose_rhythm(
            by=request.user,
            team=team,
            nth=form.cleaned_data["nth"],
            weekday=form.cleaned_data["weekday"],
            starts_at=form.cleaned_data["begins"],
            ends_at=form.cleaned_data["ends"],
            in_own_calendar=form.cleaned_data["in_own_calendar"],
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The rhythm is chosen. The coming three months are planned in a moment."))
        return redirect("dashboard:team_detail", team.pk)
    return render(request, "learningcycle/rhythm.html", {"form": form, "team": team, "current": current})


@require_POST
def rhythm_end(request: PortalRequest, team_id: int) -> HttpResponse:
    """Meet without a fixed rhythm."""
    team = get_team(request, team_id, can_plan_meetings)
    actions.end_rhythm(by=request.user, team=team)
    messages.success(request, _("The team has no fixed rhythm any more. Meetings you moved yourselves are kept."))
    return redirect("dashboard:team_detail", team.pk)


def _done(request: PortalRequest, meeting: Meeting, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("dashboard:team_detail", meeting.team_id)


def _usual_times(team: Team) -> dict[str, Any]:
    """The times of the team's rhythm, or ours."""
    values = _rhythm_values(queries.rhythm_of(team, today()))
    return {"begins": values["begins"], "ends": values["ends"]}


def _times_of(meeting: Meeting) -> dict[str, Any]:
    begins, ends = (moment.astimezone(COPENHAGEN) for moment in (meeting.starts_at, meeting.ends_at))
    return {
        "on": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "in_own_calendar": meeting.in_own_calendar,
    }


def _rhythm_values(current: Rhythm | None) -> dict[str, Any]:
    if current is None:
        return dict(_USUAL_TIMES)
    return {
        "nth": current.nth,
        "weekday": current.weekday,
        "begins": current.starts_at,
        "ends": current.ends_at,
        "in_own_calendar": current.in_own_calendar,
    }
