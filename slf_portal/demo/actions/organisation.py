"""Districts, units, closures and teams."""

from slf_portal.common.dates import add_months, school_year_start
from slf_portal.demo.actions.people import BuiltTeam, Cast, Teams, Units
from slf_portal.demo.defaults.organisation import DISTRICTS, UNITS
from slf_portal.demo.defaults.plan import TeamPlan, UnitPlan
from slf_portal.demo.rules import school_holidays
from teams.actions import add_row, create_team, create_unit, move_unit
from teams.models import Closure, District, Team, Unit


def write_organisation(cast: Cast) -> tuple[Units, Teams]:
    """The units by name, and the teams by unit and name."""
    districts = {name: add_row(by=cast.administrator, row=District(name=name)) for name in DISTRICTS}
    units: Units = {}
    teams: Teams = {}
    for plan in UNITS:
        unit = units[plan.name] = _write_unit(cast, plan, units.get(plan.parent))
        _write_district(cast, plan, unit, districts)
        for team in plan.teams:
            teams[plan.name, team.name] = BuiltTeam(_write_team(cast, team, unit))
    _write_closures(cast)
    return units, teams


def _write_unit(cast: Cast, plan: UnitPlan, parent: Unit | None) -> Unit:
    unit = Unit(
        name=plan.name,
        kind=plan.kind,
        level=plan.level,
        parent=parent,
        institution_number=plan.institution_number,
        address=plan.address,
    )
    return create_unit(by=cast.administrator, unit=unit)


def _write_district(cast: Cast, plan: UnitPlan, unit: Unit, districts: dict[str, District]) -> None:
    if plan.former_district:
        move_unit(by=cast.administrator, unit=unit, district=districts[plan.former_district], on=cast.long_ago)
    if plan.district:
        since = school_year_start(cast.today) if plan.former_district else cast.long_ago
        move_unit(by=cast.administrator, unit=unit, district=districts[plan.district], on=since)


def _write_team(cast: Cast, plan: TeamPlan, unit: Unit) -> Team:
    months = plan.story.began_months_ago if plan.story else None
    starts_on = None if months is None else add_months(cast.today, -months)
    return create_team(by=cast.administrator, team=Team(name=plan.name, unit=unit, kind=plan.kind, starts_on=starts_on))


def _write_closures(cast: Cast) -> None:
    """The school holidays of this school year and the next, and of the last one, which the history looks back on."""
    this_year = school_year_start(cast.today).year
    for year in (this_year - 1, this_year, this_year + 1):
        for holiday in school_holidays(year):
            closure = Closure(name=holiday.name, starts_on=holiday.starts_on, ends_on=holiday.ends_on)
            add_row(by=cast.administrator, row=closure)
