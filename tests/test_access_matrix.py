"""Every address × role × object × method answers what docs/access.md says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from slf_portal.notifications.actions.signs import note_sign
from slf_portal.notifications.enums import Part
from tests.access_addresses import address_of, form_of
from tests.access_table import METHODS, Row, read_rows
from tests.world import World, make_world

ROWS = read_rows()
ROLES = list(ROWS[0].answers)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def world(db: None) -> World:
    for part in (Part.WORKER, Part.BEAT):
        note_sign(part=part)
    return make_world()


@pytest.fixture
def visitor(client: Client) -> "Visitor":
    return Visitor(client)


class Visitor:
    """Someone in one role who asks, and whose asking changes nothing."""

    def __init__(self, client: Client) -> None:
        client.raise_request_exception = False
        self.client = client
        self.session = ""

    def arrive_as(self, world: World, role: str) -> None:
        person = world.people[role]
        if person is not None:
            self.client.force_login(person)
            self.session = self.client.cookies["sessionid"].value

    def ask(self, method: str, url: str, form: dict[str, Any]) -> HttpResponseBase:
        self.client.cookies.clear()
        if self.session:
            self.client.cookies["sessionid"] = self.session
        with transaction.atomic():
            asked = getattr(self.client, method.lower())
            response: HttpResponseBase = asked(url, form) if method == "POST" else asked(url)
            transaction.set_rollback(True)
        return response


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted({row.name for row in ROWS if row.name != "admin:*"}) == sorted(
        name for name in names_of(get_resolver()) if not name.startswith("admin:")
    )


def test_every_line_stands_once() -> None:
    lines = [(row.name, row.relation) for row in ROWS]
    assert sorted(lines) == sorted(set(lines))


def test_every_address_lets_somebody_in() -> None:
    let_in = {row.name for row in ROWS if {"yes", "onward"} & set(row.answers.values())}
    assert let_in == {row.name for row in ROWS}


def test_the_columns_are_the_roles_of_the_world(world: World) -> None:
    assert ROLES == list(world.people)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_agreed(role: str, world: World, visitor: Visitor) -> None:
    visitor.arrive_as(world, role)
    nowhere = body_of(visitor.ask("GET", "/findes-ikke/", {}))
    wrong = []
    for row in addressed(ROWS):
        url, form = address_of(row, world), form_of(row, world)
        for method in METHODS:
            agreed, found = said(row, role, method), answer(visitor.ask(method, url, form), nowhere)
            if found != agreed:
                wrong.append(f"{method} {row.name} ({row.relation or url}): {found}, agreed: {agreed}")
    assert "\n".join(wrong) == ""


def addressed(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.name.startswith("admin:")]


def names_of(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The name of every address, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of(pattern, inner)


def said(row: Row, role: str, method: str) -> tuple[int, str]:
    """The agreed status, and for a redirect whether it leads to sign-in."""
    status = row.status(role, method)
    where = "" if status != 302 else "sign in" if row.answers[role] == "sign in" else "onward"
    return status, where


def answer(response: Any, nowhere: bytes) -> tuple[int, str]:
    """The status and what is to be said about it; `nowhere` is the page of an address that does not exist."""
    if response.status_code == 404:
        return 404, "" if body_of(response) in {nowhere, b""} else "not the page of what does not exist"
    if response.status_code != 302:
        return response.status_code, ""
    if response.headers["Location"].startswith(resolve_url("account_login")):
        return 302, "sign in"
    refused = [str(message) for message in get_messages(response.wsgi_request) if message.level == ERROR]
    return 302, refused[0] if refused else "onward"


def body_of(response: Any) -> bytes:
    return TOKEN.sub(b"", response.content)
