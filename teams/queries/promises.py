"""What is agreed about the promises, and when the team's own two were kept."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from slf_portal.common import sql
from teams.enums import Promise
from teams.models import Team, Unit
from teams.queries.tree import ancestor_lines
from teams.rules import Facts, Terms

TermsByPromise = Mapping[Promise, Terms]

_TERMS = """
    SELECT kind, unit_id, promise, starts_on, interval_months, first_due_months, soon_days, pause_months
    FROM teams_promiseterms
    WHERE starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
        AND (unit_id IS NULL OR unit_id = ANY(%(units)s))
"""

_CONTRACTS = """
    SELECT team_id, max(in_force_on), NULL FROM teams_teamcontract
    WHERE team_id = ANY(%(teams)s) AND state <> 'draft' AND in_force_on <= %(on)s
    GROUP BY team_id
"""

_GRUS = """
    SELECT team_id,
        max("on") FILTER (WHERE state = 'held' AND "on" <= %(on)s),
        min("on") FILTER (WHERE "on" > %(on)s OR (state = 'planned' AND "on" = %(on)s))
    FROM teams_grus
    WHERE team_id = ANY(%(teams)s) AND state IN ('planned', 'held')
    GROUP BY team_id
"""


def partner_teams(on: dt.date) -> QuerySet[Team]:
    """Every active SLF partner team, with its unit."""
    return Team.objects.partner_teams().active(on).select_related("unit")


def terms_of_teams(teams: Iterable[Team], on: dt.date) -> dict[int, TermsByPromise]:
    """For each team's id its terms by promise on that day: the nearest unit's, else the kind's. Two queries."""
    teams = list(teams)
    found = terms_of_units({team.unit_id for team in teams}, on)
    return {team.pk: found[team.unit_id] for team in teams}


def terms_of_units(unit_ids: Iterable[int], on: dt.date) -> dict[int, TermsByPromise]:
    """For each unit's id the terms of its own teams by promise on that day. Two queries."""
    return _terms_along(ancestor_lines(unit_ids), on)


def inherited_terms(unit: Unit, on: dt.date) -> TermsByPromise:
    """What holds for the unit on that day without having agreed on anything itself. Two queries."""
    kind, line = ancestor_lines([unit.pk])[unit.pk]
    return _terms_along({unit.pk: (kind, line[1:])}, on)[unit.pk]


def _terms_along(lines: Mapping[int, tuple[str, list[int]]], on: dt.date) -> dict[int, TermsByPromise]:
    above = {pk for _, line in lines.values() for pk in line}
    by_kind: dict[str, dict[Promise, Terms]] = {}
    by_unit: dict[int, dict[Promise, Terms]] = {}
    for kind, unit_id, promise, starts_on, interval, first_due, soon, pause in sql.rows(
        _TERMS, on=on, units=list(above)
    ):
        place = by_kind.setdefault(kind, {}) if unit_id is None else by_unit.setdefault(unit_id, {})
        place[Promise(promise)] = Terms(starts_on, interval, first_due, soon, frozenset(pause))
    return {
        unit_id: _nearest([by_kind.get(kind, {}), *(by_unit.get(pk, {}) for pk in reversed(line))])
        for unit_id, (kind, line) in lines.items()
    }


def _nearest(far_to_near: list[dict[Promise, Terms]]) -> TermsByPromise:
    merged: dict[Promise, Terms] = {}
    for terms in far_to_near:
        merged |= terms
    return merged


def terms_of_unit(unit: Unit, on: dt.date) -> TermsByPromise:
    """What is agreed for the unit's own teams on that day."""
    return terms_of_units([unit.pk], on)[unit.pk]


def contract_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team's contract was last put in force, not after that day. One query."""
    return _facts(_CONTRACTS, team_ids, as_of)


def grus_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team last held a GRUS, and when the next one is, seen on that day. One query."""
    return _facts(_GRUS, team_ids, as_of)


def _facts(statement: str, team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    return {team_id: Facts(*dates) for team_id, *dates in sql.rows(statement, teams=list(team_ids), on=as_of)}
