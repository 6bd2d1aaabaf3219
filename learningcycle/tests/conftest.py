"""A team and its member, who is signed in."""

import pytest
from django.test import Client

from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_member, make_team


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person
