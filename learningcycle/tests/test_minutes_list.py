"""A team's minutes, the latest first."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from learningcycle.enums import MeetingState
from learningcycle.models import Conversation, Cycle
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_meeting, make_team
from tests.cycle_builders import make_conversation, make_cycle


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:minutes_list", args=[team.pk])


def make_closed(team: Team, on: dt.date, cycle: Cycle | None = None) -> Conversation:
    meeting = make_meeting(team, on, state=MeetingState.HELD)
    return make_conversation(meeting, cycle=cycle, closed_at=at(on, dt.time(11)))


def shown(client: Client, url: str, **words: str | int) -> list[Conversation]:
    return list(client.get(url, words).context["page"])


def test_closed_conversations_come_latest_first_and_no_others(client: Client, url: str, team: Team) -> None:
    early, late = make_closed(team, dt.date(2026, 9, 1)), make_closed(team, dt.date(2026, 10, 6))
    make_conversation(make_meeting(team, dt.date(2026, 11, 3)))
    make_closed(make_team("Syd"), dt.date(2026, 10, 6))
    assert shown(client, url) == [late, early]


def test_they_are_filtered_by_one_of_the_teams_own_cycles(client: Client, url: str, team: Team) -> None:
    cycle, other = make_cycle(team), make_cycle(team, "Et andet fokus")
    about = make_closed(team, dt.date(2026, 9, 1), cycle)
    make_closed(team, dt.date(2026, 10, 6), other)
    assert shown(client, url, cycle=cycle.pk) == [about]
    empty = client.get(url, {"cycle": make_cycle(team, "Et tredje").pk}).content.decode()
    assert "Ingen afsluttet samtale handler om den læringscirkel." in empty
    stranger = make_cycle(make_team("Syd"))
    answer = client.get(url, {"cycle": stranger.pk})
    assert (list(answer.context["filters"].errors), stranger.title in answer.content.decode()) == (["cycle"], True)


def test_without_minutes_it_says_what_would_stand_there(client: Client, url: str) -> None:
    assert "Her står referaterne af jeres samtaler" in client.get(url).content.decode()


def test_it_comes_by_the_page_at_the_same_cost(
    client: Client, url: str, team: Team, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PAGE_SIZE = 3
    cycle = make_cycle(team)
    make_closed(team, dt.date(2026, 9, 1), cycle)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for day in (2, 3, 4):
        make_closed(team, dt.date(2026, 9, day), cycle)
    with django_assert_num_queries(len(one)):
        assert len(shown(client, url)) == 3
    assert len(shown(client, url, page=2)) == 1
