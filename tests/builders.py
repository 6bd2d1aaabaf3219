"""Rows for tests: small plain functions with sensible defaults, named after what they make."""

import datetime as dt
from itertools import count
from typing import Any

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.actions import write_email_address
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import at
from teams.defaults import default_terms
from teams.enums import ContractState, GrusState, Promise, TeamKind, UnitKind, UnitLevel
from teams.models import (
    Closure,
    District,
    Grus,
    Membership,
    PortfolioUnit,
    PromiseTerms,
    ResourcePerson,
    Team,
    TeamContract,
    TeamLeader,
    Unit,
    UnitDistrict,
    UnitLeader,
)

# Long before any day a test looks at.
SINCE = dt.date(2020, 1, 1)
PASSWORD = "en rigtig lang adgangskode"  # noqa: S105 - of people who do not exist

_number = count(1)


def make_person(name: str = "Anne Andersen", *, email: str = "", **values: Any) -> User:
    """A person with a verified e-mail and, unless `password` says otherwise, no way to sign in but `force_login`."""
    password = values.pop("password", None)
    person = User(name=name, email=email or f"person{next(_number)}@example.org", **values)
    person.set_password(password)
    person.save()
    write_email_address(person)
    return person


def make_central(role: CentralRole, name: str = "Carla Central", *, starts_on: dt.date = SINCE) -> User:
    """A person with a central role."""
    person = make_person(name)
    CentralRoleRow.objects.create(person=person, role=role, starts_on=starts_on)
    return person


def make_administrator(name: str = "Ada Administrator") -> User:
    return make_central(CentralRole.ADMINISTRATOR, name)


def make_learning_partner(*units: Unit, name: str = "Lis Læringspartner") -> User:
    """A learning partner with the units in her portfolio."""
    person = make_central(CentralRole.LEARNING_PARTNER, name)
    for unit in units:
        PortfolioUnit.objects.create(unit=unit, person=person, starts_on=SINCE)
    return person


def make_leader(unit: Unit, name: str = "Lone Leder", *, title: str = "") -> User:
    """A leader of the unit."""
    person = make_person(name)
    UnitLeader.objects.create(unit=unit, person=person, title=title, starts_on=SINCE)
    return person


def make_team_leader(team: Team, name: str = "Tove Teamleder") -> User:
    """The leader responsible for the team."""
    person = make_person(name)
    TeamLeader.objects.create(team=team, person=person, starts_on=SINCE)
    return person


def make_member(team: Team, name: str = "Mette Medlem", *, person: User | None = None) -> User:
    """A member of the team."""
    person = person or make_person(name)
    Membership.objects.create(team=team, person=person, starts_on=SINCE)
    return person


def make_resource_person(*teams: Team, name: str = "Rikke Ressource") -> User:
    """A resource person serving the teams."""
    person = make_person(name)
    for team in teams:
        ResourcePerson.objects.create(team=team, person=person, starts_on=SINCE)
    return person


def make_district(name: str = "Nord") -> District:
    return District.objects.get_or_create(name=name)[0]


def make_unit(name: str = "", *, kind: UnitKind = UnitKind.SCHOOL, parent: Unit | None = None, **values: Any) -> Unit:
    """A unit; one with a parent is a department unless `level` says otherwise; `district` from the beginning."""
    district = values.pop("district", None)
    values.setdefault("level", UnitLevel.DEPARTMENT if parent else UnitLevel.UNIT)
    unit = Unit.objects.create(name=name or f"Enhed {next(_number)}", kind=kind, parent=parent, **values)
    if district is not None:
        UnitDistrict.objects.create(unit=unit, district=district, starts_on=SINCE)
    return unit


def make_team(
    name: str = "", *, unit: Unit | None = None, kind: TeamKind = TeamKind.PARTNER_TEAM, **values: Any
) -> Team:
    """A team, an SLF partner team unless said otherwise, that began long ago."""
    values.setdefault("starts_on", SINCE)
    return Team.objects.create(name=name or f"Team {next(_number)}", unit=unit or make_unit(), kind=kind, **values)


def make_terms(promise: Promise, *, starts_on: dt.date = SINCE, **values: Any) -> PromiseTerms:
    """The default terms of a promise for a `unit` or a `kind`."""
    return PromiseTerms.objects.create(promise=promise, starts_on=starts_on, **{**default_terms(promise), **values})


def make_all_terms(*, starts_on: dt.date = SINCE, **place: Any) -> None:
    """The default terms of all four promises for a `unit` or a `kind`."""
    for promise in Promise:
        make_terms(promise, starts_on=starts_on, **place)


def make_closure(starts_on: dt.date, ends_on: dt.date, *, unit: Unit | None = None, name: str = "Ferie") -> Closure:
    return Closure.objects.create(unit=unit, name=name, starts_on=starts_on, ends_on=ends_on)


def make_contract(team: Team, in_force_on: dt.date | None, *, state: ContractState | None = None) -> TeamContract:
    """A contract in force from that day; a draft without one."""
    state = state or (ContractState.IN_FORCE if in_force_on else ContractState.DRAFT)
    return TeamContract.objects.create(team=team, in_force_on=in_force_on, state=state)


def make_grus(team: Team, on: dt.date, *, state: GrusState = GrusState.HELD, leader: User | None = None) -> Grus:
    """A GRUS that day, with the leader present when it was held."""
    return Grus.objects.create(team=team, on=on, state=state, leader=leader, leader_present=state == GrusState.HELD)


def make_rhythm(team: Team, *, nth: int = 2, weekday: int = 1, starts_on: dt.date = SINCE, **values: Any) -> Rhythm:
    """The second Tuesday of the month, 10.00 to 11.00."""
    values = {"starts_at": dt.time(10), "ends_at": dt.time(11), **values}
    return Rhythm.objects.create(team=team, nth=nth, weekday=weekday, starts_on=starts_on, **values)


def make_meeting(
    team: Team, on: dt.date, *, time: dt.time = dt.time(10), state: MeetingState = MeetingState.PLANNED, **values: Any
) -> Meeting:
    """An hour's meeting on a day in Copenhagen; a held one used the learning cycle unless said otherwise."""
    values.setdefault("with_learning_cycle", state == MeetingState.HELD)
    starts_at = at(on, time)
    return Meeting.objects.create(
        team=team, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1), state=state, **values
    )


def make_visit(
    team: Team, visitor: User, on: dt.date, *, state: VisitState = VisitState.PLANNED, **values: Any
) -> Visit:
    """An hour's visit at 10.00; a held one was evaluated unless said otherwise."""
    values.setdefault("is_evaluated", state == VisitState.HELD)
    times = {"starts_at": at(on, dt.time(10)), "ends_at": at(on, dt.time(11))}
    return Visit.objects.create(team=team, visitor=visitor, state=state, **times, **values)
