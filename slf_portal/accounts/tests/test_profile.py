"""A person's own language."""

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from tests.builders import make_person


@pytest.fixture
def person(db: None, client: Client) -> User:
    person = make_person()
    client.force_login(person)
    return person


def language_of_page(client: Client) -> str:
    return client.get(reverse("accounts:profile")).headers["Content-Language"]


@pytest.mark.usefixtures("person")
def test_danish_whatever_the_browser_asks_for(client: Client) -> None:
    answer = client.get(reverse("accounts:profile"), headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "da"


@pytest.mark.parametrize(("language", "expected"), [("en", "en"), ("da", "da"), ("fr", "da")])
@pytest.mark.usefixtures("person")
def test_the_chosen_language(client: Client, language: str, expected: str) -> None:
    client.post(reverse("accounts:profile"), {"language": language})
    assert language_of_page(client) == expected
