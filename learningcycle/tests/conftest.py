"""A team on a Tuesday in November, and the people around it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.enums import UnitKind
from teams.models import Team
from tests.builders import make_leader, make_member, make_resource_person, make_team, make_unit

TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with time_machine.travel(at(TUESDAY, dt.time(9)), tick=False):
        yield


@pytest.fixture
def team(db) -> Team:
    return make_team("Rekruttering", unit=make_unit("HR og Organisation", kind=UnitKind.CENTRAL_OFFICE))


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


@pytest.fixture
def resource_person(team: Team) -> User:
    return make_resource_person(team)


@pytest.fixture
def leader(team: Team) -> User:
    return make_leader(team.unit)


@pytest.fixture
def as_member(member: User) -> Client:
    return _signed_in(member)


@pytest.fixture
def as_leader(leader: User) -> Client:
    return _signed_in(leader)


@pytest.fixture
def as_stranger(db) -> Client:
    return _signed_in(make_member(make_team("Andet team"), "Ole Other"))


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
