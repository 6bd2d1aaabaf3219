"""Every page, as every role that may open it, on a screen and on a phone: nothing to find."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext

from tests.access_table import read_rows
from tests.browser.conftest import WIDTHS, Portal
from tests.browser.newcomers import NEWCOMERS, states_of_newcomer
from tests.browser.state import State
from tests.browser.states import states_of
from tests.browser.watching import Watch

ROLES = list(read_rows()[0].answers)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(
    role: str, width: str, portal: Portal, open_as: Callable[[str, str], BrowserContext]
) -> None:
    assert found(states_of(role, portal.world), role, width, portal, open_as) == ""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", NEWCOMERS)
def test_the_pages_of_someone_new(
    role: str, width: str, portal: Portal, open_as: Callable[[str, str], BrowserContext]
) -> None:
    assert found(states_of_newcomer(role), role, width, portal, open_as) == ""


def found(
    states: list[State], role: str, width: str, portal: Portal, open_as: Callable[[str, str], BrowserContext]
) -> str:
    watch = Watch(open_as(role, width), urlsplit(portal.url).netloc, f"{role} {width}")
    for state in states:
        watch.look_at(state)
    return "\n".join(watch.findings)
