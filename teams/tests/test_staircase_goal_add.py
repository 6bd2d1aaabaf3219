"""A leader sets a goal for her unit."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.dates import today
from teams.models import StaircaseGoal, Unit
from tests.builders import make_goal, make_leader, make_unit

WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(unit: Unit, leader: User) -> str:
    return reverse("teams:staircase_goal_add", args=[unit.pk])


def form(**values: Any) -> dict[str, Any]:
    return {"title": "Vi lærer af hinanden", "vision": "Fællesskab", "starts_on": today(), "ends_on": "", **values}


def test_the_goal_stands_after_the_others_and_its_first_step_is_next(client: Client, url: str, unit: Unit) -> None:
    make_goal(unit, "Det første")
    response = client.post(url, form(ends_on=today() + dt.timedelta(days=200)))
    goal = StaircaseGoal.objects.get(title="Vi lærer af hinanden")
    assert response["Location"] == reverse("teams:staircase_step_add", args=[goal.pk])
    assert (goal.unit, goal.vision, goal.position) == (unit, "Fællesskab", 2)
    assert (goal.starts_on, goal.ends_on) == (today(), today() + dt.timedelta(days=200))


def test_a_double_click_sets_one_goal(client: Client, url: str, unit: Unit) -> None:
    sent = form(token=str(uuid.uuid4()))
    first, second = (client.post(url, sent) for _ in range(2))
    assert (first.status_code, second["Location"]) == (302, reverse("teams:staircase_detail", args=[unit.pk]))
    assert StaircaseGoal.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"vision": "x" * 401}, "vision"),
        ({"vision": WITH_DIGITS}, "vision"),
        ({"title": WITH_DIGITS}, "title"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "i morgen"}, "starts_on"),
        ({"ends_on": today() - dt.timedelta(days=1)}, "ends_on"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_the_text_kept(
    client: Client, url: str, values: dict[str, Any], wrong: str
) -> None:
    sent = form(**values)
    response = client.post(url, sent)
    shown = response.context["form"]
    assert list(shown.errors) == [wrong]
    assert {name: str(shown[name].value()) for name in sent} == {name: str(value) for name, value in sent.items()}
    assert StaircaseGoal.objects.count() == 0


def test_an_end_before_the_beginning_is_told_in_danish(client: Client, url: str) -> None:
    response = client.post(url, form(ends_on=today() - dt.timedelta(days=1)))
    assert response.context["form"].errors["ends_on"] == ["Slutdatoen ligger før startdatoen."]


def test_digits_that_are_no_cpr_number_are_confirmed_and_the_confirmation_logged(
    client: Client, url: str, leader: User
) -> None:
    client.post(url, form(title=WITH_DIGITS, not_cpr="on"))
    assert StaircaseGoal.objects.get().title == WITH_DIGITS
    assert TextOverride.objects.values_list("person", "place").get() == (leader.pk, "teams.StaircaseGoal")


def test_who_can_read_it_is_said_before_one_writes(client: Client, url: str) -> None:
    page = client.get(url).content.decode()
    assert 0 < page.index("kan læse trappen") < page.index('name="title"')
