"""A unit's staircase: its goals with their steps, and which teams have said where they stand."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import StaircaseGoal, Team, Unit
from teams.queries import steps_of_unit
from tests.builders import (
    make_goal,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_stand,
    make_team,
    make_team_leader,
    make_unit,
)

DAY = dt.timedelta(days=1)
STEPS = ("Vi fortæller", "Vi ser på det", "Vi prøver")


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def team(unit: Unit) -> Team:
    return make_team("Nord", unit=unit)


@pytest.fixture
def goal(unit: Unit) -> StaircaseGoal:
    return make_goal(unit, "Vi lærer af hinanden", steps=STEPS)


def page_of(client: Client, person: object, unit: Unit) -> object:
    client.force_login(person)  # type: ignore[arg-type]
    return client.get(reverse("teams:staircase_detail", args=[unit.pk]))


def test_the_steps_stand_from_below_and_up(client: Client, unit: Unit, goal: StaircaseGoal) -> None:
    goal.steps.get(position=2).activities.create(text="Et punkt på hvert møde", position=1)
    response = page_of(client, make_leader(unit), unit)
    (stair,) = response.context["staircases"]  # type: ignore[attr-defined]
    assert [step.title for step in stair.steps] == list(STEPS)
    assert "Et punkt på hvert møde" in response.content.decode()  # type: ignore[attr-defined]


def test_a_step_that_was_taken_out_is_not_in_the_picture(client: Client, unit: Unit, goal: StaircaseGoal) -> None:
    goal.steps.filter(position=3).update(ends_on=today())
    (stair,) = page_of(client, make_leader(unit), unit).context["staircases"]  # type: ignore[attr-defined]
    assert [step.title for step in stair.steps] == list(STEPS[:2])


def test_goals_stand_in_the_units_order_and_those_of_the_whole_after_them(client: Client, unit: Unit) -> None:
    part = make_unit("Indskolingen", parent=unit)
    make_goal(unit, "Skolens")
    make_goal(unit, "Skolens næste år", starts_on=today() + DAY)
    make_goal(part, "Indskolingens andet", position=2)
    make_goal(part, "Indskolingens første", position=1)
    make_goal(part, "Indskolingens næste år", starts_on=today() + DAY)
    response = page_of(client, make_leader(part), part)
    shown = [stair.goal.title for stair in response.context["staircases"]]  # type: ignore[attr-defined]
    assert shown == ["Indskolingens første", "Indskolingens andet", "Indskolingens næste år", "Skolens"]


def test_goals_that_have_ended_stand_behind_a_fold(client: Client, unit: Unit) -> None:
    make_goal(unit, "Sidste års", ends_on=today())
    response = page_of(client, make_leader(unit), unit)
    assert response.context["staircases"] == []  # type: ignore[attr-defined]
    assert [goal.title for goal in response.context["ended"]] == ["Sidste års"]  # type: ignore[attr-defined]


@pytest.fixture
def said(team: Team, goal: StaircaseGoal) -> str:
    """What the team said, in words that stand nowhere else."""
    make_stand(team, goal, today() - 60 * DAY, "Vi er slet ikke begyndt.")
    make_stand(team, goal, today() - DAY, "Vi har prøvet det to gange.", step=goal.steps.get(position=3))
    return "Vi har prøvet det to gange."


def test_a_team_is_named_with_the_day_of_its_latest_words_and_never_by_step(
    client: Client, unit: Unit, goal: StaircaseGoal, said: str
) -> None:
    make_stand(make_team("Alfa", unit=unit), goal, today() - 2 * DAY, step=goal.steps.get(position=1))
    (stair,) = page_of(client, make_leader(unit), unit).context["staircases"]  # type: ignore[attr-defined]
    assert [(word.team.name, word.said_on) for word in stair.said] == [
        ("Alfa", today() - 2 * DAY),
        ("Nord", today() - DAY),
    ]


def test_who_may_read_what_a_team_said_gets_the_way_to_it_and_nobody_sees_it_here(
    client: Client, unit: Unit, team: Team, said: str
) -> None:
    others = make_team("Syd", unit=unit)
    people = {
        "member": make_member(team),
        "resource person": make_resource_person(team),
        "leader": make_leader(unit),
        "team leader": make_team_leader(team),
        "member of another team": make_member(others),
        "learning partner": make_learning_partner(unit),
    }
    ways, words = set(), set()
    for role, person in people.items():
        text = page_of(client, person, unit).content.decode()  # type: ignore[attr-defined]
        if reverse("teams:staircase_words", args=[team.pk]) in text:
            ways.add(role)
        if said in text:
            words.add(role)
    assert ways == {"member", "resource person", "leader", "team leader"}
    assert words == set()


def test_members_and_resource_persons_are_asked_to_say_it_for_their_own_teams(
    client: Client, unit: Unit, team: Team, goal: StaircaseGoal
) -> None:
    make_team("Syd", unit=unit)
    part_team = make_team("Øst", unit=make_unit("Udskolingen", parent=unit))
    asked = {
        role: [one.name for one in stair.may_say]
        for role, person in {
            "member": make_member(team),
            "resource person of two": make_resource_person(team, part_team),
            "leader": make_leader(unit),
            "learning partner": make_learning_partner(unit),
        }.items()
        for stair in page_of(client, person, unit).context["staircases"]  # type: ignore[attr-defined]
    }
    assert asked == {
        "member": ["Nord"],
        "resource person of two": ["Nord", "Øst"],
        "leader": [],
        "learning partner": [],
    }


def test_only_the_leader_gets_the_ways_to_build(client: Client, unit: Unit, team: Team, goal: StaircaseGoal) -> None:
    add = reverse("teams:staircase_goal_add", args=[unit.pk])
    for person, builds in ((make_leader(unit), True), (make_member(team), False), (make_learning_partner(unit), False)):
        response = page_of(client, person, unit)
        assert (add in response.content.decode()) is builds  # type: ignore[attr-defined]


def test_without_goals_the_page_says_what_would_stand_there(client: Client, unit: Unit, team: Team) -> None:
    leader = page_of(client, make_leader(unit), unit).content.decode()  # type: ignore[attr-defined]
    member = page_of(client, make_member(team), unit).content.decode()  # type: ignore[attr-defined]
    assert "Begynd med ét mål og det første trin." in leader
    assert "når lederen har sat det første" in member


def test_a_stranger_finds_nothing(client: Client, unit: Unit, goal: StaircaseGoal) -> None:
    assert page_of(client, make_person(), unit).status_code == 404  # type: ignore[attr-defined]


def test_three_of_everything_cost_what_one_costs(client: Client, unit: Unit) -> None:
    client.force_login(make_leader(unit))

    def add(number: int) -> None:
        goal = make_goal(unit, f"Mål {number}", steps=STEPS)
        goal.steps.get(position=1).activities.create(text="En ting", position=1)
        make_stand(make_team(unit=unit), goal, today(), step=goal.steps.get(position=number))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("teams:staircase_detail", args=[unit.pk])).status_code == 200
        return len(queries)

    add(1)
    count()
    with_one = count()
    add(2)
    add(3)
    assert count() == with_one


def test_the_steps_of_a_unit_are_those_of_goals_that_hold_for_it_that_day(unit: Unit, goal: StaircaseGoal) -> None:
    part = make_unit("Indskolingen", parent=unit)
    make_goal(part, "Egen", steps=("Eget trin",))
    make_goal(unit, "Til næste år", steps=("Senere",), starts_on=today() + DAY)
    make_goal(make_unit("Østerskolen"), "Andres", steps=("Andres",))
    goal.steps.filter(position=3).update(ends_on=today())
    assert {step.title for step in steps_of_unit(part, today())} == {"Eget trin", *STEPS[:2]}
    assert [step.title for step in steps_of_unit(unit, today() - DAY)] == list(STEPS)
    assert [step.title for step in steps_of_unit(unit, today() + DAY)] == [*STEPS[:2], "Senere"]
