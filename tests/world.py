"""One small world: a unit with a whole above it and a part below, another unit, and a person for each role.

Every person's "own" is the team or unit she has her role for; the other places are seen from there.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import today
from teams.models import (
    Membership,
    PortfolioUnit,
    ResourcePerson,
    SupportRequest,
    Team,
    TeamLeader,
    Unit,
    UnitLeader,
)
from tests.builders import (
    PASSWORD,
    SINCE,
    make_administrator,
    make_all_terms,
    make_central,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_rhythm,
    make_team,
    make_team_leader,
    make_unit,
    make_visit,
)

# The columns of docs/access.md, in its order.
NOT_SIGNED_IN = "not signed in"
DEACTIVATED = "deactivated"
WITHOUT_ROLES = "without roles"
MEMBER = "team member"
RESOURCE_PERSON = "resource person"
UNIT_LEADER = "unit leader"
TEAM_LEADER = "team leader"
LEARNING_PARTNER = "learning partner"
SECTION_LEADER = "section leader"
PROJECT_WORKER = "project worker"
ADMINISTRATOR = "administrator"

# Where an object stands, seen from the person's own team and unit.
OWN = "own"
SAME_UNIT = "same unit"
PART = "part"
WHOLE = "whole"
OTHER_UNIT = "other unit"
NOT_EXISTING = "not existing"

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Place:
    """A team in a unit, with a meeting and a visit in each state that an address asks for, and a request."""

    unit: Unit
    team: Team
    visitor: User
    coming_meeting: Meeting
    passed_meeting: Meeting
    held_meeting: Meeting
    coming_visit: Visit
    passed_visit: Visit
    held_visit: Visit
    asked: SupportRequest


@dataclass(frozen=True)
class World:
    """The places by relation and the people by role; None is the one who is not signed in."""

    places: dict[str, Place]
    people: dict[str, User | None]


def make_world() -> World:
    whole = make_unit("Ådalens Skoledistrikt")
    unit = make_unit("Birkeskolen", parent=whole, address="Birkevej 1")
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    make_all_terms(unit=unit)
    own = make_place("Nord", unit)
    places = {
        OWN: own,
        SAME_UNIT: make_place("Syd", unit),
        PART: make_place("Indskoling", part),
        WHOLE: make_place("Ådalen", whole),
        OTHER_UNIT: make_place("Øst", make_unit("Østerskolen")),
    }
    people = _make_people(own)
    _give_password(people.values())
    return World(places, people)


def make_place(name: str, unit: Unit) -> Place:
    """A partner team with a rhythm and a resource person, and a request for sparring from its unit."""
    team = make_team(name, unit=unit)
    visitor = make_resource_person(team, name=f"Rosa {name}")
    make_rhythm(team)
    ahead, behind, earlier = today() + WEEK, today() - WEEK, today() - 5 * WEEK
    return Place(
        unit=unit,
        team=team,
        visitor=visitor,
        coming_meeting=make_meeting(team, ahead),
        passed_meeting=make_meeting(team, behind),
        held_meeting=make_meeting(team, earlier, state=MeetingState.HELD),
        coming_visit=make_visit(team, visitor, ahead),
        passed_visit=make_visit(team, visitor, behind),
        held_visit=make_visit(team, visitor, earlier, state=VisitState.HELD),
        asked=SupportRequest.objects.create(unit=unit, asked_by=visitor, text="Kom og lyt med hos os."),
    )


def _make_people(own: Place) -> dict[str, User | None]:
    return {
        NOT_SIGNED_IN: None,
        DEACTIVATED: _make_deactivated(own),
        WITHOUT_ROLES: _make_former(own),
        MEMBER: make_member(own.team),
        RESOURCE_PERSON: make_resource_person(own.team),
        UNIT_LEADER: make_leader(own.unit),
        TEAM_LEADER: make_team_leader(own.team),
        LEARNING_PARTNER: make_learning_partner(own.unit),
        SECTION_LEADER: make_central(CentralRole.SECTION_LEADER, "Signe Sektionsleder"),
        PROJECT_WORKER: make_central(CentralRole.PROJECT_WORKER, "Per Projekt"),
        ADMINISTRATOR: make_administrator(),
    }


def _give_password(people: Iterable[User | None]) -> None:
    stored = make_password(PASSWORD)
    for person in filter(None, people):
        person.password = stored
        person.save(update_fields=["password"])


def _make_deactivated(own: Place) -> User:
    """She holds every role, and may not come in."""
    person = make_person("Dorte Deaktiveret", is_active=False)
    _give_every_role(person, own, ends_on=None)
    PortfolioUnit.objects.create(unit=own.unit, person=person, starts_on=SINCE)
    return person


def _make_former(own: Place) -> User:
    """Every role of hers ended today; a unit forgotten in her portfolio opens nothing."""
    person = make_person("Frida Forhenværende")
    _give_every_role(person, own, ends_on=today())
    PortfolioUnit.objects.create(unit=own.unit, person=person, starts_on=SINCE)
    return person


def _give_every_role(person: User, own: Place, *, ends_on: dt.date | None) -> None:
    span = {"person": person, "starts_on": SINCE, "ends_on": ends_on}
    for role in CentralRole:
        CentralRoleRow.objects.create(role=role, **span)
    Membership.objects.create(team=own.team, **span)
    ResourcePerson.objects.create(team=own.team, **span)
    UnitLeader.objects.create(unit=own.unit, **span)
    if ends_on is not None:  # a team has one responsible leader at a time
        TeamLeader.objects.create(team=own.team, person=person, starts_on=SINCE - WEEK, ends_on=SINCE)
