"""Who leads, belongs, serves and looks after whom, today and before."""

import datetime as dt
from itertools import cycle, islice

from slf_portal.accounts.actions import give_central_role, set_active
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months, school_year_start
from slf_portal.demo.actions.people import BuiltTeam, Cast, Teams, Units
from slf_portal.demo.defaults import organisation as plans
from slf_portal.demo.defaults.plan import ServicePlan, TeamPlan, UnitPlan
from teams.actions import begin_role, move_role
from teams.models import Membership, PortfolioUnit, ResourcePerson, TeamLeader, Unit, UnitLeader

BIG_TEAM = 6


def write_roles(cast: Cast, units: Units, teams: Teams) -> None:
    for plan in plans.UNITS:
        for team in plan.teams:
            _fill_team(cast, team, teams[plan.name, team.name])
    for plan in plans.UNITS:
        _write_leaders(cast, plan, units[plan.name], teams)
        for service in plan.services:
            _write_service(cast, plan, service, teams)
    _write_moves(cast, teams)
    _write_central_roles(cast, units, teams)


# Teams ----------------------------------------------------------------------------------------------------------


def _fill_team(cast: Cast, plan: TeamPlan, built: BuiltTeam) -> None:
    """The members of today; from the big teams someone has left the municipality during the year."""
    personas = [cast.play(persona) for persona in plan.members]
    for person in (*personas, *cast.several(plan.size - len(personas))):
        _join(cast, built, person)
    if plan.size >= BIG_TEAM:
        former = cast.anyone()
        row = Membership(
            team=built.team, person=former, starts_on=_beginning(cast, built), ends_on=add_months(cast.today, -5)
        )
        begin_role(by=cast.administrator, row=row)
        set_active(by=cast.administrator, person=former, is_active=False)


def _join(cast: Cast, built: BuiltTeam, person: User) -> None:
    row = Membership(team=built.team, person=person, starts_on=_beginning(cast, built))
    begin_role(by=cast.administrator, row=row)
    built.members.append(person)


def _beginning(cast: Cast, built: BuiltTeam) -> dt.date:
    return built.team.starts_on or add_months(cast.today, -12)


def _write_moves(cast: Cast, teams: Teams) -> None:
    """With the school year a teacher went from the youngest to the next years."""
    joined, left = teams["Mågedalsskolen", "3.-4. årgang"], teams["Mågedalsskolen", "0.-2. årgang"]
    person = left.members.pop(1)
    row = Membership.objects.get(team=left.team, person=person)
    move_role(by=cast.administrator, row=row, to=joined.team, on=school_year_start(cast.today))
    joined.members.append(person)


# Leaders --------------------------------------------------------------------------------------------------------


def _write_leaders(cast: Cast, plan: UnitPlan, unit: Unit, teams: Teams) -> None:
    if not plan.leader_title:
        return
    changed_on = school_year_start(cast.today) if plan.leader_is_new else cast.long_ago
    if plan.leader_is_new:
        _lead(cast, unit, cast.anyone(), plan.leader_title, cast.long_ago, changed_on)
    leader = cast.play(plan.leader) if plan.leader else cast.anyone()
    _lead(cast, unit, leader, plan.leader_title, changed_on)
    group = [leader]
    if plan.deputy_of:
        group.append(_write_deputy(cast, plan, teams))
    if (plan.name, plans.LEADERSHIP) in teams:
        for person in group:
            _join(cast, teams[plan.name, plans.LEADERSHIP], person)


def _lead(cast: Cast, unit: Unit, person: User, title: str, starts_on: dt.date, ends_on: dt.date | None = None) -> None:
    row = UnitLeader(unit=unit, person=person, title=title, starts_on=starts_on, ends_on=ends_on)
    begin_role(by=cast.administrator, row=row)


def _write_deputy(cast: Cast, plan: UnitPlan, teams: Teams) -> User:
    """Someone under the leader, responsible for some of the teams."""
    deputy = cast.anyone()
    for name in plan.deputy_of:
        row = TeamLeader(team=teams[plan.name, name].team, person=deputy, starts_on=school_year_start(cast.today))
        begin_role(by=cast.administrator, row=row)
    return deputy


# Resource persons -----------------------------------------------------------------------------------------------


def _write_service(cast: Cast, plan: UnitPlan, service: ServicePlan, teams: Teams) -> None:
    """A member of one team serves others of her unit, and meets with those who do the same."""
    by_name = {name: built for (_unit, name), built in teams.items() if name != plans.RESOURCE_PERSONS}
    person = cast.play(service.persona) if service.persona else by_name[service.member_of].members[-1]
    for name in service.serves:
        built = by_name[name]
        row = ResourcePerson(team=built.team, person=person, starts_on=_beginning(cast, built))
        begin_role(by=cast.administrator, row=row)
        built.visitor = person
    if (plan.name, plans.RESOURCE_PERSONS) in teams:
        _join(cast, teams[plan.name, plans.RESOURCE_PERSONS], person)


# The section's people, and those who see to everything -----------------------------------------------------------


def _write_central_roles(cast: Cast, units: Units, teams: Teams) -> None:
    section = {name: built.members for (unit, name), built in teams.items() if unit == plans.SECTION}
    partners = [person for members in section.values() for person in members]
    for person in partners:
        _give(cast, person, CentralRole.LEARNING_PARTNER)
    _write_portfolios(cast, partners, units)
    section_leader = UnitLeader.objects.get(unit=units[plans.SECTION]).person
    _give(cast, section_leader, CentralRole.SECTION_LEADER)
    _join(cast, teams[plans.OFFICE, plans.LEADERSHIP], section_leader)
    _give(cast, cast.anyone(), CentralRole.PROJECT_WORKER)
    _give(cast, teams[plans.OFFICE, "Kurser og kommunikation"].members[0], CentralRole.ADMINISTRATOR)


def _give(cast: Cast, person: User, role: CentralRole) -> None:
    give_central_role(by=cast.administrator, person=person, role=role, starts_on=cast.long_ago)


def _write_portfolios(cast: Cast, partners: list[User], units: Units) -> None:
    """The persona's portfolio as planned; the others have two units each, in turn. One was handed over this year."""
    persona, *others = partners
    for name in plans.PORTFOLIO:
        _look_after(cast, persona, units[name], cast.long_ago)
    turns = cycle(units.values())
    for person in others:
        for unit in islice(turns, 2):
            _look_after(cast, person, unit, cast.long_ago)
    handed_over = school_year_start(cast.today)
    _look_after(cast, persona, units["Åkildeskolen"], cast.long_ago, handed_over)


def _look_after(cast: Cast, person: User, unit: Unit, starts_on: dt.date, ends_on: dt.date | None = None) -> None:
    row = PortfolioUnit(unit=unit, person=person, starts_on=starts_on, ends_on=ends_on)
    begin_role(by=cast.administrator, row=row)
