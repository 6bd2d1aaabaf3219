"""Which teams have no visit planned, longest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from observations.enums import VisitState
from observations.models import Visit, VisitOffer
from observations.queries.offers import waiting_offers
from observations.queries.visits import planned_visits, visit_facts
from slf_portal.accounts.models import User
from teams.enums import Promise, Status
from teams.models import ResourcePerson, Team
from teams.queries import people_of_teams, terms_of_teams
from teams.rules import NOTHING, PromiseStatus, due_date, promise_status
from teams.standing import Standing


@dataclass(frozen=True, slots=True)
class DueTeam:
    """A team and its next visit: `group` is "needs", "waits" or "planned"; `by` when it is due, None when unknown."""

    team: Team
    group: str
    last_on: dt.date | None
    by: dt.date | None
    status: PromiseStatus
    visit: Visit | None
    offer: VisitOffer | None
    usual: tuple[str, ...] = ()


GROUPS = ("needs", "waits", "planned")


def teams_to_visit(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active partner teams the person may plan visits for (`permissions.can_plan_visits`), in Danish order."""
    units = standing.leads_units | standing.portfolio | standing.plans_for_units
    own = Q(pk__in=standing.serves | standing.leads_teams) | Q(unit_id__in=units)
    return Team.objects.partner_teams().active(on).filter(own).select_related("unit").order_by("sort_key", "pk")


def due_teams(teams: Iterable[Team], on: dt.date) -> list[DueTeam]:
    """Every one of the teams: those without a visit first, the longest waiting first. Six queries."""
    teams = list(teams)
    ids = [team.pk for team in teams]
    facts, terms = visit_facts(ids, on), terms_of_teams(teams, on)
    visits: dict[int, Visit] = {}
    for visit in planned_visits(on).filter(team_id__in=ids):
        visits.setdefault(visit.team_id, visit)
    offers = {offer.team_id: offer for offer in waiting_offers(ids)}
    rows = []
    for team in teams:
        agreed, known = terms[team.pk].get(Promise.VISIT), facts.get(team.pk, NOTHING)
        status = promise_status(Promise.VISIT, terms=agreed, team_starts_on=team.starts_on, facts=known, as_of=on)
        planned, offer = visits.get(team.pk), offers.get(team.pk)
        rows.append(
            DueTeam(
                team=team,
                group="planned" if planned else "waits" if offer else "needs",
                last_on=known.done_on,
                by=due_date(agreed, team.starts_on, known) if agreed else None,
                status=status,
                visit=planned,
                offer=offer,
            )
        )
    return sorted(rows, key=_longest_first)


def with_usual_visitors(rows: Iterable[DueTeam], on: dt.date) -> list[DueTeam]:
    """The same with who visits usually: whoever did the last time, else the team's resource persons. Two queries."""
    rows = list(rows)
    ids = [row.team.pk for row in rows]
    last, serving = _last_visitors(ids), people_of_teams(ResourcePerson, ids, on)
    return [replace(row, usual=_usual(row, last, serving)) for row in rows]


def usual_visitor(team: Team, visitors: QuerySet[User], on: dt.date) -> User | None:
    """Who of them visits the team usually: whoever did the last time, else one of its resource persons, else anyone."""
    possible = {person.pk: person for person in visitors}
    last = _last_visitors([team.pk]).get(team.pk)
    serving = people_of_teams(ResourcePerson, [team.pk], on).get(team.pk, [])
    likely = [person for person in (last, *serving, *possible.values()) if person is not None]
    return next((person for person in likely if person.pk in possible), None)


def _usual(row: DueTeam, last: dict[int, User], serving: dict[int, list[User]]) -> tuple[str, ...]:
    if row.team.pk in last:
        return (last[row.team.pk].name,)
    return tuple(person.name for person in serving.get(row.team.pk, ()))


def _last_visitors(ids: list[int]) -> dict[int, User]:
    rows = Visit.objects.filter(team_id__in=ids, state=VisitState.HELD, visitor__is_active=True)
    latest = rows.order_by("team_id", "-starts_at", "-pk").distinct("team_id").select_related("visitor")
    return {visit.team_id: visit.visitor for visit in latest}


def _longest_first(row: DueTeam) -> tuple[int, bool, dt.date, str, int]:
    """By group; within it first those with something agreed, by the last visit; never visited ones by their start."""
    since = row.visit.on if row.visit else row.last_on or row.team.starts_on or dt.date.min
    return (GROUPS.index(row.group), row.status.status is Status.NOT_AGREED, since, row.team.sort_key, row.team.pk)
