"""A leader takes a step out: it has ended, and what teams said about it stays."""

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal, StaircaseStep, Unit
from tests.builders import make_goal, make_leader, make_member, make_stand, make_team, make_unit


@pytest.fixture
def unit(db: None, client: Client) -> Unit:
    unit = make_unit("Birkeskolen")
    client.force_login(make_leader(unit))
    return unit


@pytest.fixture
def goal(unit: Unit) -> StaircaseGoal:
    return make_goal(unit, steps=("A", "B", "C"))


@pytest.fixture
def url(goal: StaircaseGoal) -> str:
    return reverse("teams:staircase_step_remove", args=[goal.steps.get(title="B").pk])


def test_it_is_asked_once_before_it_is_done(client: Client, url: str, goal: StaircaseGoal) -> None:
    assert "bliver hos dem" in client.get(url).content.decode()
    assert goal.steps.filter(ends_on=None).count() == 3


def test_the_step_ends_today_and_those_above_come_down(client: Client, url: str, goal: StaircaseGoal) -> None:
    response = client.post(url)
    assert response["Location"] == reverse("teams:staircase_goal_edit", args=[goal.pk])
    assert goal.steps.get(title="B").ends_on == today()
    left = goal.steps.filter(ends_on=None).order_by("position").values_list("position", "title")
    assert list(left) == [(1, "A"), (2, "C")]


def test_a_double_click_takes_out_one(client: Client, url: str, goal: StaircaseGoal) -> None:
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    assert goal.steps.filter(ends_on=None).count() == 2


def test_a_step_of_today_can_be_taken_out_as_well(client: Client, unit: Unit) -> None:
    goal = make_goal(unit, "Nyt")
    client.post(reverse("teams:staircase_step_add", args=[goal.pk]), {"title": "En fejl"})
    client.post(reverse("teams:staircase_step_remove", args=[goal.steps.get().pk]))
    assert (StaircaseStep.objects.get(goal=goal).ends_on, goal.steps.in_force(today()).count()) == (today(), 0)


def test_what_a_team_said_about_it_stays_with_the_team(
    client: Client, url: str, unit: Unit, goal: StaircaseGoal
) -> None:
    team = make_team(unit=unit)
    make_stand(team, goal, today(), "Vi er midt i det.", step=goal.steps.get(title="B"))
    client.post(url)
    client.force_login(make_member(team))
    page = client.get(reverse("teams:staircase_words", args=[team.pk])).content.decode()
    assert "Vi er midt i det." in page
    assert "(siden taget ud)" in page
