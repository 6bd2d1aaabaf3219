"""Every address × role × object × method answers what docs/access.md says."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import learningcycle.permissions
import observations.permissions
import teams.permissions
from slf_portal.demo.defaults.personas import LEADER
from slf_portal.notifications.actions.signs import note_sign
from slf_portal.notifications.enums import Part
from teams.access import require
from teams.tests.test_admin_pages import MAKERS
from tests.access_addresses import address_of, administration_of, form_of, receive_a_mail
from tests.access_table import (
    HIDDEN,
    METHODS,
    NOT_ANSWERED,
    ONWARD,
    PAGE_SHOWN,
    REFUSED,
    SIGN_IN,
    Row,
    read_rights,
    read_rows,
)
from tests.builders import make_person
from tests.calendar_server import CalendarServer
from tests.gathering_builders import ics
from tests.world import ADMINISTRATOR, World, make_world

EVERYTHING_ELSE = "admin:*"
ROWS = [row for row in read_rows() if row.name != EVERYTHING_ELSE]
(ADMINISTRATION,) = (row for row in read_rows() if row.name == EVERYTHING_ELSE)
RIGHTS = read_rights()
ROLES = list(ADMINISTRATION.answers)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
WORDS = {200: PAGE_SHOWN, 302: ONWARD, 403: REFUSED, 404: HIDDEN, 405: NOT_ANSWERED}
# What it decides stands on a page and is no question of who opens it: learningcycle/tests/test_snag_list.py.
ABOUT_CONTENT = {"can_bring_snags"}
PERMISSIONS = [
    permission
    for module in (teams.permissions, learningcycle.permissions, observations.permissions)
    for permission in vars(module).values()
    if isinstance(permission, FunctionType) and permission.__module__ == module.__name__
    if permission.__name__ not in ABOUT_CONTENT
]
# A role, a method and a row; a permission and what it answers.
Cell = tuple[str, str, Row]
Answer = tuple[FunctionType, bool]
# The two methods that people use.
USUAL = ("GET", "POST")
DECIDED: dict[Answer, list[Cell]] = {}
THE_DEMO_TOO = "slf_portal.demo.tests.urls"

pytestmark = pytest.mark.urls(THE_DEMO_TOO)


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path, outside: CalendarServer) -> World:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO_MAIL_DIR = tmp_path
    outside.give("/mig.ics", ics())
    receive_a_mail()
    make_person(LEADER.name, email=LEADER.email)
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
        self.nowhere = b""

    def arrive_as(self, world: World, role: str) -> None:
        person = world.people[role]
        self.session = ""
        if person is not None:
            self.client.force_login(person)
            self.session = self.client.cookies["sessionid"].value
        self.nowhere = body_of(self._send("GET", "/findes-ikke/", {}))

    def ask(self, method: str, url: str, form: dict[str, Any]) -> str:
        """What is answered, in the words of the table; anything else is told as it is."""
        if url == reverse("notifications:readyz"):
            # Given here, and not at the beginning: signs of life grow old while a slow machine asks everything.
            for part in (Part.WORKER, Part.BEAT):
                note_sign(part=part)
        response = self._send(method, url, form)
        if response.status_code == 404 and method != "HEAD" and body_of(response) != self.nowhere:
            return "404 that differs from what does not exist"
        if response.status_code == 302:
            return where(response)
        return WORDS.get(response.status_code, str(response.status_code))

    def _send(self, method: str, url: str, form: dict[str, Any]) -> Any:
        self.client.cookies.clear()
        if self.session:
            self.client.cookies["sessionid"] = self.session
        with transaction.atomic():
            send = getattr(self.client, method.lower())
            response = send(url, form) if method == "POST" else send(url)
            transaction.set_rollback(True)
        return response


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    addresses = {name for name in names_of(get_resolver()) if name not in names_in_administration()}
    assert {row.name for row in ROWS} == addresses


def test_every_kind_of_row_in_the_administration_has_its_rights() -> None:
    assert set(RIGHTS) == {model._meta.label_lower for model in admin.site._registry} == set(makers())


def test_every_line_stands_once() -> None:
    lines = [(row.name, row.relation) for row in ROWS]
    assert sorted(lines) == sorted(set(lines))


def test_every_address_lets_somebody_in() -> None:
    assert {row.name for row in ROWS if {"yes", ONWARD} & set(row.answers.values())} == {row.name for row in ROWS}


def test_the_columns_are_the_roles_of_the_world(world: World) -> None:
    assert list(world.people) == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_agreed(role: str, world: World, visitor: Visitor) -> None:
    assert "\n".join(disagreements(role, world, visitor)) == ""


def everybody_may(*asked: Any) -> bool:
    """For any number of arguments, so that it is the answer that is found, and not a failing call."""
    return True


def nobody_may(*asked: Any) -> bool:
    return False


@pytest.mark.parametrize("alike", [everybody_may, nobody_may])
@pytest.mark.parametrize("permission", PERMISSIONS)
def test_a_permission_that_answers_everybody_alike_is_found(
    permission: FunctionType, alike: FunctionType, world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = where_permissions_decide(world, visitor)[permission, alike is nobody_may]
    # Its code, and not its name: those who use it have imported it already.
    monkeypatch.setattr(permission, "__code__", alike.__code__)
    assert any(
        wrong
        for (role, method), cells in groupby(decided, key=itemgetter(0, 1))
        for wrong in disagreements(role, world, visitor, methods=(method,), rows=[row for _role, _method, row in cells])
    )


def test_a_check_that_is_left_out_is_found(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(require, "__code__", (lambda allowed: None).__code__)
    assert any(wrong for role in reversed(ROLES) for wrong in disagreements(role, world, visitor, methods=USUAL))


def where_permissions_decide(world: World, visitor: Visitor) -> dict[Answer, list[Cell]]:
    """The cells of the table in which each permission gives each answer; found once in each process.

    One that answers otherwise changes no other cell: so these are all that must be asked again.
    """
    if not DECIDED:
        DECIDED.update({(permission, answer): [] for permission in PERMISSIONS for answer in (True, False)})
        with recording() as answers:
            for role, method in product(reversed(ROLES), USUAL):
                visitor.arrive_as(world, role)
                for row in ROWS:
                    answers.clear()
                    visitor.ask(method, address_of(row, world), form_of(row, world))
                    for answer in answers:
                        DECIDED[answer].append((role, method, row))
    return DECIDED


@contextmanager
def recording() -> Iterator[set[Answer]]:
    """Every permission answers as ever, and its answer stands in the set."""
    answers: set[Answer] = set()
    codes = {permission: permission.__code__ for permission in PERMISSIONS}
    real = [FunctionType(permission.__code__, permission.__globals__) for permission in PERMISSIONS]

    def ask(number: int, things: tuple[Any, ...]) -> bool:
        answer = bool(real[number](*things))
        answers.add((PERMISSIONS[number], answer))
        return answer

    for number, permission in enumerate(PERMISSIONS):
        permission.__globals__["_ask"] = ask
        permission.__code__ = eval(f"lambda *things: _ask({number}, things)").__code__  # noqa: S307
    try:
        yield answers
    finally:
        for permission, code in codes.items():
            permission.__code__ = code
            permission.__globals__.pop("_ask", None)


def disagreements(
    role: str, world: World, visitor: Visitor, methods: tuple[str, ...] = METHODS, rows: Sequence[Row] = ROWS
) -> Iterator[str]:
    """Every cell of the rows that is not so."""
    visitor.arrive_as(world, role)
    for row in rows:
        url, form = address_of(row, world), form_of(row, world)
        for method in methods:
            agreed, found = row.agreed(role, method), visitor.ask(method, url, form)
            if found not in agreed:
                yield f"{method} {row.name} ({row.relation or url}): {found}, agreed: {agreed}"


@pytest.mark.parametrize("role", [role for role in ROLES if role != ADMINISTRATOR])
def test_the_administration_is_closed_to_everyone_else(role: str, world: World, visitor: Visitor) -> None:
    visitor.arrive_as(world, role)
    rows = [make(number) for number, make in enumerate(makers().values(), start=1)]
    addresses = {name: url for row in rows for name, url in administration_of(row).items()}
    addresses["an address that does not exist"] = reverse("admin:index") + "findes/ikke/"
    wrong = [
        f"{method} {name}: {found}, agreed: {ADMINISTRATION.answers[role]}"
        for name, url in addresses.items()
        for method in METHODS
        if (found := visitor.ask(method, url, {})) != ADMINISTRATION.answers[role]
    ]
    assert "\n".join(wrong) == ""


def test_an_administrator_has_her_rights_and_no_others(world: World, visitor: Visitor) -> None:
    visitor.arrive_as(world, ADMINISTRATOR)
    rows = {model: make(number) for number, (model, make) in enumerate(makers().items(), start=1)}
    assert {model: rights_found(visitor, row) for model, row in rows.items()} == RIGHTS


def rights_found(visitor: Visitor, row: Any) -> dict[str, Any]:
    """What can be done with the row, by what every address of it answers; a contradiction is told instead."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_"
    said = {
        (page.removeprefix(name), method): visitor.ask(method, url, {})
        for page, url in administration_of(row).items()
        for method in METHODS
    }
    strange = {asked: answer for asked, answer in said.items() if answer not in WORDS.values()}
    may = {asked: answer in {PAGE_SHOWN, ONWARD} for asked, answer in said.items()}
    found = {
        "see": {may["changelist", "GET"], may["change", "GET"], may["history", "GET"]},
        "add": {may["add", "GET"], may["add", "POST"]},
        "change": {may["change", "POST"]},
        "delete": {may["delete", "GET"], may["delete", "POST"]},
    }
    assert (said["change of nothing", "GET"], said["history of nothing", "GET"]) == (ONWARD, ONWARD)
    if strange:
        return dict(strange)
    return {verb: answers.pop() if len(answers) == 1 else said for verb, answers in found.items()}


def where(response: Any) -> str:
    """Where a redirect leads; a refusal that is told on the next page is told here."""
    if response.headers["Location"].startswith((resolve_url("account_login"), resolve_url("admin:login"))):
        return SIGN_IN
    refused = [str(message) for message in get_messages(response.wsgi_request) if message.level == ERROR]
    return refused[0] if refused else ONWARD


def body_of(response: Any) -> bytes:
    return TOKEN.sub(b"", response.content)


def names_of(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The name of every address, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from names_of(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def makers() -> dict[str, Any]:
    return {model._meta.label_lower: make for model, make in MAKERS.items()}


def names_in_administration() -> set[str]:
    """The addresses that the administration has for every kind of row; those without a name lead to one of them."""
    pages = ("changelist", "add", "history", "delete", "change")
    return {f"admin:{model.replace('.', '_')}_{page}" for model in RIGHTS for page in pages} | {"admin:None"}
