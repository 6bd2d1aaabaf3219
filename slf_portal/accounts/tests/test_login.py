"""Signing in and out on the portal's own pages."""

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from tests.builders import PASSWORD, make_person


@pytest.fixture
def person(db: None) -> User:
    return make_person("Anne Andersen", email="anne@example.org", password=PASSWORD)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("email", "password", "expected"),
    [
        ("anne@example.org", PASSWORD, True),
        ("Anne@Example.ORG", PASSWORD, True),
        ("anne@example.org", "noget helt andet", False),
        ("ukendt@example.org", PASSWORD, False),
    ],
)
@pytest.mark.usefixtures("person")
def test_with_the_right_e_mail_and_password(client: Client, email: str, password: str, *, expected: bool) -> None:
    client.post(reverse("account_login"), {"login": email, "password": password})
    assert signed_in(client) is expected


def test_a_closed_access_is_told(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert (signed_in(client), answer.headers["Location"]) == (False, reverse("account_inactive"))


def test_one_lands_where_one_was_going(client: Client, person: User) -> None:
    page = reverse("accounts:profile")
    answer = client.get(page)
    answer = client.post(answer.headers["Location"], {"login": person.email, "password": PASSWORD, "next": page})
    assert answer.headers["Location"] == page


def test_signing_out_takes_a_click_on_a_button(client: Client, person: User) -> None:
    client.force_login(person)
    client.get(reverse("account_logout"))
    assert signed_in(client) is True
    client.post(reverse("account_logout"))
    assert signed_in(client) is False
