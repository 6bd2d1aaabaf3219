"""Logging a held meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningcycle import actions, queries
from learningcycle.forms import LogMeetingForm
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import long_day
from teams.access import get_team
from teams.permissions import can_note_meetings


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_log(request: PortalRequest, team_id: int) -> HttpResponse:
    """Log a meeting that was held: a day, a tick and a line. The rest can be left out."""
    team = get_team(request, team_id, can_note_meetings)
    form = LogMeetingForm(request.POST or None, initial={"on": queries.day_to_log(team, today())})
    if form.is_valid() and form.carried_out(
        lambda: actions.log_meeting(
            by=request.user,
            team=team,
            on=form.cleaned_data["on"],
            with_learning_cycle=form.cleaned_data["with_learning_cycle"],
            trial=form.cleaned_data["trial"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The meeting on %(day)s is noted.") % {"day": long_day(form.cleaned_data["on"])})
        if form.outcome is None:  # a double click: the first one did it
            return redirect("dashboard:team_detail", team.pk)
        return redirect("learningcycle:meeting_detail", form.outcome.pk)
    return render(request, "learningcycle/meeting_log.html", {"form": form, "team": team})
