"""The four promises of each team on one line."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from learningcycle.queries import meeting_facts
from observations.queries import visit_facts
from teams.enums import Promise
from teams.models import Team
from teams.queries import contract_facts, grus_facts, terms_of_teams
from teams.rules import NOTHING, Facts, PromiseStatus, promise_status

FactsOfTeams = Callable[[Iterable[int], dt.date], dict[int, Facts]]
Fundament = Mapping[Promise, PromiseStatus]

# Each app knows its own promise; the order is the order of the columns.
FACTS: dict[Promise, FactsOfTeams] = {
    Promise.MEETING: meeting_facts,
    Promise.CONTRACT: contract_facts,
    Promise.GRUS: grus_facts,
    Promise.VISIT: visit_facts,
}


def fundament(teams: Iterable[Team], as_of: dt.date) -> dict[int, Fundament]:
    """For each partner team's id the status of its promises on that day. Six queries, whatever the number of teams.

    "On that day" means by the domain's dates, not by when somebody typed. Other groups have no promises and no entry.
    """
    teams = [team for team in teams if team.has_promises]
    team_ids = [team.pk for team in teams]
    terms = terms_of_teams(teams, as_of)
    facts = {promise: of_teams(team_ids, as_of) for promise, of_teams in FACTS.items()}
    return {
        team.pk: {
            promise: promise_status(
                promise,
                terms=terms[team.pk].get(promise),
                team_starts_on=team.starts_on,
                facts=facts[promise].get(team.pk, NOTHING),
                as_of=as_of,
            )
            for promise in FACTS
        }
        for team in teams
    }
