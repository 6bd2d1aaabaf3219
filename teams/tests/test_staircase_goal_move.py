"""A leader puts her unit's goals in order."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal, Unit
from tests.builders import make_goal, make_leader, make_unit


@pytest.fixture
def unit(db: None, client: Client) -> Unit:
    unit = make_unit("Birkeskolen")
    client.force_login(make_leader(unit))
    make_goal(unit, "Ældre", ends_on=today())
    for title in ("A", "B", "C"):
        make_goal(unit, title)
    return unit


def move(client: Client, unit: Unit, title: str, to: object) -> list[str]:
    goal = StaircaseGoal.objects.get(unit=unit, title=title)
    response = client.post(reverse("teams:staircase_goal_move", args=[goal.pk]), {"to": to})
    assert response["Location"] == reverse("teams:staircase_detail", args=[unit.pk])
    return [str(message) for message in get_messages(response.wsgi_request)]


def order(unit: Unit) -> list[str]:
    goals = unit.staircase_goals.filter(ends_on=None).order_by("position")
    return [goal.title for goal in goals]


def test_a_goal_is_moved_and_moved_twice_it_is_moved_once(client: Client, unit: Unit) -> None:
    for _ in range(2):
        assert move(client, unit, "C", 2)[-1] == "”C” er flyttet."
        assert order(unit) == ["A", "C", "B"]


@pytest.mark.parametrize("to", ["0", "4", "-1", "op", ""])
def test_a_place_that_is_not_there_is_refused(client: Client, unit: Unit, to: str) -> None:
    assert move(client, unit, "A", to) == ["Målet kan ikke flyttes længere."]
    assert order(unit) == ["A", "B", "C"]


def test_a_goal_that_has_ended_is_not_moved(client: Client, unit: Unit) -> None:
    assert move(client, unit, "Ældre", 1) == ["Målet kan ikke flyttes længere."]
