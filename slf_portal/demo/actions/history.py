"""A year of promises up to today: what was agreed, and what came of it team by team."""

import datetime as dt

from slf_portal.common.dates import add_months, school_year_start
from slf_portal.demo.actions.contracts import write_contracts
from slf_portal.demo.actions.grus import write_grus
from slf_portal.demo.actions.meetings import write_meetings
from slf_portal.demo.actions.people import Cast, Teams, Units
from slf_portal.demo.actions.stage import Stage, stages
from slf_portal.demo.actions.visits import write_bookings, write_visits
from slf_portal.demo.defaults.organisation import CHOSE_TODAY, UNITS
from slf_portal.demo.defaults.plan import UnitPlan
from teams.actions import add_row, choose_terms
from teams.defaults import default_terms
from teams.models import PromiseTerms, Unit, UnitLeader

# Contracts and GRUS are yearly or rarer: two of each are behind most teams.
MONTHS_OF_YEARLY_THINGS = 50


def write_history(cast: Cast, units: Units, teams: Teams) -> None:
    for plan in UNITS:
        _write_terms(cast, plan, units[plan.name])
    for stage in stages(cast, teams):
        write_contracts(stage, _beginning(stage))
        write_grus(stage, _beginning(stage))
        visits = write_visits(stage)
        write_meetings(stage, visits)
    for stage in stages(cast, teams):
        write_bookings(stage)


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
