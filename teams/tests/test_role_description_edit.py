"""A leader describes the resource person's role in her unit."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import RoleDescription, Unit
from tests.builders import make_leader, make_unit


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


def url_of(unit: Unit) -> str:
    return reverse("teams:role_description_edit", args=[unit.pk])


def write(client: Client, unit: Unit, text: str, version: int = 0, **values: Any) -> Any:
    return client.post(url_of(unit), {"text": text, "version": version, **values})


def test_the_words_are_kept_with_who_wrote_them(client: Client, unit: Unit, leader: User) -> None:
    response = write(client, unit, "Hun leder samtalen.")
    assert response["Location"] == reverse("teams:role_description", args=[unit.pk])
    row = RoleDescription.objects.get()
    assert (row.unit, row.text, row.written_by, row.version) == (unit, "Hun leder samtalen.", leader, 1)


def test_they_are_written_anew(client: Client, unit: Unit, leader: User) -> None:
    write(client, unit, "Hun leder samtalen.")
    assert client.get(url_of(unit)).context["form"]["version"].value() == 1
    write(client, unit, "Hun leder samtalen og spørger.", 1)
    assert RoleDescription.objects.get().text == "Hun leder samtalen og spørger."


def test_a_part_begins_with_the_words_from_above_and_leaves_them(client: Client, unit: Unit, leader: User) -> None:
    write(client, unit, "Hun leder samtalen.")
    part = make_unit(parent=unit)
    assert client.get(url_of(part)).context["form"]["text"].value() == "Hun leder samtalen."
    write(client, part, "Hos os er det anderledes.")
    assert dict(RoleDescription.objects.values_list("unit", "text")) == {
        unit.pk: "Hun leder samtalen.",
        part.pk: "Hos os er det anderledes.",
    }


def test_two_at_once_lose_nothing(client: Client, unit: Unit, leader: User) -> None:
    write(client, unit, "Hun leder samtalen.")
    response = write(client, unit, "Hun spørger.")
    html = response.content.decode()
    assert len(response.context["form"].non_field_errors()) == 1
    assert "Hun leder samtalen." in html
    assert "Hun spørger." in html
    assert RoleDescription.objects.get().text == "Hun leder samtalen."


@pytest.mark.parametrize("text", ["", "x" * 6001, "Ring 010190-1234"])
def test_bad_input_is_kept(client: Client, unit: Unit, leader: User, text: str) -> None:
    response = write(client, unit, text)
    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["text"].value() == text
    assert RoleDescription.objects.count() == 0
