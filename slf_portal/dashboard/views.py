"""The front pages, the overview of teams, the team's page and the unit's page. They only read."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from observations.permissions import can_see_partner_load
from observations.queries import requests_of_units
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import add_months, first_of_month, last_of_month, today
from slf_portal.common.paging import paged
from slf_portal.common.pdf import pdf_response
from slf_portal.dashboard.access import require_role
from slf_portal.dashboard.forms import TeamFilterForm
from slf_portal.dashboard.homes import homes_of
from slf_portal.dashboard.queries import handover, homes, pages, year
from slf_portal.dashboard.queries.rows import lines, team_rows
from slf_portal.fundament.queries import fundament
from slf_portal.notifications.queries import health
from teams.access import get_known_unit, get_team, get_unit, standing
from teams.models import Team, Unit
from teams.permissions import can_take_over_team, can_take_over_unit, can_view_team, can_view_unit
from teams.queries import tasks_standing_in, units_to_ask_from
from teams.querysets import TeamQuerySet
from teams.standing import Standing


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """The front page of the person's first role; a page that says whom to ask when she has none."""
    here = standing(request)
    for place in homes_of(here):
        return redirect(f"dashboard:{place.name}")
    if here.sees_all_units or here.stands_in_for:
        return redirect("dashboard:overview")
    return render(request, "dashboard/home.html")


@require_safe
def leader(request: PortalRequest) -> HttpResponse:
    """One line a team, and what waits for the leader."""
    here = require_role(request, lambda here: here.is_leader)
    month = _month(request.GET.get("maaned", ""))
    as_of = min(today(), last_of_month(month))
    is_now = as_of == today()
    page = paged(request, homes.led_teams(here, as_of))
    rows = team_rows(here, page.object_list, as_of, today=today())
    units = list(homes.led_units(here))
    return render(
        request,
        "dashboard/leader.html",
        {
            "rows": rows,
            "page": page,
            "units": units,
            "wholes": homes.led_wholes(here),
            "new_team_url": reverse("teams:team_create", args=[units[0].pk]) if units else "",
            "taken_over": handover.taken_over_as_leader(here, today()),
            "todos": [*homes.leader_todos(here, rows, today()), *homes.peer_todos(here, today())] if is_now else [],
            "write_from": units_to_ask_from(here)[:1],
            "month": month,
            "as_of": as_of,
            "is_now": is_now,
            "earlier": add_months(month, -1),
            "later": add_months(month, 1) if month < first_of_month(today()) else None,
        },
    )


@require_safe
def resource_person(request: PortalRequest) -> HttpResponse:
    """Time runs down the page: today, the coming three weeks, then what is soon due."""
    here = require_role(request, lambda here: bool(here.serves))
    teams = list(homes.served_teams(here, today()))
    rows = team_rows(here, teams, today(), today=today())
    her_round = homes.round_of(here, today())
    return render(
        request,
        "dashboard/resource_person.html",
        {
            "today": today(),
            "todos": [*homes.offer_todos(here), *homes.mandate_todos(here), *homes.peer_todos(here, today())],
            "taken_over": handover.teams_taken_over(here, today()),
            "entries_today": [entry for day in her_round.days if day.day == today() for entry in day.entries],
            "days_coming": [day for day in her_round.days if day.day > today()],
            "meetings_to_note": her_round.meetings_to_note,
            "visits_to_note": her_round.visits_to_note,
            "due": homes.due_visits(rows, today()),
            "tasks": homes.tasks_due_soon(here, today()),
            "rows": rows,
            "teams": teams,
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
        {**context, "requests": requests_of_units(here.portfolio)},
    )


@require_safe
def member(request: PortalRequest) -> HttpResponse:
    """The person's own teams and when they meet next."""
    here = require_role(request, lambda here: bool(here.member_of))
    return render(
        request,
        "dashboard/member.html",
        {
            "today": today(),
            "teams": homes.member_teams(here, today()),
            "tasks": homes.tasks_due_soon(here, today()),
            "todos": [*homes.offer_todos(here), *homes.mandate_todos(here), *homes.peer_todos(here, today())],
        },
    )


@require_safe
def administrator(request: PortalRequest) -> HttpResponse:
    """Import, health, and people without access."""
    require_role(request, lambda here: here.is_administrator)
    return render(
        request,
        "dashboard/administrator.html",
        {
            "health": health(),
            "without_role": paged(request, homes.people_without_role(today())),
            "never_signed_in": homes.people_never_signed_in().count(),
        },
    )


@require_safe
def overview(request: PortalRequest) -> HttpResponse:
    """Every team the person may see, with filters."""
    here = require_role(request, lambda here: here.sees_all_units or bool(here.units_seen | here.stands_in_for))
    tasks = tasks_standing_in(here, today()) if here.stands_in_for else ()
    teams = _team_list(request, here, Team.objects.visible_to(here))
    return render(
        request, "dashboard/overview.html", {**teams, "tasks": tasks, "may_see_load": can_see_partner_load(here)}
    )


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
def handover_team(request: PortalRequest, pk: int) -> HttpResponse:
    """What whoever takes over the team as resource person or leader must know, to be read or printed."""
    found = get_team(request, pk, can_take_over_team)
    sections = handover.shown(handover.TEAM_SECTIONS, standing(request), found, today())
    return render(request, "dashboard/handover_team.html", {"team": found, "sections": sections, "today": today()})


@require_safe
def handover_unit(request: PortalRequest, pk: int) -> HttpResponse:
    """What whoever takes over the unit as leader must know, to be read or printed."""
    found = get_unit(request, pk, can_take_over_unit)
    sections = handover.shown(handover.UNIT_SECTIONS, standing(request), found, today())
    return render(request, "dashboard/handover_unit.html", {"unit": found, "sections": sections, "today": today()})


@require_safe
def year_wheel(request: PortalRequest, pk: int) -> HttpResponse:
    """A school year of the unit's teams, month by month."""
    found = get_known_unit(request, pk)
    wheel = _year(request, found)
    context = {
        "unit": found,
        "wheel": wheel,
        "legend": year.legend(),
        "may_see_unit": can_view_unit(standing(request), found),
    }
    return render(request, "dashboard/year_wheel.html", context)


@require_safe
def year_wheel_print(request: PortalRequest, pk: int) -> HttpResponse:
    """The same on a sheet, to be printed from the browser."""
    found = get_known_unit(request, pk)
    return render(request, "dashboard/year_wheel_paper.html", _year_on_paper(request, found))


@require_safe
def year_wheel_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same sheet as a tagged PDF."""
    found = get_known_unit(request, pk)
    context = _year_on_paper(request, found)
    filename = _("Year of %(unit)s %(year)s.pdf") % {
        "unit": found.name,
        "year": context["wheel"].title.replace("/", "-"),
    }
    return pdf_response(request, "dashboard/year_wheel_paper.html", context, filename=filename)


def _year(request: PortalRequest, unit: Unit) -> year.YearWheel:
    return year.year_wheel(standing(request), unit, year.year_from(request.GET.get("fra", ""), today()), today())


def _year_on_paper(request: PortalRequest, unit: Unit) -> dict[str, Any]:
    wheel = _year(request, unit)
    paper = year.Paper.A3 if request.GET.get("papir") == year.Paper.A3 else year.Paper.A4
    since = f"?fra={wheel.first:%Y-%m}"
    return {
        "unit": unit,
        "wheel": wheel,
        "legend": year.legend(),
        "paper": paper,
        "density": year.density(wheel, paper),
        "foot": unit.name,
        "today": today(),
        "back_url": reverse("dashboard:year_wheel", args=[unit.pk]) + since,
        "pdf_url": reverse("dashboard:year_wheel_pdf", args=[unit.pk]) + f"{since}&papir={paper}",
        "other_paper_url": f"{since}&papir={'a4' if paper == year.Paper.A3 else 'a3'}",
    }


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
        page = paged(request, form.choose(every, statuses))
    else:
        page = paged(request, found)
        statuses = fundament(page.object_list, form.as_of)
    rows = lines(here, page.object_list, statuses, is_now=is_now)
    return {"filters": form, "page": page, "rows": rows, "as_of": form.as_of, "is_now": is_now}


def _month(text: str) -> dt.date:
    """The first of the month in `?maaned=2026-11`; this month when it is missing, nonsense or yet to come."""
    this_month = first_of_month(today())
    try:
        return min(dt.datetime.strptime(text, "%Y-%m").date(), this_month)  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return this_month
