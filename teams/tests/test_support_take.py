"""A learning partner says "I take it"."""

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import SupportRequest, Unit
from tests.builders import make_leader, make_learning_partner, make_unit


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def asked(unit: Unit) -> SupportRequest:
    return SupportRequest.objects.create(unit=unit, asked_by=make_leader(unit), text="Kom og lyt med.")


@pytest.fixture
def partner(unit: Unit, client: Client) -> User:
    person = make_learning_partner(unit)
    client.force_login(person)
    return person


def take(client: Client, asked: SupportRequest) -> None:
    response = client.post(reverse("teams:support_take", args=[asked.pk]))
    assert response["Location"] == reverse("dashboard:learning_partner")
    asked.refresh_from_db()


def test_taking_it_puts_her_name_on_it(client: Client, asked: SupportRequest, partner: User) -> None:
    take(client, asked)
    assert asked.taken_by == partner
    assert asked.taken_at is not None


def test_taking_it_twice_changes_nothing(client: Client, asked: SupportRequest, partner: User) -> None:
    take(client, asked)
    first = asked.taken_at
    take(client, asked)
    assert asked.taken_at == first


def test_a_colleague_who_was_first_keeps_it(client: Client, unit: Unit, asked: SupportRequest, partner: User) -> None:
    take(client, asked)
    client.force_login(make_learning_partner(unit, name="Lise Langsom"))
    take(client, asked)
    assert asked.taken_by == partner
