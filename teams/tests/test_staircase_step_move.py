"""A leader moves a step up and down the staircase."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal
from tests.builders import make_goal, make_leader, make_unit

FURTHER = ["Trinnet kan ikke flyttes længere."]


@pytest.fixture
def goal(db: None, client: Client) -> StaircaseGoal:
    unit = make_unit("Birkeskolen")
    client.force_login(make_leader(unit))
    return make_goal(unit, steps=("A", "B", "C"))


def move(client: Client, goal: StaircaseGoal, title: str, to: object) -> list[str]:
    response = client.post(reverse("teams:staircase_step_move", args=[goal.steps.get(title=title).pk]), {"to": to})
    assert response["Location"] == reverse("teams:staircase_goal_edit", args=[goal.pk])
    return [str(message) for message in get_messages(response.wsgi_request)]


def order(goal: StaircaseGoal) -> list[tuple[int, str]]:
    return list(goal.steps.filter(ends_on=None).order_by("position").values_list("position", "title"))


@pytest.mark.parametrize(
    ("title", "to", "after"),
    [("A", 2, "BAC"), ("A", 3, "BCA"), ("C", 2, "ACB"), ("C", 1, "CAB"), ("B", 2, "ABC")],
)
def test_the_step_has_the_place_and_the_others_close_up(
    client: Client, goal: StaircaseGoal, title: str, to: int, after: str
) -> None:
    assert move(client, goal, title, to) == [f"”{title}” er flyttet."]
    assert order(goal) == list(enumerate(after, start=1))


def test_a_double_click_moves_it_once(client: Client, goal: StaircaseGoal) -> None:
    move(client, goal, "A", 2)
    move(client, goal, "A", 2)
    assert order(goal) == list(enumerate("BAC", start=1))


@pytest.mark.parametrize(
    ("title", "to"), [("A", "0"), ("C", "4"), ("A", "-1"), ("B", "op"), ("B", ""), ("B", "9" * 30)]
)
def test_beyond_the_ends_is_refused(client: Client, goal: StaircaseGoal, title: str, to: str) -> None:
    assert move(client, goal, title, to) == FURTHER
    assert order(goal) == list(enumerate("ABC", start=1))


def test_a_step_that_was_taken_out_is_not_moved(client: Client, goal: StaircaseGoal) -> None:
    goal.steps.filter(title="C").update(ends_on=today())
    assert move(client, goal, "C", 1) == ["Trinnet er taget ud i mellemtiden."]
    assert order(goal) == list(enumerate("AB", start=1))
