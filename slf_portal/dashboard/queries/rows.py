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
from teams.models import Mandate, Team
from teams.permissions import (
    can_plan_grus,
    can_plan_meetings,
    can_propose_grus,
    can_write_contract,
    is_of_team,
    leads_team,
    shares_mandate,
)
from teams.queries import unanswered_by_leader
from teams.rules import PromiseStatus
from teams.standing import Standing

# Statuses in which the next step is to find a time.
_OPEN = frozenset({Status.SOON, Status.OVERDUE, Status.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the person, and where she does it: a link, or with `post_url` a button that does it."""

    text: str
    url: str = ""
    label: str = ""
    detail: str = ""
    other_url: str = ""
    other_label: str = ""
    post_url: str = ""
    post_fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One promise of one team, and the link to the next step where the person can take it."""

    promise: Promise
    status: PromiseStatus
    action_url: str = ""
    action_label: str = ""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team's line: its four promises, and what it waits for from its leader. Values only, so that it can be a key.

    The team sees what its leader owes it, and she sees the same; `is_led` says that she is the reader.
    """

    team_id: int
    name: str
    unit_name: str
    url: str
    cells: tuple[Cell, ...]
    waits_for: tuple[Todo, ...] = ()
    is_led: bool = False

    @property
    def needs_grus_date(self) -> bool:
        return self.status_of(Promise.GRUS).status in _OPEN

    def status_of(self, promise: Promise) -> PromiseStatus:
        return next(cell.status for cell in self.cells if cell.promise is promise)


def team_rows(standing: Standing, teams: Iterable[Team], as_of: dt.date, *, today: dt.date) -> list[TeamRow]:
    """A line per partner team, as it stood on that day; next steps only for today. Seven queries."""
    teams = [team for team in teams if team.has_promises]
    return lines(standing, teams, fundament(teams, as_of), is_now=as_of == today)


def lines(
    standing: Standing, teams: Iterable[Team], statuses: Mapping[int, Fundament], *, is_now: bool
) -> list[TeamRow]:
    """The lines of teams whose statuses are known; next steps only when it is now. One query, none for an outsider."""
    teams = list(teams)
    owed = _owed_by_leader(standing, teams, statuses) if is_now else {}
    return [_row(standing, team, statuses[team.pk], owed.get(team.pk, []), is_now=is_now) for team in teams]


def _row(standing: Standing, team: Team, statuses: Fundament, owed: Iterable[Todo], *, is_now: bool) -> TeamRow:
    return TeamRow(
        team_id=team.pk,
        name=team.name,
        unit_name=team.unit.name,
        url=_address("dashboard:team_detail", team.pk),
        cells=tuple(_cell(standing, team, promise, statuses[promise], is_now=is_now) for promise in FACTS),
        waits_for=tuple(owed),
        is_led=leads_team(standing, team),
    )


def _owed_by_leader(
    standing: Standing, teams: Iterable[Team], statuses: Mapping[int, Fundament]
) -> dict[int, list[Todo]]:
    """For each team's id what it waits for from its leader: answers about mandates, and a date for GRUS."""
    own = [team for team in teams if leads_team(standing, team) or is_of_team(standing, team)]
    owed: dict[int, list[Todo]] = {team.pk: [] for team in own}
    for mandate in unanswered_by_leader(list(owed)) if owed else ():
        # What she owes one person is not the team's to know.
        if mandate.team_id is not None and shares_mandate(standing, mandate):
            owed[mandate.team_id].append(_answer_owed(mandate))
    for team in own:
        if statuses[team.pk][Promise.GRUS].status in _OPEN:
            owed[team.pk].append(Todo(_("a date for GRUS")))
    return owed


def _answer_owed(mandate: Mandate) -> Todo:
    return Todo(
        _('an answer about the mandate "%(title)s"') % {"title": mandate.title},
        _address("teams:mandate_detail", mandate.pk),
    )


def _cell(standing: Standing, team: Team, promise: Promise, status: PromiseStatus, *, is_now: bool) -> Cell:
    if is_now and status.status in _OPEN:
        if promise is Promise.MEETING and can_plan_meetings(standing, team):
            return Cell(promise, status, _address("learningcycle:meeting_plan", team.pk), _("Find a time"))
        if promise is Promise.CONTRACT and can_write_contract(standing, team):
            return Cell(promise, status, _address("teams:contract_edit", team.pk), _("Look it over"))
        if promise is Promise.VISIT and can_plan_visits(standing, team):
            return Cell(promise, status, _address("observations:visit_book", team.pk), _("Find a time"))
        if promise is Promise.GRUS:
            return _grus_cell(standing, team, status)
    return Cell(promise, status)


def _grus_cell(standing: Standing, team: Team, status: PromiseStatus) -> Cell:
    """The leader plans it, the team proposes a day."""
    if can_plan_grus(standing, team):
        return Cell(Promise.GRUS, status, _address("teams:grus_plan", team.pk), _("Find a time"))
    if can_propose_grus(standing, team):
        return Cell(Promise.GRUS, status, _address("teams:grus_propose", team.pk), _("Propose a day"))
    return Cell(Promise.GRUS, status)


@lru_cache(maxsize=8192)  # fifty lines have a hundred addresses, and they are the same each time
def _address(name: str, pk: int) -> str:
    return reverse(name, args=[pk])
