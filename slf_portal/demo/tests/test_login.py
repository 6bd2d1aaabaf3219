"""Becoming a persona without a password."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from pytest_django.asserts import assertRedirects

from slf_portal.accounts.models import User
from slf_portal.demo.defaults.personas import LEADER, PERSONAS
from tests.builders import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("slf_portal.demo.tests.urls")]


@pytest.fixture
def leader() -> User:
    return make_person(LEADER.name, email=LEADER.email)


def test_there_is_a_button_for_each_person_who_is_there(client: Client, leader: User) -> None:
    page = client.get("/demo/").content.decode()

    assert all(persona.email in page for persona in PERSONAS)
    assert page.count('name="persona"') == 1
    assert 'value="leader"' in page


def test_the_button_signs_in_as_her_whoever_one_was(client: Client, leader: User) -> None:
    client.force_login(make_person())
    response = client.post("/demo/login/", {"persona": "leader"})

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert get_user(client) == leader


@pytest.mark.parametrize("chosen", [{"persona": "director"}, {"persona": "administrator"}, {}])
def test_nobody_comes_in_as_someone_who_is_not_there(client: Client, leader: User, chosen: dict[str, str]) -> None:
    response = client.post("/demo/login/", chosen)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not get_user(client).is_authenticated


def test_a_deactivated_persona_stays_out(client: Client, leader: User) -> None:
    leader.is_active = False
    leader.save()

    assert client.post("/demo/login/", {"persona": "leader"}).status_code == 400


def test_another_site_cannot_press_the_button(leader: User) -> None:
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/demo/login/", {"persona": "leader"}).status_code == 403
    assert careful.get("/demo/login/").status_code == 405
