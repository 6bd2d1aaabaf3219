"""A member of a team, who is signed in, on a Tuesday; her feed, a mail server, and the internet."""

import datetime as dt

import pytest
from django.test import Client

from slf_portal.accounts.models import User
from slf_portal.calendars.actions import keep_feed
from slf_portal.calendars.models import CalendarFeed
from slf_portal.notifications.tests.conftest import clock, mail_server
from teams.models import Team
from tests.builders import make_member, make_team, make_unit

__all__ = ["clock", "mail_server"]

DAY = dt.date(2026, 12, 8)


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen", address="Birkevej 1"))


@pytest.fixture
def member(team: Team, client: Client, tuesday: dt.date) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def feed(member: User) -> CalendarFeed:
    return keep_feed(by=member, with_own_calendar=False)
