"""What a unit understands by being a resource person."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from slf_portal.accounts.models import User
from slf_portal.common.dates import COPENHAGEN
from teams.models import RoleDescription, Unit
from tests.builders import make_leader, make_member, make_team, make_unit


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def description(unit: Unit) -> RoleDescription:
    return RoleDescription.objects.create(unit=unit, text="Hun leder samtalen.", written_by=make_leader(unit))


def page(client: Client, reader: User, unit: Unit) -> Any:
    client.force_login(reader)
    return client.get(reverse("teams:role_description", args=[unit.pk]))


def test_everyone_with_a_team_in_the_unit_reads_it(client: Client, unit: Unit, description: RoleDescription) -> None:
    html = page(client, make_member(make_team(unit=unit)), unit).content.decode()
    assert "Hun leder samtalen." in html
    assert reverse("teams:role_description_edit", args=[unit.pk]) not in html


def test_a_part_without_words_of_its_own_has_those_of_the_unit_above(
    client: Client, unit: Unit, description: RoleDescription
) -> None:
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    member = make_member(make_team(unit=part))
    html = page(client, member, part).content.decode()
    assert "Hun leder samtalen." in html
    assert "Ordene fra Birkeskolen gælder også her." in html
    own = RoleDescription.objects.create(unit=part, text="Hos os er det anderledes.", written_by=member)
    assert page(client, member, part).context["description"] == own


def test_who_changed_it_is_told_and_no_word_of_it(
    client: Client, unit: Unit, description: RoleDescription, time_machine: TimeMachineFixture
) -> None:
    leader = description.written_by
    time_machine.move_to(dt.datetime(2026, 11, 25, 9, tzinfo=COPENHAGEN))
    client.force_login(leader)
    client.post(reverse("teams:role_description_edit", args=[unit.pk]), {"text": "Hun leder.", "version": 0})
    changed, created = page(client, leader, unit).context["page"].object_list
    assert (changed.by, changed.what, created.what) == ("Lone Leder", "ændret", "oprettet")
    assert [column.column for column in changed.columns] == ["Skrevet"]


def test_without_words_the_leader_is_offered_to_write_them(client: Client, unit: Unit) -> None:
    edit = reverse("teams:role_description_edit", args=[unit.pk])
    assert edit in page(client, make_leader(unit), unit).content.decode()
    assert edit not in page(client, make_member(make_team(unit=unit)), unit).content.decode()
