"""A note of something troublesome is thrown away without a trace."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from learningcycle.models import Snag
from slf_portal.accounts.models import User
from teams.models import Team
from teams.tests.test_grus_prepare import tables_that_hold
from tests.builders import make_administrator, make_leader, make_member, make_resource_person

MINE = "Printeren på gangen er altid i stykker."


@pytest.fixture
def url(tuesday: dt.date, client: Client, member: User) -> str:
    client.post(reverse("learningcycle:snag_list"), {"text": MINE})
    return reverse("learningcycle:snag_throw_away", args=[Snag.objects.get().pk])


def rows() -> dict[str, int]:
    """How many rows there are of each kind: sessions, and what counts double clicks, aside."""
    tables = set(connection.introspection.table_names()) - {"django_session", "audit_spenttoken"}
    kinds: list[Any] = [model for model in apps.get_models() if model._meta.db_table in tables]
    return {kind._meta.label: kind._base_manager.count() for kind in kinds}


def test_text_and_row_are_gone_from_the_whole_database(client: Client, url: str) -> None:
    assert tables_that_hold(MINE) == ["learningcycle_snag"]
    before = rows()
    response = client.post(url)
    assert response["Location"] == reverse("learningcycle:snag_list")
    assert tables_that_hold(MINE) == []
    # Nor is there a line that says that something was there.
    assert {label: count for label, count in rows().items() if count != before[label]} == {"learningcycle.Snag": 0}


def test_nobody_elses_hand_reaches_it(client: Client, url: str, team: Team) -> None:
    for person in (
        make_member(team, "En Kollega"),
        make_resource_person(team),
        make_leader(team.unit),
        make_administrator(),
    ):
        client.force_login(person)
        assert client.post(url).status_code == 404
    assert Snag.objects.get().text == MINE


def test_looking_at_the_address_throws_nothing_away(client: Client, url: str) -> None:
    assert client.get(url).status_code == 405
    assert Snag.objects.count() == 1
