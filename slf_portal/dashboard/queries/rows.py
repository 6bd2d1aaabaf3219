"""A line per team: its four promises, the next step, and what it waits for."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from observations.permissions import can_plan_visits
from slf_portal.fundament.queries import FACTS, Fundament, fundament
from teams.enums import Promise, Status
from teams.models import Team
from teams.permissions import can_plan_meetings, leads_team
from teams.rules import PromiseStatus
from teams.standing import Standing

# Statuses in which the next step is to find a time.
_OPEN = frozenset({Status.SOON, Status.OVERDUE, Status.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the person, and where she does it."""

    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One promise of one team, and the link to the next step where the person can take it."""

    promise: Promise
    status: PromiseStatus
    action_url: str = ""
    action_label: str = ""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team's line: its four promises, and what it waits for from its leader. Values only, so that it can be a key."""

    team_id: int
    name: str
    unit_name: str
    url: str
    cells: tuple[Cell, ...]
    waits_for: tuple[Todo, ...] = ()

    def status_of(self, promise: Promise) -> PromiseStatus:
        return next(cell.status for cell in self.cells if cell.promise is promise)


def team_rows(standing: Standing, teams: Iterable[Team], as_of: dt.date, *, today: dt.date) -> list[TeamRow]:
    """A line per partner team, as it stood on that day; next steps only for today. Six queries."""
    teams = [team for team in teams if team.has_promises]
    return lines(standing, teams, fundament(teams, as_of), is_now=as_of == today)


def lines(
    standing: Standing, teams: Iterable[Team], statuses: Mapping[int, Fundament], *, is_now: bool
) -> list[TeamRow]:
    """The lines of teams whose statuses are known; next steps only when it is now."""
    return [_row(standing, team, statuses[team.pk], is_now=is_now) for team in teams]


def _row(standing: Standing, team: Team, statuses: Fundament, *, is_now: bool) -> TeamRow:
    cells = tuple(_cell(standing, team, promise, statuses[promise], is_now=is_now) for promise in FACTS)
    waits = leads_team(standing, team) and is_now and statuses[Promise.GRUS].status in _OPEN
    return TeamRow(
        team_id=team.pk,
        name=team.name,
        unit_name=team.unit.name,
        url=_address("dashboard:team_detail", team.pk),
        cells=cells,
        waits_for=(Todo(_("a date for GRUS")),) if waits else (),
    )


def _cell(standing: Standing, team: Team, promise: Promise, status: PromiseStatus, *, is_now: bool) -> Cell:
    if is_now and status.status in _OPEN:
        if promise is Promise.MEETING and can_plan_meetings(standing, team):
            return Cell(promise, status, _address("learningcycle:meeting_plan", team.pk), _("Find a time"))
        if promise is Promise.VISIT and can_plan_visits(standing, team):
            return Cell(promise, status, _address("observations:visit_plan", team.pk), _("Find a time"))
    return Cell(promise, status)


@lru_cache(maxsize=8192)  # fifty lines have a hundred addresses, and they are the same each time
def _address(name: str, pk: int) -> str:
    return reverse(name, args=[pk])
