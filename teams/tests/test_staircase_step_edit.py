"""A leader changes a step's words and activities."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseStep
from tests.builders import make_goal, make_leader, make_unit


@pytest.fixture
def step(db: None, client: Client) -> StaircaseStep:
    unit = make_unit("Birkeskolen")
    client.force_login(make_leader(unit))
    step = make_goal(unit, "Vi lærer", steps=("Vi fortæller", "Vi ser på det")).steps.get(position=1)
    for position, text in enumerate(("Bliver", "Går"), start=1):
        step.activities.create(text=text, position=position)
    return step


@pytest.fixture
def url(step: StaircaseStep) -> str:
    return reverse("teams:staircase_step_edit", args=[step.pk])


def form(**values: Any) -> dict[str, Any]:
    return {"title": "Vi fortæller mere", "looks_like": "", "activities": "Ny\nBliver", "version": 0, **values}


def test_the_page_shows_what_stands(client: Client, url: str) -> None:
    shown = client.get(url).context["form"]
    assert (shown["title"].value(), shown["activities"].value()) == ("Vi fortæller", "Bliver\nGår")


def test_an_activity_that_stays_keeps_its_row(client: Client, url: str, step: StaircaseStep) -> None:
    stays = step.activities.get(text="Bliver").pk
    response = client.post(url, form())
    assert response["Location"] == reverse("teams:staircase_goal_edit", args=[step.goal_id])
    step.refresh_from_db()
    assert step.title == "Vi fortæller mere"
    assert [activity.text for activity in step.activities.all()] == ["Ny", "Bliver"]
    assert step.activities.get(text="Bliver").pk == stays


def test_a_page_that_any_change_of_the_staircase_overtook_is_told_so(
    client: Client, url: str, step: StaircaseStep
) -> None:
    client.post(reverse("teams:staircase_step_move", args=[step.pk]), {"to": 2})
    shown = client.post(url, form()).context["form"]
    assert "En anden har ændret" in shown.non_field_errors()[0]
    assert (shown["title"].value(), shown["activities"].value()) == ("Vi fortæller mere", "Ny\nBliver")
    step.refresh_from_db()
    assert step.title == "Vi fortæller"


def test_a_step_that_was_taken_out_meanwhile_is_not_changed(client: Client, url: str, step: StaircaseStep) -> None:
    StaircaseStep.objects.filter(pk=step.pk).update(ends_on=today())
    shown = client.post(url, form()).context["form"]
    assert shown.non_field_errors() == ["Trinnet er taget ud i mellemtiden."]
    assert shown["title"].value() == "Vi fortæller mere"
    step.refresh_from_db()
    assert (step.title, step.goal.version) == ("Vi fortæller", 0)
