"""The evaluation in the room: three phones answer, the screen shows it, and nothing that was typed is lost."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Portal, session_of
from tests.browser.test_conversation_live import committed
from tests.builders import make_member
from tests.world import MEMBER, OWN, RESOURCE_PERSON

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
SECONDS = 1000
FIRST_QUESTION = "Hvad gjorde samtalen godt?"


@pytest.fixture
def addresses(portal: Portal) -> dict[str, str]:
    visit = portal.world.places[OWN].evaluated_visit
    return {page: reverse(f"observations:visit_{page}", args=[visit.pk]) for page in ("evaluate", "answer")}


def opened(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    return page


def test_three_phones_answer_and_the_screen_shows_it(
    portal: Portal, open_as: Window, addresses: dict[str, str]
) -> None:
    screen = opened(open_as(RESOURCE_PERSON), addresses["evaluate"])
    place = portal.world.places[OWN]

    def join() -> None:
        for name in ("Asta", "Bo"):
            portal.sessions[name] = session_of(make_member(place.team, name))

    committed(join)
    for name in (MEMBER, "Asta", "Bo"):
        phone = opened(open_as(name, "phone"), addresses["answer"])
        phone.get_by_label(FIRST_QUESTION).fill(f"Vi ventede, siger {name}.")
        phone.get_by_role("button", name="Gem mit svar").click()
        expect(phone.get_by_text("Dit svar er gemt uden dit navn.")).to_be_visible()
    expect(screen.get_by_text("5 har svaret")).to_be_visible(timeout=10 * SECONDS)
    expect(screen.get_by_text("Vi ventede, siger Bo.")).to_be_visible()


def test_what_was_not_saved_comes_back(open_as: Window, addresses: dict[str, str]) -> None:
    window = open_as(RESOURCE_PERSON, "phone")
    page = opened(window, addresses["evaluate"])
    keeps = page.get_by_label("Det vil teamet holde fast i")
    keeps.fill("Vi venter længe.")
    page.close()
    page = opened(window, addresses["evaluate"])
    expect(page.get_by_label("Det vil teamet holde fast i")).to_have_value("Vi venter længe.")
    expect(page.locator("[data-kept-note]")).to_be_visible()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Gemt.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Det vil teamet holde fast i")).to_have_value("Vi venter længe.")
    expect(page.locator("[data-kept-note]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_signed_out_meanwhile_the_answer_is_kept(portal: Portal, open_as: Window, addresses: dict[str, str]) -> None:
    window = open_as(MEMBER, "phone")
    page = opened(window, addresses["answer"])
    page.get_by_label("Hvad vil vi prøve anderledes næste gang?").fill("Flere spørgsmål.")
    window.clear_cookies(name="sessionid")
    page.locator("form[data-keeps] button[type=submit]").click()
    page.wait_for_url("**/konto/**")
    window.add_cookies([{"name": "sessionid", "value": portal.sessions[MEMBER], "url": portal.url}])
    page.goto(addresses["answer"])
    expect(page.get_by_label("Hvad vil vi prøve anderledes næste gang?")).to_have_value("Flere spørgsmål.")
