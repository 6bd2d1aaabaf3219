"""A team's people: who they are, and adding, inviting, naming and ending."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf_portal.accounts.actions import invite_again
from slf_portal.accounts.http import PortalRequest
from slf_portal.accounts.models import User
from slf_portal.accounts.queries import open_invitations
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.paging import paged
from slf_portal.common.templatetags.portal import long_day
from teams import actions, queries
from teams.access import get_membership, get_resource_person, get_team, standing
from teams.forms import (
    AddMemberForm,
    AddResourcePersonForm,
    EndForm,
    NameTeamLeaderForm,
    PeopleFilterForm,
    WelcomeForm,
)
from teams.models import Membership, ResourcePerson, Team
from teams.permissions import (
    can_change_members,
    can_name_resource_persons,
    can_see_names,
    can_shape_team,
)


@require_safe
def team_people(request: PortalRequest, team_id: int) -> HttpResponse:
    """Who belongs to the team, serves it and is responsible for it; who left within a year."""
    team, here = get_team(request, team_id, can_see_names), standing(request)
    roles = queries.roles_of(team, today())
    may_change = can_change_members(here, team)
    return render(
        request,
        "teams/team_people.html",
        {
            "team": team,
            "today": today(),
            "roles": roles,
            "unit_leaders": queries.people_of(team, today()).leaders,
            "invitations": open_invitations(row.person for row in roles.members) if may_change else {},
            "left": paged(request, queries.roles_left(team, today())),
            "may_change_members": may_change,
            "may_name_resource_persons": can_name_resource_persons(here, team),
            "may_shape": can_shape_team(here, team),
        },
    )


@require_safe
def team_history(request: PortalRequest, team_id: int) -> HttpResponse:
    """Every change of the team, of the roles in it and of its unit's stand-ins, whoever made it."""
    team = get_team(request, team_id, can_see_names)
    page = paged(request, queries.team_changes(team))
    return render(request, "teams/team_history.html", {"team": team, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: PortalRequest, team_id: int) -> HttpResponse:
    """Add someone whom the unit or its neighbours know."""
    team = get_team(request, team_id, can_change_members)
    filters, choice = _search(request, team)
    form = AddMemberForm(request.POST or None, **choice)
    if form.is_valid() and form.carried_out(lambda: _join(request, form, Membership(team=team)), refused_at="person"):
        return _joined(request, team, form, _("%(name)s is a member from %(day)s."))
    return render(request, "teams/member_add.html", {"form": form, "filters": filters, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def resource_person_add(request: PortalRequest, team_id: int) -> HttpResponse:
    """Let someone serve the team."""
    team = get_team(request, team_id, can_name_resource_persons)
    filters, choice = _search(request, team)
    form = AddResourcePersonForm(request.POST or None, **choice)
    if form.is_valid() and form.carried_out(
        lambda: _join(request, form, ResourcePerson(team=team)), refused_at="person"
    ):
        return _joined(request, team, form, _("%(name)s serves the team from %(day)s."))
    return render(request, "teams/resource_person_add.html", {"form": form, "filters": filters, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request: PortalRequest, team_id: int) -> HttpResponse:
    """Add someone new by name and e-mail; she gets a mail with her way in."""
    team = get_team(request, team_id, can_change_members)
    form = WelcomeForm(request.POST or None)
    if form.is_valid():
        if limited := ratelimit.consume_or_429(request, action="invite", key=form.cleaned_data["email"]):
            return limited
        if form.carried_out(lambda: _welcome(request, team, form), refused_at="email"):
            _tell_welcomed(request, form.outcome)
            return redirect("teams:team_people", team.pk)
    return render(request, "teams/member_invite.html", {"form": form, "team": team})


@require_POST
def member_invite_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Send the invited person a new link; the old one is dead."""
    row = get_membership(request, pk, can_change_members)
    if limited := ratelimit.consume_or_429(request, action="invite", key=row.person.email):
        return limited
    try:
        is_mailed = invite_again(by=request.user, person=row.person)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        _tell_mailed(request, row.person, is_mailed=is_mailed)
    return redirect("teams:team_people", row.team_id)


@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: PortalRequest, pk: int) -> HttpResponse:
    """End a membership from a day."""
    row = get_membership(request, pk, can_change_members)
    return _end(request, row, "teams/member_end.html", _("%(name)s is not a member from %(day)s."))


@require_http_methods(["GET", "HEAD", "POST"])
def resource_person_end(request: PortalRequest, pk: int) -> HttpResponse:
    """End a resource person's service from a day."""
    row = get_resource_person(request, pk, can_name_resource_persons)
    return _end(request, row, "teams/resource_person_end.html", _("%(name)s does not serve the team from %(day)s."))


@require_http_methods(["GET", "HEAD", "POST"])
def team_leader_name(request: PortalRequest, team_id: int) -> HttpResponse:
    """Name the leader responsible for the team, or leave it to the unit's."""
    team = get_team(request, team_id, can_shape_team)
    filters, choice = _search(request, team)
    form = NameTeamLeaderForm(request.POST or None, **choice)
    if form.is_valid() and form.carried_out(
        lambda: actions.name_team_leader(
            by=request.user,
            team=team,
            person=form.cleaned_data["person"],
            on=form.cleaned_data["starts_on"],
            token=form.cleaned_data["token"],
        ),
        refused_at="person",
    ):
        messages.success(request, _("It holds from %(day)s.") % {"day": long_day(form.cleaned_data["starts_on"])})
        return redirect("teams:team_people", team.pk)
    return render(request, "teams/team_leader_name.html", {"form": form, "filters": filters, "team": team})


def _search(request: PortalRequest, team: Team) -> tuple[PeopleFilterForm, dict[str, Any]]:
    """The search, and who can be chosen: everybody near, of whom those found are shown."""
    people = queries.people_near(team.unit, today())
    filters = PeopleFilterForm(request.GET)
    return filters, {"people": people, "found": filters.narrow(people)}


def _join(request: PortalRequest, form: AddMemberForm | AddResourcePersonForm, row: Any) -> object:
    row.person, row.starts_on = form.cleaned_data["person"], form.cleaned_data["starts_on"]
    return actions.join_team(by=request.user, row=row, token=form.cleaned_data["token"])


def _joined(request: PortalRequest, team: Team, form: Any, said: str) -> HttpResponse:
    day = long_day(form.cleaned_data["starts_on"])
    messages.success(request, said % {"name": form.cleaned_data["person"].name, "day": day})
    return redirect("teams:team_people", team.pk)


def _welcome(request: PortalRequest, team: Team, form: WelcomeForm) -> actions.Welcomed:
    names = ("name", "email", "starts_on", "token")
    return actions.welcome_member(by=request.user, team=team, **{name: form.cleaned_data[name] for name in names})


def _tell_welcomed(request: PortalRequest, welcomed: actions.Welcomed | None) -> None:
    """A form that was sent twice says nothing more: the first time said it."""
    if welcomed is None:
        return
    if welcomed.is_new:
        _tell_mailed(request, welcomed.person, is_mailed=welcomed.is_mailed)
    else:
        said = _("%(name)s is in the portal already and is a member now. No mail is sent.")
        messages.success(request, said % {"name": welcomed.person.name})


def _tell_mailed(request: PortalRequest, person: User, *, is_mailed: bool) -> None:
    if is_mailed:
        messages.success(request, _("An invitation is sent to %(email)s.") % {"email": person.email})
    else:
        said = _('%(name)s is a member, but the mail could not be sent. Press "Send again" in a while.')
        messages.warning(request, said % {"name": person.name})


def _end(request: PortalRequest, row: Membership | ResourcePerson, template: str, said: str) -> HttpResponse:
    form = EndForm(request.POST or None, initial={"on": row.ends_on or max(today(), row.starts_on)})
    if form.is_valid() and form.carried_out(
        lambda: actions.leave_team(by=request.user, row=row, on=form.cleaned_data["on"]), refused_at="on"
    ):
        messages.success(request, said % {"name": row.person.name, "day": long_day(form.cleaned_data["on"])})
        return redirect("teams:team_people", row.team_id)
    return render(request, template, {"form": form, "row": row, "team": row.team})
