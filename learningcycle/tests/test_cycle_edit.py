"""Writing title, focus, goal, evaluation and learning: nothing that anybody typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from tests.builders import make_goal, make_unit
from tests.cycle_addresses import cycle_form

WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def url(cycle: Cycle, member: User) -> str:
    return reverse("learningcycle:cycle_edit", args=[cycle.pk])


def test_everything_is_written_at_once(client: Client, url: str, cycle: Cycle) -> None:
    changed = {
        "title": "Fælles sprog",
        "focus": "Hvem svarer?",
        "goal": "Flere svarer.",
        "evaluation": "Det gik.\r\n\r\nNogle gange.",
        "learning": "Ro smitter.",
    }
    response = client.post(url, cycle_form(cycle, **changed))
    assert response["Location"] == reverse("learningcycle:cycle_detail", args=[cycle.pk])
    assert Cycle.objects.values(*changed).get() == {**changed, "evaluation": "Det gik.\n\nNogle gange."}


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("fokus", ["title", "focus"]),
        ("maal", ["goal", "goal_step"]),
        ("evaluering", ["evaluation", "learning"]),
        ("findes-ikke", ["title", "focus", "goal", "goal_step", "evaluation", "learning"]),
    ],
)
def test_a_part_asks_for_no_more(client: Client, url: str, part: str, fields: list[str]) -> None:
    assert [row["field"].name for row in client.get(f"{url}?del={part}").context["form"].rows()] == fields


def test_a_part_leaves_the_others_alone(client: Client, url: str, cycle: Cycle) -> None:
    client.post(f"{url}?del=maal", cycle_form(cycle, goal="Flere svarer.", focus="Ikke spurgt om."))
    assert Cycle.objects.values_list("goal", "focus").get() == ("Flere svarer.", "")


def test_the_goal_is_tied_to_a_step_and_let_go(client: Client, url: str, cycle: Cycle) -> None:
    step = make_goal(cycle.team.unit, steps=("Vi fortæller", "Vi prøver")).steps.get(position=2)
    client.post(url, cycle_form(cycle, goal_step=str(step.pk)))
    cycle.refresh_from_db()
    assert cycle.goal_step == step
    client.post(url, cycle_form(cycle, goal_step=""))
    cycle.refresh_from_db()
    assert cycle.goal_step is None


def test_only_steps_that_hold_for_the_unit_are_a_choice(
    client: Client, url: str, cycle: Cycle, tuesday: dt.date
) -> None:
    own = make_goal(cycle.team.unit, steps=("Vi fortæller", "Vi prøver"))
    taken_out = own.steps.get(position=2)
    type(taken_out).objects.filter(pk=taken_out.pk).update(ends_on=tuesday)
    make_goal(make_unit("Østerskolen"))
    choices = list(client.get(url).context["form"].fields["goal_step"].queryset)
    assert choices == [own.steps.get(position=1)]


def test_a_step_that_was_taken_out_since_stays_chosen(client: Client, url: str, cycle: Cycle, tuesday: dt.date) -> None:
    step = make_goal(cycle.team.unit, steps=("Vi fortæller",)).steps.get()
    Cycle.objects.filter(pk=cycle.pk).update(goal_step=step)
    type(step).objects.filter(pk=step.pk).update(ends_on=tuesday)
    cycle.refresh_from_db()
    assert client.post(url, cycle_form(cycle, goal="Nyt mål.")).status_code == 302
    assert Cycle.objects.values_list("goal", "goal_step").get() == ("Nyt mål.", step.pk)


def test_two_who_write_in_different_fields_both_keep_theirs(client: Client, url: str, cycle: Cycle) -> None:
    client.post(url, cycle_form(cycle, focus="Hendes ord."))
    assert client.post(url, cycle_form(cycle, evaluation="Hans ord.")).status_code == 302
    assert Cycle.objects.values_list("focus", "evaluation").get() == ("Hendes ord.", "Hans ord.")


def test_two_who_write_in_the_same_field_are_both_shown(client: Client, url: str, cycle: Cycle) -> None:
    client.post(url, cycle_form(cycle, focus="Hendes ord."))
    response = client.post(url, cycle_form(cycle, focus="Hans ord.", learning="Også hans."))
    row = next(row for row in response.context["form"].rows() if row["field"].name == "focus")
    assert (row["colleague"], row["field"].value()) == ("Hendes ord.", "Hans ord.")
    assert "Hendes ord." in response.content.decode()
    assert Cycle.objects.values_list("focus", "learning").get() == ("Hendes ord.", "Også hans.")


def test_what_is_put_together_stands(client: Client, url: str, cycle: Cycle) -> None:
    client.post(url, cycle_form(cycle, focus="Hendes ord."))
    shown = client.post(url, cycle_form(cycle, focus="Hans ord.")).context["form"]
    again = {field.html_name: field.value() or "" for field in shown}
    response = client.post(url, {**again, "focus": "Hendes og hans ord."})
    assert (response.status_code, Cycle.objects.get().focus) == (302, "Hendes og hans ord.")


def test_another_step_chosen_meanwhile_is_shown_by_its_name(client: Client, url: str, cycle: Cycle) -> None:
    goal = make_goal(cycle.team.unit, "Vi lærer", steps=("Vi fortæller", "Vi prøver"))
    first, second = goal.steps.all()
    client.post(url, cycle_form(cycle, goal_step=str(first.pk)))
    response = client.post(url, cycle_form(cycle, goal_step=str(second.pk)))
    row = next(row for row in response.context["form"].rows() if row["field"].name == "goal_step")
    assert row["colleague"] == "Vi lærer: 1. Vi fortæller"
    assert Cycle.objects.values_list("goal_step", flat=True).get() == first.pk


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": ""}, "title"),
        ({"goal": "x" * 501}, "goal"),
        ({"evaluation": "x" * 200_000}, "evaluation"),
        ({"learning": WITH_DIGITS}, "learning"),
        ({"goal_step": "987654321"}, "goal_step"),
    ],
)
def test_what_is_refused_stays_on_the_page(
    client: Client, url: str, cycle: Cycle, wrong: dict[str, Any], where: str
) -> None:
    shown = client.post(url, cycle_form(cycle, **{"focus": "Hvem svarer?", **wrong})).context["form"]
    assert list(shown.errors) == [where]
    assert (shown[where].value(), shown["focus"].value()) == (wrong[where], "Hvem svarer?")
    assert Cycle.objects.get().focus == ""


def test_confirmed_digits_are_not_asked_about_again_elsewhere(
    client: Client, url: str, cycle: Cycle, member: User
) -> None:
    client.post(f"{url}?del=fokus", {**cycle_form(cycle, focus=WITH_DIGITS), "not_cpr": "on"})
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "learningcycle.Cycle.focus")
    cycle.refresh_from_db()
    assert client.post(f"{url}?del=maal", cycle_form(cycle, goal="Flere svarer.")).status_code == 302
    assert Cycle.objects.values_list("focus", "goal").get() == (WITH_DIGITS, "Flere svarer.")


def test_a_closed_one_refuses_and_keeps_what_was_typed(
    client: Client, url: str, cycle: Cycle, tuesday: dt.date
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(state="closed", closed_on=tuesday)
    shown = client.post(url, cycle_form(cycle, focus="Hvem svarer?")).context["form"]
    assert shown.non_field_errors() == ["Læringscirklen er afsluttet. Åbn den igen, hvis I vil skrive i den."]
    assert (shown["focus"].value(), Cycle.objects.get().focus) == ("Hvem svarer?", "")
