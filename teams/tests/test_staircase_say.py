"""A team says in words where it stands on a goal, and what is next."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.dates import today
from teams.models import StaircaseGoal, StaircaseWord, Team, Unit
from tests.builders import (
    make_goal,
    make_leader,
    make_member,
    make_person,
    make_resource_person,
    make_stand,
    make_team,
    make_unit,
)

DAY = dt.timedelta(days=1)
WITH_DIGITS = "Ring på 010190-1234."
GONE = ["Trinnet er taget ud, eller det hører til et andet mål. Vælg igen; jeres tekst er bevaret."]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def team(unit: Unit) -> Team:
    return make_team("Nord", unit=unit)


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def goal(unit: Unit) -> StaircaseGoal:
    return make_goal(unit, "Vi lærer", steps=("A", "B"))


@pytest.fixture
def url(team: Team, goal: StaircaseGoal, member: User) -> str:
    return reverse("teams:staircase_say", args=[team.pk, goal.pk])


def form(**values: Any) -> dict[str, Any]:
    return {"where_text": "Vi er begyndt.", "next_text": "At bede om at blive set.", "step": "", **values}


def test_the_words_are_kept_with_the_day_and_the_step(
    client: Client, url: str, team: Team, goal: StaircaseGoal
) -> None:
    step = goal.steps.get(position=2)
    response = client.post(url, form(step=step.pk))
    assert response["Location"] == reverse("teams:staircase_words", args=[team.pk])
    word = StaircaseWord.objects.get()
    assert (word.team, word.goal, word.step, word.said_on) == (team, goal, step, today())
    assert (word.where_text, word.next_text) == ("Vi er begyndt.", "At bede om at blive set.")


def test_a_step_and_what_is_next_may_be_left_out(client: Client, url: str) -> None:
    client.post(url, form(next_text=""))
    word = StaircaseWord.objects.get()
    assert (word.step, word.next_text) == (None, "")


def test_each_saying_is_a_row_of_its_own(client: Client, url: str, team: Team) -> None:
    client.post(url, form(where_text="Det ene."))
    client.force_login(make_resource_person(team))
    client.post(url, form(where_text="Det andet."))
    assert set(StaircaseWord.objects.values_list("where_text", flat=True)) == {"Det ene.", "Det andet."}


def test_a_double_click_says_it_once(client: Client, url: str) -> None:
    sent = form(token=str(uuid.uuid4()))
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert StaircaseWord.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"where_text": " "}, "where_text"),
        ({"where_text": "x" * 1001}, "where_text"),
        ({"next_text": "x" * 1001}, "next_text"),
        ({"where_text": WITH_DIGITS}, "where_text"),
        ({"next_text": WITH_DIGITS}, "next_text"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_the_text_kept(
    client: Client, url: str, values: dict[str, str], wrong: str
) -> None:
    sent = form(**values)
    shown = client.post(url, sent).context["form"]
    assert list(shown.errors) == [wrong]
    assert {name: shown[name].value() for name in sent} == sent
    assert StaircaseWord.objects.count() == 0


def test_confirmed_digits_are_saved_and_logged(client: Client, url: str, member: User) -> None:
    client.post(url, form(where_text=WITH_DIGITS, not_cpr="on"))
    assert StaircaseWord.objects.get().where_text == WITH_DIGITS
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.StaircaseWord")


def test_a_step_of_another_goal_is_no_choice_and_the_text_is_kept(client: Client, url: str, unit: Unit) -> None:
    other = make_goal(unit, "Et andet", steps=("Andet trin",)).steps.get()
    response = client.post(url, form(step=other.pk))
    shown = response.context["form"]
    assert (list(shown.errors), shown.errors["step"]) == (["step"], GONE)
    assert shown["where_text"].value() == "Vi er begyndt."
    assert "Andet trin" not in response.content.decode()


def test_a_step_that_was_taken_out_meanwhile_is_no_choice_and_the_text_is_kept(
    client: Client, url: str, goal: StaircaseGoal
) -> None:
    step = goal.steps.get(position=1)
    goal.steps.filter(pk=step.pk).update(ends_on=today())
    shown = client.post(url, form(step=step.pk)).context["form"]
    assert shown.errors["step"] == GONE
    assert shown["where_text"].value() == "Vi er begyndt."


@pytest.mark.parametrize(("field", "later"), [("ends_on", 0 * DAY), ("starts_on", DAY)])
def test_a_goal_that_does_not_hold_today_takes_no_words(
    client: Client, url: str, goal: StaircaseGoal, field: str, later: dt.timedelta
) -> None:
    StaircaseGoal.objects.filter(pk=goal.pk).update(**{field: today() + later})
    shown = client.post(url, form()).context["form"]
    assert shown.non_field_errors() == ["Målet gælder ikke i dag. Det, I har sagt før, bliver stående."]
    assert shown["where_text"].value() == "Vi er begyndt."
    assert StaircaseWord.objects.count() == 0


def test_a_team_of_a_part_says_it_about_the_goal_of_the_whole(client: Client, unit: Unit, goal: StaircaseGoal) -> None:
    team = make_team(unit=make_unit("Indskolingen", parent=unit))
    client.force_login(make_member(team))
    assert client.post(reverse("teams:staircase_say", args=[team.pk, goal.pk]), form()).status_code == 302
    assert StaircaseWord.objects.get().team == team


def test_the_goal_of_another_unit_is_not_found(client: Client, team: Team, member: User) -> None:
    elsewhere = make_goal(make_unit("Østerskolen"))
    part = make_goal(make_unit("Indskolingen", parent=team.unit))
    for goal in (elsewhere, part):
        url = reverse("teams:staircase_say", args=[team.pk, goal.pk])
        assert (client.get(url).status_code, client.post(url, form()).status_code) == (404, 404)
    assert StaircaseWord.objects.count() == 0


def test_leaders_write_no_words_and_strangers_find_nothing(client: Client, url: str, unit: Unit) -> None:
    found = {}
    for name, person in (("leader", make_leader(unit)), ("stranger", make_person())):
        client.force_login(person)
        found[name] = client.post(url, form()).status_code
    assert found == {"leader": 403, "stranger": 404}
    assert StaircaseWord.objects.count() == 0


def test_the_page_shows_the_latest_words_and_says_who_can_read_the_new_ones(
    client: Client, url: str, team: Team, goal: StaircaseGoal
) -> None:
    make_stand(team, goal, today() - DAY, "Sidst sagde vi det her.")
    page = client.get(url).content.decode()
    assert "Sidst sagde vi det her." in page
    assert 0 < page.index("dets ledere kan læse det") < page.index('name="where_text"')


def test_the_database_keeps_words_as_they_were_said(team: Team, goal: StaircaseGoal, unit: Unit) -> None:
    word = make_stand(team, goal, today())
    with pytest.raises(DatabaseError), transaction.atomic():
        StaircaseWord.objects.filter(pk=word.pk).update(where_text="Noget andet")
    with pytest.raises(DatabaseError), transaction.atomic():
        make_stand(team, make_goal(unit, "Et andet"), today(), step=goal.steps.get(position=1))
