"""The questions of a GRUS are written by leader and team together: five at most."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from teams.enums import GrusState, GrusTheme
from teams.models import Grus
from tests.builders import make_grus, make_leader, make_member, make_team


@pytest.fixture
def grus(db: None, tuesday: dt.date, client: Client) -> Grus:
    team = make_team("Rekruttering")
    client.force_login(make_member(team))
    return make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED, questions=("Hvad lykkes?", "Hvad nu?"))


@pytest.fixture
def url(grus: Grus) -> str:
    return reverse("teams:grus_questions", args=[grus.pk])


def opened(client: Client, url: str) -> dict[str, Any]:
    """The page as a browser has it when it is opened."""
    form = client.get(url).context["form"]
    return {field.html_name: field.value() or "" for field in form}


def texts(grus: Grus) -> dict[int, str]:
    return dict(grus.questions.values_list("position", "text"))


def test_they_are_rewritten_added_and_left_out(client: Client, url: str, grus: Grus) -> None:
    form = opened(client, url)
    response = client.post(url, {**form, "text_1": "Hvad lykkedes?", "text_2": "", "text_5": "Og så?"})
    assert response["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    assert texts(grus) == {1: "Hvad lykkedes?", 5: "Og så?"}


def test_a_theme_is_changed_alone(client: Client, url: str, grus: Grus) -> None:
    client.post(url, {**opened(client, url), "theme_1": GrusTheme.YEAR_PASSED})
    assert grus.questions.get(position=1).theme == GrusTheme.YEAR_PASSED


def test_the_leader_writes_them_as_well(client: Client, url: str, grus: Grus) -> None:
    client.force_login(make_leader(grus.team.unit))
    client.post(url, {**opened(client, url), "text_3": "Hvad venter?"})
    assert texts(grus)[3] == "Hvad venter?"


def test_two_who_write_at_once_lose_nothing(client: Client, url: str, grus: Grus) -> None:
    mine = opened(client, url)
    client.post(url, {**opened(client, url), "text_1": "En kollegas.", "text_2": "Også en kollegas."})
    response = client.post(url, {**mine, "text_1": "Mit.", "text_4": "Kun mit."})
    assert texts(grus) == {1: "En kollegas.", 2: "Også en kollegas.", 4: "Kun mit."}
    form = response.context["form"]
    assert form.colleagues == {1: "En kollegas."}
    assert [form["text_1"].value(), form["text_2"].value()] == ["Mit.", "Også en kollegas."]
    assert "En kollegas." in response.content.decode()
    put_together = {field.html_name: field.value() or "" for field in form}
    client.post(url, {**put_together, "text_1": "Begges."})
    assert texts(grus)[1] == "Begges."


def test_a_question_with_notes_is_not_left_out(client: Client, url: str, grus: Grus) -> None:
    form = opened(client, url)
    grus.questions.filter(position=1).update(notes="Det gik godt.")
    response = client.post(url, {**form, "text_1": "", "text_3": "Hvad venter?"})
    assert response.context["form"].non_field_errors() == ["Der er allerede noter til spørgsmål 1."]
    assert texts(grus) == {1: "Hvad lykkes?", 2: "Hvad nu?"}


def test_a_cpr_number_is_refused(client: Client, url: str, grus: Grus) -> None:
    response = client.post(url, {**opened(client, url), "text_3": "Hvad med 010190-1234?"})
    assert list(response.context["form"].errors) == ["text_3"]
    assert 3 not in texts(grus)


@pytest.mark.parametrize("position", [0, 1, 6])
def test_the_database_takes_five_and_each_place_once(grus: Grus, position: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        grus.questions.create(position=position, theme=GrusTheme.WORK, text="En mere?")


def test_when_it_is_over_the_questions_stay(client: Client, url: str, grus: Grus) -> None:
    form = opened(client, url)
    Grus.objects.filter(pk=grus.pk).update(state=GrusState.CANCELLED)
    response = client.post(url, {**form, "text_1": "For sent."})
    assert response["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    assert texts(grus)[1] == "Hvad lykkes?"
