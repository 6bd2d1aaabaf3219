"""A year of promises up to today: what was agreed, and what came of it team by team."""

import datetime as dt

from slf_portal.common.dates import add_months
from slf_portal.demo.actions.meetings import write_meetings
from slf_portal.demo.actions.people import Cast, Teams, Units
from slf_portal.demo.actions.stage import Stage, stages
from slf_portal.demo.actions.visits import write_visits
from slf_portal.demo.defaults.organisation import CHOSE_TODAY, UNITS
from slf_portal.demo.defaults.plan import UnitPlan
from slf_portal.demo.rules import school_year_start
from teams.actions import add_row, choose_terms
from teams.defaults import default_terms
from teams.enums import ContractState, GrusState, Promise
from teams.models import Grus, PromiseTerms, TeamContract, Unit, UnitLeader
from teams.queries import responsible_leaders

# Contracts and GRUS are yearly or rarer: two of each are behind most teams.
MONTHS_OF_YEARLY_THINGS = 50


def write_history(cast: Cast, units: Units, teams: Teams) -> None:
    for plan in UNITS:
        _write_terms(cast, plan, units[plan.name])
    for stage in stages(cast, teams):
        _write_contracts(stage)
        _write_grus(stage)
        visits = write_visits(stage)
        write_meetings(stage, visits)


def _write_terms(cast: Cast, plan: UnitPlan, unit: Unit) -> None:
    """What the unit has agreed on since the start of a school year; one unit chooses today."""
    if not plan.terms:
        return
    leader = UnitLeader.objects.in_force(cast.today).get(unit=unit).person
    if plan.name == CHOSE_TODAY:
        choose_terms(by=leader, unit=unit, intervals=plan.terms)
        return
    since = add_months(school_year_start(cast.today), -12 * plan.agreed_years_ago)
    for promise, interval in plan.terms.items():
        terms = default_terms(promise) | {"interval_months": interval}
        if promise in plan.pauses_this_month:
            terms["pause_months"] = sorted({*terms["pause_months"], cast.today.month})
        add_row(by=leader, row=PromiseTerms(unit=unit, promise=promise, starts_on=since, **terms))


def _beginning(stage: Stage) -> dt.date:
    earliest = add_months(stage.today, -MONTHS_OF_YEARLY_THINGS)
    return max(earliest, stage.team.starts_on or earliest)


def _write_contracts(stage: Stage) -> None:
    """Each contract replaced the one of the year before."""
    state = ContractState.IN_FORCE
    if stage.story.contract_due is not None:
        for day in stage.days_kept(Promise.CONTRACT, stage.story.contract_due, _beginning(stage)):
            add_row(by=stage.member, row=TeamContract(team=stage.team, state=state, in_force_on=day))
            state = ContractState.REPLACED
    if stage.story.has_contract_draft:
        add_row(by=stage.member, row=TeamContract(team=stage.team, state=ContractState.DRAFT))


def _write_grus(stage: Stage) -> None:
    """Held with the leader who was responsible that day."""
    if stage.story.grus_due is not None:
        for day in stage.days_kept(Promise.GRUS, stage.story.grus_due, _beginning(stage)):
            _write_one_grus(stage, day, GrusState.HELD)
    if stage.story.grus_planned is not None:
        _write_one_grus(stage, stage.open_day_in(stage.story.grus_planned), GrusState.PLANNED)


def _write_one_grus(stage: Stage, on: dt.date, state: GrusState) -> None:
    leader = responsible_leaders([stage.team], on)[stage.team.pk][0]
    row = Grus(team=stage.team, on=on, state=state, leader=leader, leader_present=state == GrusState.HELD)
    add_row(by=leader, row=row)
