"""A team and its resource person, who is signed in."""

import pytest
from django.test import Client

from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_resource_person, make_team


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord")


@pytest.fixture
def visitor(team: Team, client: Client) -> User:
    person = make_resource_person(team)
    client.force_login(person)
    return person
