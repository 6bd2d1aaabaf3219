"""Everything a team has said about the staircase."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal, Team
from tests.builders import (
    make_goal,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_stand,
    make_team,
    make_unit,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def goal(team: Team) -> StaircaseGoal:
    return make_goal(team.unit, "Vi lærer", steps=("A", "B"))


@pytest.fixture
def url(team: Team) -> str:
    return reverse("teams:staircase_words", args=[team.pk])


def test_the_latest_words_stand_first_and_nobody_elses_among_them(
    client: Client, url: str, team: Team, goal: StaircaseGoal
) -> None:
    make_stand(team, goal, today() - 90 * DAY, "Det første.")
    make_stand(team, goal, today(), "Det andet.", next_text="Det næste.", step=goal.steps.get(position=2))
    make_stand(make_team("Syd", unit=team.unit), goal, today(), "Syds ord.")
    client.force_login(make_leader(team.unit))
    response = client.get(url)
    assert [word.where_text for word in response.context["page"]] == ["Det andet.", "Det første."]
    assert 'ligner mest "B"' in response.content.decode()


def test_the_leader_reads_and_the_member_is_asked_to_say_more(
    client: Client, url: str, team: Team, goal: StaircaseGoal
) -> None:
    say = reverse("teams:staircase_say", args=[team.pk, goal.pk])
    asked = {}
    for name, person in (("leader", make_leader(team.unit)), ("member", make_member(team))):
        client.force_login(person)
        asked[name] = say in client.get(url).content.decode()
    assert asked == {"leader": False, "member": True}


def test_the_goals_of_a_unit_that_has_set_none(client: Client, url: str, team: Team) -> None:
    client.force_login(make_member(team))
    assert "Enheden har intet mål, der gælder i dag." in client.get(url).content.decode()


def test_who_only_supports_is_refused_and_a_stranger_finds_nothing(client: Client, url: str, team: Team) -> None:
    found = {}
    for name, person in (("partner", make_learning_partner(team.unit)), ("stranger", make_person())):
        client.force_login(person)
        found[name] = client.get(url).status_code
    assert found == {"partner": 403, "stranger": 404}


def test_the_list_comes_by_the_page_and_costs_the_same(
    client: Client, url: str, team: Team, goal: StaircaseGoal
) -> None:
    client.force_login(make_member(team))
    make_stand(team, goal, today())

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    count()
    with_one = count()
    for number in range(settings.PAGE_SIZE):
        make_stand(team, goal, today() - number * DAY, step=goal.steps.get(position=1 + number % 2))
    assert count() == with_one
    assert len(client.get(url, {"page": 2}).context["page"].object_list) == 1
