"""A browser, and a portal for it to open."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from learningcycle.defaults import ensure_templates
from learningcycle.models import MethodTemplate, TemplateStep, TemplateVersion
from observations.defaults import ensure_evaluation_questions
from observations.models import EvaluationQuestion
from slf_portal.accounts.models import User
from slf_portal.local import browser as local_browser
from teams.defaults import (
    ensure_contract_sections,
    ensure_default_terms,
    ensure_expectation_questions,
    ensure_grus_questions,
    ensure_topics,
)
from teams.models import (
    ContractTemplateSection,
    ExpectationQuestion,
    GrusQuestionTemplate,
    PracticeTopic,
    PromiseTerms,
    TopicLine,
)
from tests.access_addresses import receive_a_mail
from tests.browser.newcomers import make_newcomers
from tests.world import World, make_world

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDTHS = {"desktop": (1280, 900), "phone": (320, 640)}


@dataclass(frozen=True)
class Portal:
    """A running portal with a small world in it."""

    url: str
    world: World
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """One portal for the tests of a file. Its rows are committed, for the server to see, and taken away afterwards."""
    changed = {
        "ROOT_URLCONF": "slf_portal.demo.tests.urls",
        "PORTAL_DEMO": True,
        "DEMO_MAIL_DIR": tmp_path_factory.mktemp("mail"),
        "CONTACT_EMAIL": "slf@example.org",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    with django_db_blocker.unblock(), override_settings(**changed):
        empty_database()
        receive_a_mail()
        world = make_world()
        people = {**world.people, **make_newcomers()}
        server = LiveServer("127.0.0.1")
        yield Portal(server.url, world, {role: session_of(person) for role, person in people.items() if person})
        server.stop()
        empty_database()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = local_browser.find()
    if path is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("There is no Chromium: `make test` says how to get one.")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps a loop in this thread; the tests ask the database from it all the same.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=Path(path), args=ARGUMENTS)
            yield started
            started.close()
            # A thread with a loop has connections of its own; left open, they hold on to the test database.
            connections.close_all()


@pytest.fixture
def open_as(portal: Portal, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Give a window in which the role is signed in already."""
    contexts = []

    def open_window(role: str, width: str = "desktop", **options: Any) -> BrowserContext:
        wide, high = WIDTHS[width]
        context = browser.new_context(
            base_url=portal.url, viewport={"width": wide, "height": high}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        if role in portal.sessions:
            context.add_cookies([{"name": "sessionid", "value": portal.sessions[role], "url": portal.url}])
        return context

    yield open_window
    for context in contexts:
        context.close()


def empty_database() -> None:
    """Leave what the migrations left."""
    assert connection.settings_dict["NAME"].startswith("test_")
    call_command("flush", verbosity=0, interactive=False)
    ensure_default_terms(PromiseTerms)
    ensure_contract_sections(ContractTemplateSection)
    ensure_grus_questions(GrusQuestionTemplate)
    ensure_evaluation_questions(EvaluationQuestion)
    ensure_topics(PracticeTopic, TopicLine)
    ensure_expectation_questions(ExpectationQuestion)
    ensure_templates(MethodTemplate, TemplateVersion, TemplateStep)


def session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value
