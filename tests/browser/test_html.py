"""Every page is valid HTML: the bodies of all pages of all roles, given to the validator vnu at once."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.access_addresses import receive_a_mail
from tests.access_table import read_rows
from tests.browser.newcomers import NEWCOMERS, make_newcomers, states_of_newcomer
from tests.browser.state import State
from tests.browser.states import states_of
from tests.world import make_world

VNU = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
VNU_SECONDS = 300

pytestmark = [pytest.mark.django_db, pytest.mark.urls("slf_portal.demo.tests.urls")]


@pytest.fixture(scope="module")
def java() -> str:
    found = shutil.which("java")
    if found is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(
            "There is no Java: install a Java runtime to check the HTML (Debian: apt install default-jre-headless)."
        )
    return str(found)


def test_every_page_is_valid(java: str, tmp_path: Path, settings: Any) -> None:
    settings.DEMO_MAIL_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    receive_a_mail()
    asked = {path: state for folder in pages(tmp_path) for path, state in folder.items()}
    assert "\n".join(sorted(findings(java, asked))) == ""


def pages(folder: Path) -> list[dict[Path, str]]:
    """The files of each role's pages, and what each of them is."""
    world = make_world()
    newcomers = make_newcomers()
    people = {**world.people, **newcomers}
    states = {role: states_of(role, world) for role in read_rows()[0].answers}
    states |= {role: states_of_newcomer(role) for role in NEWCOMERS}
    return [write(folder, role, people[role], of_role) for role, of_role in states.items()]


def write(folder: Path, role: str, person: Any, states: list[State]) -> dict[Path, str]:
    written = {}
    window = Client()
    for number, state in enumerate(states):
        client = Client(enforce_csrf_checks=True) if "csrfmiddlewaretoken" in state.form else window
        if person is not None:
            client.force_login(person)
        sent_to = state.sent_to or state.path
        response: Any = client.post(sent_to, state.form) if state.form else client.get(state.path, follow=True)
        assert response.status_code == state.status, f"{role}: {state}: {response.status_code}"
        path = folder / f"{re.sub(r'[^a-z]', '-', role.lower())}-{number}.html"
        path.write_bytes(response.content)
        written[path] = f"{role}: {state}"
    return written


def findings(java: str, asked: dict[Path, str]) -> set[str]:
    command = [java, "-jar", str(VNU), "--format", "json", "--stdout", *map(str, asked)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=VNU_SECONDS)  # noqa: S603
    messages = json.loads(answer.stdout)["messages"]
    return {
        f"{asked[Path(message['url'].removeprefix('file:'))]}: {message['type']}: {message['message']}"
        f" [{' '.join(message.get('extract', '').split())}]"
        for message in messages
    }
