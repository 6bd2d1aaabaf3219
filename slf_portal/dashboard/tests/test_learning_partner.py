"""What units ask a learning partner for, then her portfolio."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from slf_portal.accounts.models import User
from teams.models import SupportRequest, Unit
from tests.builders import make_leader, make_learning_partner, make_team, make_unit


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def partner(unit: Unit, client: Client) -> User:
    person = make_learning_partner(unit)
    client.force_login(person)
    return person


def page(client: Client, **query: str) -> Any:
    return client.get(reverse("dashboard:learning_partner"), query).context


def ask(unit: Unit, days_ago: int, **values: Any) -> SupportRequest:
    asked_at = timezone.now() - dt.timedelta(days=days_ago)
    return SupportRequest.objects.create(
        unit=unit, asked_by=make_leader(unit), text="Kom og lyt med.", asked_at=asked_at, **values
    )


def test_open_requests_of_her_units_stand_first_the_oldest_on_top(client: Client, unit: Unit, partner: User) -> None:
    newer, older = ask(unit, 1), ask(make_unit("Indskoling", parent=unit), 3)
    ask(unit, 9, closed_at=timezone.now())
    ask(make_unit("Fremmed"), 5)
    assert list(page(client)["requests"]) == [older, newer]


def test_the_portfolio_is_her_units_and_their_parts(client: Client, unit: Unit, partner: User) -> None:
    make_team("Nord", unit=unit)
    make_team("Indskoling", unit=make_unit("Birkeskolen, indskoling", parent=unit))
    make_team("Fremmed")
    assert [row.name for row in page(client)["rows"]] == ["Indskoling", "Nord"]


def test_a_filter_narrows_the_portfolio_and_leaves_the_requests(client: Client, unit: Unit, partner: User) -> None:
    make_team("Nord", unit=unit)
    asked = ask(unit, 1)
    context = page(client, q="syd")
    assert (list(context["rows"]), list(context["requests"])) == ([], [asked])
