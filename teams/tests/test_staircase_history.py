"""The history of a unit's staircase: who changed which goal or step, and nothing of what teams say."""

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal, StaircaseStep, Unit
from tests.builders import make_goal, make_leader, make_member, make_person, make_stand, make_team, make_unit


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def url(unit: Unit) -> str:
    return reverse("teams:staircase_history", args=[unit.pk])


def test_every_change_names_the_goal_or_step_and_who_made_it(client: Client, unit: Unit, url: str) -> None:
    client.force_login(make_leader(unit, "Lone Leder"))
    form = {"title": "Vi lærer", "vision": "En hemmelig vision", "starts_on": today()}
    client.post(reverse("teams:staircase_goal_add", args=[unit.pk]), form)
    goal = StaircaseGoal.objects.get()
    add = reverse("teams:staircase_step_add", args=[goal.pk])
    for title in ("A", "B"):
        client.post(add, {"title": title})
    client.post(reverse("teams:staircase_step_move", args=[StaircaseStep.objects.get(title="B").pk]), {"to": 1})
    response = client.get(url)
    told = [(change.by, change.about, change.what) for change in response.context["page"]]
    # One transaction, and so one moment, for all that a test does.
    assert sorted(told) == [
        ("Lone Leder", "Mål på trappen: Vi lærer", "oprettet"),
        ("Lone Leder", "Trin: A", "oprettet"),
        ("Lone Leder", "Trin: A", "ændret"),
        ("Lone Leder", "Trin: B", "oprettet"),
        ("Lone Leder", "Trin: B", "ændret"),
    ]
    assert "hemmelig" not in response.content.decode()


def test_a_change_by_hand_is_told_as_well(client: Client, unit: Unit, url: str) -> None:
    goal = make_goal(unit, "Vi lærer")
    StaircaseGoal.objects.filter(pk=goal.pk).update(title="Noget andet")
    client.force_login(make_leader(unit))
    (changed,) = (change for change in client.get(url).context["page"] if change.what == "ændret")
    assert [(column.before, column.after) for column in changed.columns] == [("Vi lærer", "Noget andet")]


def test_what_teams_say_is_not_told_here(client: Client, unit: Unit, url: str) -> None:
    goal = make_goal(unit, steps=("A",))
    team = make_team("Nord", unit=unit)
    client.force_login(make_member(team))
    before = len(client.get(url).context["page"])
    make_stand(team, goal, today(), step=goal.steps.get())
    response = client.get(url)
    assert (len(response.context["page"]), "Nord" in response.content.decode()) == (before, False)


def test_other_units_have_their_own_and_strangers_find_nothing(client: Client, unit: Unit, url: str) -> None:
    make_goal(make_unit("Østerskolen"), "Andres mål")
    client.force_login(make_leader(unit))
    response = client.get(url)
    assert list(response.context["page"]) == []
    assert "Her står alle ændringer af trappen" in response.content.decode()
    client.force_login(make_person())
    assert client.get(url).status_code == 404
