"""A forgotten password, from the page to the mail to the new one."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from tests.builders import PASSWORD, make_person

NEW = "en helt anden lang kode"


@pytest.fixture
def person(db: None) -> User:
    return make_person("Anne Andersen", email="anne@example.org", password=PASSWORD)


def link_sent(client: Client, email: str) -> str:
    client.post(reverse("account_reset_password"), {"email": email})
    (sent,) = mail.outbox
    (path,) = re.findall(r"https?://[^/]+(/\S+)", str(sent.body))
    return str(path)


def test_the_mail_is_danish_and_from_the_portal(client: Client, person: User) -> None:
    path = link_sent(client, person.email)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([person.email], "Vælg en ny adgangskode til SLF-portalen")
    assert str(sent.body).split("\n")[0] == "Hej"
    assert str(sent.body).split("\n")[-2:] == ["Venlig hilsen", "SLF-portalen"]
    assert path in str(sent.body)


def test_the_link_opens_the_page_where_the_new_one_is_chosen(client: Client, person: User) -> None:
    page = client.get(link_sent(client, person.email)).headers["Location"]
    client.post(page, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert (person.check_password(NEW), person.check_password(PASSWORD)) == (True, False)


def test_a_used_link_says_so(client: Client, person: User) -> None:
    path = link_sent(client, person.email)
    page = client.get(path).headers["Location"]
    client.post(page, {"password1": NEW, "password2": NEW})
    assert Client().get(path).context["token_fail"] is True


@pytest.mark.usefixtures("db")
def test_nobody_learns_who_is_known(client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "ukendt@example.org"})
    assert (answer.headers["Location"], mail.outbox) == (reverse("account_reset_password_done"), [])
