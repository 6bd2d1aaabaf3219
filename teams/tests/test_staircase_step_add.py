"""A leader puts a step on top of a goal's staircase."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.audit.models import TextOverride
from teams.models import StaircaseGoal
from tests.builders import make_goal, make_leader, make_unit

WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def goal(db: None, client: Client) -> StaircaseGoal:
    unit = make_unit("Birkeskolen")
    client.force_login(make_leader(unit))
    return make_goal(unit, "Vi lærer", steps=("Vi fortæller",))


@pytest.fixture
def url(goal: StaircaseGoal) -> str:
    return reverse("teams:staircase_step_add", args=[goal.pk])


def form(**values: Any) -> dict[str, Any]:
    return {"title": "Vi ser på det", "looks_like": "Vi tager data med.", "activities": "", **values}


def test_the_step_lies_on_top_with_an_activity_a_line(client: Client, url: str, goal: StaircaseGoal) -> None:
    response = client.post(url, form(activities="Et punkt på mødet\n\n  Besøg af en kollega \nEt punkt på mødet"))
    assert response["Location"] == reverse("teams:staircase_goal_edit", args=[goal.pk])
    step = goal.steps.get(position=2)
    assert (step.title, step.looks_like) == ("Vi ser på det", "Vi tager data med.")
    assert [activity.text for activity in step.activities.all()] == ["Et punkt på mødet", "Besøg af en kollega"]


def test_a_double_click_adds_one_step(client: Client, url: str, goal: StaircaseGoal) -> None:
    sent = form(token=str(uuid.uuid4()))
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert goal.steps.count() == 2


def test_there_are_never_more_than_twelve(client: Client, url: str, goal: StaircaseGoal) -> None:
    for number in range(2, 13):
        client.post(url, form(title=f"Trin {number}"))
    response = client.post(url, form(title="Trin 13"))
    told = response.context["form"].non_field_errors()
    assert told == ["En trappe har højst tolv trin. Tag et ud, eller læg to sammen."]
    assert response.context["form"]["title"].value() == "Trin 13"
    assert goal.steps.count() == 12


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"looks_like": "x" * 601}, "looks_like"),
        ({"looks_like": WITH_DIGITS}, "looks_like"),
        ({"activities": WITH_DIGITS}, "activities"),
        ({"activities": "kort\n" + "x" * 161}, "activities"),
        ({"activities": "\n".join(map(str, range(11)))}, "activities"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_the_text_kept(
    client: Client, url: str, goal: StaircaseGoal, values: dict[str, str], wrong: str
) -> None:
    sent = form(**values)
    shown = client.post(url, sent).context["form"]
    assert list(shown.errors) == [wrong]
    assert {name: shown[name].value() for name in sent} == sent
    assert goal.steps.count() == 1


def test_a_line_that_is_too_long_is_named(client: Client, url: str) -> None:
    told = client.post(url, form(activities="kort\n" + "x" * 161)).context["form"].errors["activities"]
    assert told == ['"' + "x" * 39 + '…" er for lang: højst 160 tegn på en linje.']


def test_confirmed_digits_are_saved_everywhere_in_the_step(client: Client, url: str, goal: StaircaseGoal) -> None:
    client.post(url, form(activities=WITH_DIGITS, not_cpr="on"))
    assert goal.steps.get(position=2).activities.get().text == WITH_DIGITS
    assert TextOverride.objects.get().place == "teams.StaircaseStep"
