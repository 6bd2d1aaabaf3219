"""What each front page shows beside the lines of the teams."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from learningcycle.models import Meeting
from learningcycle.queries import planned_meetings
from observations.models import Visit
from observations.permissions import can_plan_visits
from observations.queries import planned_visits
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import end_of_day, local_date
from slf_portal.dashboard.queries.rows import TeamRow, Todo, team_rows
from teams.enums import Promise, Status
from teams.models import (
    Membership,
    PortfolioUnit,
    ResourcePerson,
    SupportRequest,
    Team,
    TeamLeader,
    Unit,
    UnitLeader,
)
from teams.permissions import can_choose_terms, can_view_team
from teams.queries import terms_of_teams
from teams.rules import PromiseStatus
from teams.standing import Standing

DAYS_AHEAD = 21
DUE_WITHIN_DAYS = 42
# What nobody has noted for longer than this is history, not a task.
DAYS_BACK = 62


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the resource person's day."""

    time: dt.datetime
    title: str
    url: str
    detail: str
    action_url: str = ""
    action_label: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Round:
    """A resource person's time: `days` from today on; what has passed and nobody has noted, the latest first."""

    days: list[Day]
    meetings_to_note: list[Meeting]
    visits_to_note: list[Visit]


def led_teams(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active partner teams the person leads, in Danish order by unit."""
    teams = Team.objects.partner_teams().active(on).select_related("unit")
    own = teams.filter(pk__in=standing.leads_teams) | teams.filter(unit_id__in=standing.leads_units)
    return own.order_by("unit__sort_key", "sort_key", "pk")


def led_units(standing: Standing) -> QuerySet[Unit]:
    """The units the person leads, parts included, in Danish order."""
    return Unit.objects.filter(pk__in=standing.leads_units).order_by("sort_key", "pk")


def units_without_terms(standing: Standing, on: dt.date) -> list[Unit]:
    """Units the person leads whose partner teams have agreed on nothing."""
    teams = list(led_teams(standing, on))
    terms = terms_of_teams(teams, on)
    units = {team.unit.pk: team.unit for team in teams if not terms[team.pk]}
    return [unit for unit in units.values() if can_choose_terms(standing, unit)]


def leader_todos(standing: Standing, rows: Iterable[TeamRow], on: dt.date) -> list[Todo]:
    """What waits for a leader: units that have not chosen a rhythm, GRUS without a date."""
    chosen = [
        Todo(
            _("%(unit)s has not chosen a rhythm.") % {"unit": unit.name},
            reverse("teams:unit_terms", args=[unit.pk]),
            _("Choose"),
        )
        for unit in units_without_terms(standing, on)
    ]
    waiting = [
        Todo(_("%(team)s waits for a date for GRUS.") % {"team": row.name}, row.url, _("See the team"))
        for row in rows
        if row.waits_for
    ]
    return chosen + waiting


def open_support_requests(standing: Standing) -> QuerySet[SupportRequest]:
    """Requests that are not closed from the units in the person's portfolio, the oldest first."""
    return (
        SupportRequest.objects.filter(closed_at__isnull=True, unit_id__in=standing.portfolio)
        .select_related("unit", "asked_by", "taken_by")
        .order_by("asked_at", "pk")
    )


def people_never_signed_in() -> QuerySet[User]:
    """Active people who have not signed in yet."""
    return User.objects.filter(is_active=True, last_login__isnull=True).order_by("sort_key", "pk")


def people_without_role(on: dt.date) -> QuerySet[User]:
    """Active people for whom no role holds that day: they sign in to an empty page."""
    holders: list[QuerySet[Any, Any]] = [
        model.objects.in_force(on).order_by().values("person_id")
        for model in (CentralRoleRow, Membership, ResourcePerson, TeamLeader, UnitLeader, PortfolioUnit)
    ]
    people = User.objects.filter(is_active=True)
    for having in holders:
        people = people.exclude(pk__in=having)
    return people.order_by("sort_key", "pk")


def round_of(standing: Standing, on: dt.date) -> Round:
    """A resource person's meetings and visits: the coming three weeks, and what nobody has noted. Two queries."""
    since, until = on - dt.timedelta(days=DAYS_BACK), end_of_day(on + dt.timedelta(days=DAYS_AHEAD))
    hers = Q(visitor_id=standing.person_id) | Q(team_id__in=standing.serves)
    meetings = list(planned_meetings(standing.serves, since).filter(starts_at__lt=until))
    visits = list(planned_visits(since).filter(hers, starts_at__lt=until))
    entries = [
        *(_meeting_entry(meeting) for meeting in meetings if meeting.on >= on),
        *(_visit_entry(standing, visit) for visit in visits if visit.on >= on),
    ]
    entries.sort(key=lambda entry: entry.time)
    return Round(
        days=[Day(day, list(of_day)) for day, of_day in groupby(entries, key=lambda entry: local_date(entry.time))],
        meetings_to_note=[meeting for meeting in reversed(meetings) if meeting.on < on],
        # Only who serves the team can say that a visit was held.
        visits_to_note=[visit for visit in reversed(visits) if visit.on < on and visit.team_id in standing.serves],
    )


def _meeting_entry(meeting: Meeting) -> Entry:
    return Entry(
        time=meeting.starts_at,
        title=_("%(team)s meets") % {"team": meeting.team.name},
        url=reverse("dashboard:team_detail", args=[meeting.team_id]),
        detail=meeting.team.unit.name,
    )


def _visit_entry(standing: Standing, visit: Visit) -> Entry:
    """A visit; where she visits for a colleague the team's page is not hers to open."""
    may_view, may_move = can_view_team(standing, visit.team), can_plan_visits(standing, visit.team)
    return Entry(
        time=visit.starts_at,
        title=_("Visit to %(team)s") % {"team": visit.team.name},
        url=reverse("dashboard:team_detail", args=[visit.team_id]) if may_view else "",
        detail=_("by %(name)s") % {"name": visit.visitor.name},
        action_url=reverse("observations:visit_move", args=[visit.pk]) if may_move else "",
        action_label=_("Move"),
    )


def served_teams(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active teams the person serves, in Danish order."""
    return Team.objects.active(on).filter(pk__in=standing.serves).select_related("unit").order_by("sort_key", "pk")


def own_teams(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active teams the person is a member of, in Danish order."""
    return Team.objects.active(on).filter(pk__in=standing.member_of).select_related("unit").order_by("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """A member's team: its line (none for groups without promises), the next meeting, and meetings nobody has noted."""

    team: Team
    row: TeamRow | None
    next_meeting: Meeting | None
    to_note: list[Meeting]


def member_teams(standing: Standing, on: dt.date) -> list[OwnTeam]:
    """The person's own teams. Nine queries, whatever their number."""
    teams = list(own_teams(standing, on))
    rows = {row.team_id: row for row in team_rows(standing, teams, on, today=on)}
    meetings: dict[int, list[Meeting]] = {team.pk: [] for team in teams}
    for meeting in planned_meetings(meetings, on - dt.timedelta(days=DAYS_BACK)):
        meetings[meeting.team_id].append(meeting)
    return [
        OwnTeam(
            team=team,
            row=rows.get(team.pk),
            next_meeting=next((meeting for meeting in meetings[team.pk] if meeting.on >= on), None),
            to_note=[meeting for meeting in reversed(meetings[team.pk]) if meeting.on < on],
        )
        for team in teams
    ]


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A team that needs a visit without a date; `by` is the day it should be held by, None when nothing says."""

    row: TeamRow
    by: dt.date | None


def due_visits(rows: Iterable[TeamRow], on: dt.date) -> list[DueVisit]:
    """Visits without a date that are due within six weeks or should have been held, the longest waiting first."""
    found = [DueVisit(row, _due_by(row.status_of(Promise.VISIT))) for row in rows if _needs_a_visit(row, on)]
    return sorted(found, key=lambda due: due.by or dt.date.min)


def _needs_a_visit(row: TeamRow, on: dt.date) -> bool:
    status = row.status_of(Promise.VISIT)
    if status.status in {Status.SOON, Status.OVERDUE, Status.UNKNOWN}:
        return True
    by = _due_by(status)
    return status.status in {Status.MET, Status.NOT_YET} and by is not None and (by - on).days <= DUE_WITHIN_DAYS


def _due_by(status: PromiseStatus) -> dt.date | None:
    return status.due_on if status.status is Status.MET else status.on
