"""A unit's teams: creating, changing and closing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import long_day
from teams import actions, queries
from teams.access import get_team, get_unit
from teams.forms import CloseTeamForm, NewTeamForm, TeamForm
from teams.models import Team
from teams.permissions import can_create_teams, can_shape_team

COLUMNS = ("name", "kind", "starts_on")


@require_http_methods(["GET", "HEAD", "POST"])
def team_create(request: PortalRequest, unit_id: int) -> HttpResponse:
    """A new team in the unit; next come its members."""
    unit = get_unit(request, unit_id, can_create_teams)
    form = NewTeamForm(request.POST or None, initial={"starts_on": today()})
    if form.is_valid():
        team = Team(unit=unit, **{name: form.cleaned_data[name] for name in COLUMNS})
        if form.carried_out(
            lambda: actions.create_team(by=request.user, team=team, token=form.cleaned_data["token"]),
            refused_at="name",
        ):
            if form.outcome is None:
                return redirect("dashboard:unit_detail", unit.pk)
            messages.success(request, _("The team %(team)s is created. Add its members.") % {"team": team.name})
            return redirect("teams:team_people", team.pk)
    return render(request, "teams/team_create.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
def team_change(request: PortalRequest, team_id: int) -> HttpResponse:
    """Another name, kind or first day."""
    team = get_team(request, team_id, can_shape_team)
    form = TeamForm(
        request.POST or None,
        initial={name: getattr(team, name) for name in COLUMNS},
        shown_version=team.version,
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.reshape_team(
            by=request.user,
            team=team,
            version=form.cleaned_data["version"],
            **{name: form.cleaned_data[name] for name in COLUMNS},
        ),
        refused_at="name",
    ):
        messages.success(request, _("The team is changed."))
        return redirect("teams:team_people", team.pk)
    return render(request, "teams/team_change.html", {"form": form, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def team_close(request: PortalRequest, team_id: int) -> HttpResponse:
    """Say what ends with the team, then end it and all of that."""
    team = get_team(request, team_id, can_shape_team)
    form = CloseTeamForm(request.POST or None, shown_version=team.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.close_team(
            by=request.user, team=team, on=form.cleaned_data["on"], version=form.cleaned_data["version"]
        ),
        refused_at="on",
    ):
        words = {"team": team.name, "day": long_day(form.cleaned_data["on"])}
        messages.success(request, _("The team %(team)s ends on %(day)s.") % words)
        return redirect("dashboard:unit_detail", team.unit_id)
    planned = [words for _name, of_team in queries.falling_away([team], today()) for words in of_team]
    context = {"roles": queries.roles_of(team, today()), "planned": planned}
    return render(request, "teams/team_close.html", {"form": form, "team": team, **context})
