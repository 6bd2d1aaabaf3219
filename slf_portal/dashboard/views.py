"""The front pages, the overview of teams, the team's page and the unit's page. They only read."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import add_months, first_of_month, last_of_month, today
from slf_portal.dashboard.access import require_role
from slf_portal.dashboard.forms import TeamFilterForm
from slf_portal.dashboard.homes import homes_of
from slf_portal.dashboard.queries import homes, pages
from slf_portal.dashboard.queries.rows import lines, team_rows
from slf_portal.fundament.queries import fundament
from slf_portal.notifications.queries import health
from teams.access import get_team, get_unit, standing
from teams.models import Team
from teams.permissions import can_view_team, can_view_unit
from teams.querysets import TeamQuerySet
from teams.standing import Standing


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """The front page of the person's first role; a page that says whom to ask when she has none."""
    here = standing(request)
    for place in homes_of(here):
        return redirect(f"dashboard:{place.name}")
    if here.sees_all_units:
        return redirect("dashboard:overview")
    return render(request, "dashboard/home.html")


@require_safe
def leader(request: PortalRequest) -> HttpResponse:
    """One line a team, and what waits for the leader."""
    here = require_role(request, lambda here: here.is_leader)
    month = _month(request.GET.get("maaned", ""))
    as_of = min(today(), last_of_month(month))
    page = _paged(request, homes.led_teams(here, as_of))
    rows = team_rows(here, page.object_list, as_of, today=today())
    return render(
        request,
        "dashboard/leader.html",
        {
            "rows": rows,
            "page": page,
            "units": homes.led_units(here),
            "todos": homes.leader_todos(here, rows, today()) if as_of == today() else [],
            "month": month,
            "as_of": as_of,
            "is_now": as_of == today(),
            "earlier": add_months(month, -1),
            "later": add_months(month, 1) if month < first_of_month(today()) else None,
        },
    )


@require_safe
def resource_person(request: PortalRequest) -> HttpResponse:
    """Time runs down the page: today, the coming three weeks, then what is soon due."""
    here = require_role(request, lambda here: bool(here.serves))
    rows = team_rows(here, homes.served_teams(here, today()), today(), today=today())
    her_round = homes.round_of(here, today())
    return render(
        request,
        "dashboard/resource_person.html",
        {
            "today": today(),
            "entries_today": [entry for day in her_round.days if day.day == today() for entry in day.entries],
            "days_coming": [day for day in her_round.days if day.day > today()],
            "meetings_to_note": her_round.meetings_to_note,
            "visits_to_note": her_round.visits_to_note,
            "due": homes.due_visits(rows, today()),
            "rows": rows,
        },
    )


@require_safe
def learning_partner(request: PortalRequest) -> HttpResponse:
    """What units ask for, then the portfolio."""
    here = require_role(request, lambda here: here.is_learning_partner)
    teams = Team.objects.filter(unit_id__in=here.portfolio)
    context = _team_list(request, here, teams)
    return render(
        request,
        "dashboard/learning_partner.html",
        {**context, "requests": homes.open_support_requests(here)},
    )


@require_safe
def member(request: PortalRequest) -> HttpResponse:
    """The person's own teams and when they meet next."""
    here = require_role(request, lambda here: bool(here.member_of))
    return render(request, "dashboard/member.html", {"teams": homes.member_teams(here, today())})


@require_safe
def administrator(request: PortalRequest) -> HttpResponse:
    """Import, health, and people without access."""
    require_role(request, lambda here: here.is_administrator)
    return render(
        request,
        "dashboard/administrator.html",
        {
            "health": health(),
            "without_role": _paged(request, homes.people_without_role(today())),
            "never_signed_in": homes.people_never_signed_in().count(),
        },
    )


@require_safe
def overview(request: PortalRequest) -> HttpResponse:
    """Every team the person may see, with filters."""
    here = require_role(request, lambda here: here.sees_all_units or bool(here.units_seen))
    return render(request, "dashboard/overview.html", _team_list(request, here, Team.objects.visible_to(here)))


@require_safe
def team_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """A team: its promises, its people, its meetings and visits."""
    found = get_team(request, pk, can_view_team)
    return render(request, "dashboard/team_detail.html", pages.team_page(standing(request), found, today()))


@require_safe
def unit_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """A unit: what it has agreed on, its teams and its parts."""
    found = get_unit(request, pk, can_view_unit)
    return render(request, "dashboard/unit_detail.html", pages.unit_page(standing(request), found, today()))


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "dashboard/accessibility.html")


def _team_list(request: PortalRequest, here: Standing, teams: TeamQuerySet) -> dict[str, Any]:
    """A page of lines of the teams that match the filters."""
    form = TeamFilterForm(request.GET)
    found = form.narrow(teams.partner_teams().active(form.as_of).select_related("unit")).order_by("sort_key", "pk")
    is_now = form.as_of == today()
    if form.needs_every_status:
        every = list(found)
        statuses = fundament(every, form.as_of)
        page = _paged(request, form.choose(every, statuses))
    else:
        page = _paged(request, found)
        statuses = fundament(page.object_list, form.as_of)
    rows = lines(here, page.object_list, statuses, is_now=is_now)
    return {"filters": form, "page": page, "rows": rows, "as_of": form.as_of, "is_now": is_now}


def _paged(request: HttpRequest, things: Any) -> Page[Any]:
    return Paginator(things, settings.PAGE_SIZE).get_page(request.GET.get("page"))


def _month(text: str) -> dt.date:
    """The first of the month in `?maaned=2026-11`; this month when it is missing, nonsense or yet to come."""
    this_month = first_of_month(today())
    try:
        return min(dt.datetime.strptime(text, "%Y-%m").date(), this_month)  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return this_month
