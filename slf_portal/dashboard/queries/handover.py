"""What whoever takes over a team or a unit must know, section by section, and who has just taken over."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learningcycle.queries import meetings_of, running_cycles
from observations.queries import visits_of
from slf_portal.common.dates import add_months
from slf_portal.dashboard.queries.homes import leader_todos
from slf_portal.dashboard.queries.rows import team_rows
from slf_portal.fundament.queries import FACTS
from teams.enums import CLOSED, AgreementSource, GrusState
from teams.models import Membership, ResourcePerson, SupportRequest, Team, TeamLeader, Unit, UnitLeader
from teams.permissions import can_hand_over, can_read_contract, can_read_mandates
from teams.queries import (
    agreements_of_source,
    agreements_to_read,
    coming_closures,
    contract_in_force,
    contract_renewed_by,
    mandates_of,
    responsible_leaders,
    terms_of_unit,
    unit_leaders,
    with_parts,
)
from teams.standing import Standing

# For so long who has taken over finds the way to the page on her front page.
NEW_FOR = dt.timedelta(days=60)
# How far back one looks for whom to ask.
BEFORE_MONTHS = 12
SHOWN_MEETINGS = 3

T = TypeVar("T", Team, Unit)
Content = Mapping[str, Any]


class Section(NamedTuple):
    """A part of a handover page: `key` names its template, dashboard/handover/_<key>.html, and its heading's id.

    `of` reads what the template shows, or answers None where the section is not for the person or has nothing to say.
    """

    key: str
    title: Any
    of: Callable[[Standing, Any, dt.date], Content | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as a page shows it."""

    key: str
    title: str
    template: str
    content: Content


def shown(sections: Iterable[Section], standing: Standing, about: T, on: dt.date) -> list[Shown]:
    """The sections that have something to say, in their order."""
    read = ((section, section.of(standing, about, on)) for section in sections)
    return [
        Shown(section.key, str(section.title), f"dashboard/handover/_{section.key}.html", content)
        for section, content in read
        if content is not None
    ]


# A team --------------------------------------------------------------------------------------------------------


def _status(standing: Standing, team: Team, on: dt.date) -> Content | None:
    rows = team_rows(standing, [team], on, today=on)
    return {"rows": rows} if rows else None


def _people(standing: Standing, team: Team, on: dt.date) -> Content:
    roles = ResourcePerson.objects.filter(team=team, person__is_active=True).select_related("person")
    return {
        "leaders": responsible_leaders([team], on)[team.pk],
        "serving": list(roles.in_force(on).order_by("person__sort_key")),
        "before": list(roles.filter(ends_on__lte=on, ends_on__gt=add_months(on, -BEFORE_MONTHS)).order_by("-ends_on")),
        "members": list(
            Membership.objects.in_force(on)
            .filter(team=team, person__is_active=True)
            .select_related("person")
            .order_by("person__sort_key", "pk")
        ),
        "may_hand_over": can_hand_over(standing, team),
        "is_day_care": team.unit.kind == "daycare",
    }


def _contract(standing: Standing, team: Team, on: dt.date) -> Content | None:
    if not can_read_contract(standing, team):
        return None
    contract = contract_in_force(team)
    return {
        "team": team,
        "contract": contract,
        "renewed_by": contract_renewed_by(team, contract, on) if contract else None,
    }


def _plans(standing: Standing, team: Team, on: dt.date) -> Content:
    meetings, visits = meetings_of(team, on), visits_of(team, on)
    return {
        "meetings": meetings.coming[:SHOWN_MEETINGS],
        "last_meeting": next(iter(meetings.held), None),
        "visits": visits.coming,
        "last_visit": next(iter(visits.held), None),
    }


def _cycles(standing: Standing, team: Team, on: dt.date) -> Content | None:
    """What the team is learning about. Title, phase and goal are a leader's to know as well."""
    cycles = running_cycles(team)
    return {"cycles": cycles} if cycles else None


def _grus(standing: Standing, team: Team, on: dt.date) -> Content | None:
    rows = list(team.grus_rows.exclude(state=GrusState.CANCELLED).select_related("leader").order_by("on"))
    held = [row for row in rows if row.state == GrusState.HELD]
    planned = [row for row in rows if row.state == GrusState.PLANNED and row.on >= on]
    if not (held or planned or team.has_promises):
        return None
    last = held[-1] if held else None
    return {
        "last": last,
        "points": list(agreements_of_source(AgreementSource.GRUS, last.pk)) if last else [],
        "next": planned[0] if planned else None,
    }


def _agreements(standing: Standing, team: Team, on: dt.date) -> Content:
    """What is open and hers to read. What someone does who has left needs another."""
    return {"agreements": list(agreements_to_read(standing, team, on).filter(settled_on=None))}


def _mandates(standing: Standing, team: Team, on: dt.date) -> Content | None:
    mandates = list(mandates_of(team).exclude(state__in=sorted(CLOSED)))
    return {"mandates": mandates} if mandates and can_read_mandates(standing, team) else None


TEAM_SECTIONS: tuple[Section, ...] = (
    Section("status", _("Where the team stands"), _status),
    Section("people", _("People"), _people),
    Section("contract", _("The contract"), _contract),
    Section("plans", _("Meetings and visits"), _plans),
    Section("cycles", _("The learning cycle"), _cycles),
    Section("grus", _("GRUS"), _grus),
    Section("agreements", _("What the team has agreed on and not done yet"), _agreements),
    Section("mandates", _("Mandates"), _mandates),
)


# A unit --------------------------------------------------------------------------------------------------------


def _teams_of(unit: Unit, on: dt.date) -> list[Team]:
    units = with_parts(frozenset([unit.pk]))
    teams = Team.objects.partner_teams().active(on).filter(unit_id__in=units).select_related("unit")
    return list(teams.order_by("unit__sort_key", "sort_key", "pk"))


def _unit_teams(standing: Standing, unit: Unit, on: dt.date) -> Content:
    return {"rows": team_rows(standing, _teams_of(unit, on), on, today=on)}


def _unit_waiting(standing: Standing, unit: Unit, on: dt.date) -> Content:
    """What waits for whoever leads this unit and nothing else."""
    here = replace(standing, leads_units=with_parts(frozenset([unit.pk])), leads_teams=frozenset())
    rows = team_rows(here, _teams_of(unit, on), on, today=on)
    asked = SupportRequest.objects.filter(closed_at__isnull=True, unit_id__in=here.leads_units)
    return {
        "todos": leader_todos(here, rows, on),
        "requests": list(asked.select_related("asked_by", "taken_by", "unit").order_by("asked_at", "pk")),
    }


def _unit_leaders(standing: Standing, unit: Unit, on: dt.date) -> Content:
    ended = UnitLeader.objects.filter(unit=unit, ends_on__lte=on, ends_on__gt=add_months(on, -BEFORE_MONTHS))
    named = TeamLeader.objects.in_force(on).filter(team__in=_teams_of(unit, on), person__is_active=True)
    return {
        "leaders": list(unit_leaders(unit, on)),
        "before": list(ended.select_related("person").order_by("-ends_on")),
        "of_teams": _by_person(named.select_related("person", "team")),
    }


def _unit_resource_persons(standing: Standing, unit: Unit, on: dt.date) -> Content:
    rows = ResourcePerson.objects.in_force(on).filter(team__in=_teams_of(unit, on), person__is_active=True)
    return {"people": _by_person(rows.select_related("person", "team"))}


def _by_person(rows: Any) -> list[tuple[Any, list[Any]]]:
    """Each person with her rows, in Danish order."""
    ordered = rows.order_by("person__sort_key", "person_id", "team__sort_key", "pk")
    by_person = groupby(ordered, key=lambda row: row.person)
    return [(person, list(of_person)) for person, of_person in by_person]


def _unit_terms(standing: Standing, unit: Unit, on: dt.date) -> Content:
    terms = terms_of_unit(unit, on)
    return {"terms_by_promise": [(promise, terms.get(promise)) for promise in FACTS]}


def _unit_closures(standing: Standing, unit: Unit, on: dt.date) -> Content | None:
    closures = list(coming_closures(unit, on))
    return {"closures": closures} if closures else None


UNIT_SECTIONS: tuple[Section, ...] = (
    Section("unit_waiting", _("What waits"), _unit_waiting),
    Section("unit_teams", _("The teams"), _unit_teams),
    Section("unit_leaders", _("Leaders"), _unit_leaders),
    Section("unit_resource_persons", _("Who is resource person where"), _unit_resource_persons),
    Section("unit_terms", _("What is agreed"), _unit_terms),
    Section("unit_closures", _("Closed days"), _unit_closures),
)


# Who has just taken over ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A team or unit that a person has just taken over, and its handover page."""

    name: str
    url: str


def teams_taken_over(standing: Standing, on: dt.date) -> list[NewPlace]:
    """The teams she has begun to serve in the last sixty days, but those that began with her. One query."""
    rows = _lately(ResourcePerson, standing, on).filter(team_id__in=standing.serves)
    return [_team_place(row.team) for row in _of_older_teams(rows)]


def taken_over_as_leader(standing: Standing, on: dt.date) -> list[NewPlace]:
    """The units and teams she has begun to lead in the last sixty days. Two queries."""
    units = _lately(UnitLeader, standing, on).select_related("unit").order_by("unit__sort_key")
    teams = _lately(TeamLeader, standing, on).filter(team_id__in=standing.leads_teams)
    of_units = [NewPlace(row.unit.name, reverse("dashboard:handover_unit", args=[row.unit_id])) for row in units]
    return of_units + [_team_place(row.team) for row in _of_older_teams(teams)]


def _lately(model: Any, standing: Standing, on: dt.date) -> Any:
    return model.objects.in_force(on).filter(person_id=standing.person_id, starts_on__gt=on - NEW_FOR)


def _of_older_teams(rows: Any) -> Any:
    older = Q(team__starts_on__isnull=True) | Q(team__starts_on__lt=F("starts_on"))
    return rows.filter(older).select_related("team").order_by("team__sort_key", "team_id")


def _team_place(team: Team) -> NewPlace:
    return NewPlace(team.name, reverse("dashboard:handover_team", args=[team.pk]))
