"""A leader changes a goal's words and days, and sees its steps with the ways to change them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal
from tests.builders import make_goal, make_leader, make_unit

STEPS = ("Vi fortæller", "Vi ser på det")


@pytest.fixture
def goal(db: None, client: Client) -> StaircaseGoal:
    unit = make_unit("Birkeskolen")
    client.force_login(make_leader(unit))
    return make_goal(unit, "Vi lærer", steps=STEPS)


@pytest.fixture
def url(goal: StaircaseGoal) -> str:
    return reverse("teams:staircase_goal_edit", args=[goal.pk])


def form(goal: StaircaseGoal, **values: Any) -> dict[str, Any]:
    starts_on = goal.starts_on.isoformat()
    return {"title": "Vi lærer mere", "vision": "", "starts_on": starts_on, "ends_on": "", "version": 0, **values}


def test_the_goal_is_changed_and_one_lands_on_the_staircase(client: Client, url: str, goal: StaircaseGoal) -> None:
    response = client.post(url, form(goal, vision="Fællesskab", ends_on=today()))
    assert response["Location"] == reverse("teams:staircase_detail", args=[goal.unit_id])
    goal.refresh_from_db()
    assert (goal.title, goal.vision, goal.ends_on, goal.version) == ("Vi lærer mere", "Fællesskab", today(), 1)


def test_the_steps_are_listed_from_below(client: Client, url: str) -> None:
    assert [step.title for step in client.get(url).context["steps"]] == list(STEPS)


def test_a_page_that_someone_else_overtook_is_told_so_and_the_text_kept(
    client: Client, url: str, goal: StaircaseGoal
) -> None:
    client.post(url, form(goal, title="Lederen ved siden af"))
    stale = client.post(url, form(goal, title="Min egen"))
    shown = stale.context["form"]
    assert "En anden har ændret" in shown.non_field_errors()[0]
    assert (shown["title"].value(), shown["version"].value()) == ("Min egen", 1)
    goal.refresh_from_db()
    assert goal.title == "Lederen ved siden af"
    client.post(url, form(goal, title="Min egen", version=1))
    goal.refresh_from_db()
    assert goal.title == "Min egen"


def test_an_end_before_the_beginning_is_refused(client: Client, url: str, goal: StaircaseGoal) -> None:
    response = client.post(url, form(goal, ends_on=goal.starts_on - dt.timedelta(days=1)))
    assert list(response.context["form"].errors) == ["ends_on"]
    goal.refresh_from_db()
    assert (goal.title, goal.ends_on) == ("Vi lærer", None)


def test_a_full_staircase_offers_no_thirteenth_step(client: Client, goal: StaircaseGoal) -> None:
    add = reverse("teams:staircase_step_add", args=[goal.pk])
    assert add in client.get(reverse("teams:staircase_goal_edit", args=[goal.pk])).content.decode()
    full = make_goal(goal.unit, "Fuld", steps=[f"Trin {number}" for number in range(1, 13)])
    page = client.get(reverse("teams:staircase_goal_edit", args=[full.pk])).content.decode()
    assert reverse("teams:staircase_step_add", args=[full.pk]) not in page
    assert "tolv trin" in page
