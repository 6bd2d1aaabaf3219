"""A team and its resource person, or a unit and its learning partner; who comes on visits is signed in."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client

from slf_portal.accounts.models import User
from teams.models import Team, Unit
from tests.builders import make_leader, make_learning_partner, make_resource_person, make_team, make_unit


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord")


@pytest.fixture
def visitor(team: Team, client: Client) -> User:
    person = make_resource_person(team)
    client.force_login(person)
    return person


@dataclass(frozen=True)
class School:
    """A unit with a team, its leader, resource person and learning partner, who is signed in."""

    unit: Unit
    team: Team
    leader: User
    beacon: User
    partner: User


@pytest.fixture
def school(client: Client, db: None, tuesday: dt.date) -> School:
    team = make_team("Nord", unit=make_unit("Birkeskolen"))
    found = School(
        team.unit,
        team,
        make_leader(team.unit),
        make_resource_person(team),
        make_learning_partner(team.unit, make_unit("Egeskolen")),
    )
    client.force_login(found.partner)
    return found
