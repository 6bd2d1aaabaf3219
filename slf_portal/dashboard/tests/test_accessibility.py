"""The accessibility statement is open to everyone and says what is true."""

from typing import Any

from django.test import Client
from django.urls import reverse


def test_it_names_where_to_write(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = "slf@example.org"
    response = client.get(reverse("dashboard:accessibility"))
    assert b"mailto:slf@example.org" in response.content


def test_without_an_address_it_names_none(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = ""
    assert b"mailto:" not in client.get(reverse("dashboard:accessibility")).content
