"""The pages with a keyboard alone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from tests.world import UNIT_LEADER

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
IN_FOCUS = """() => {
    const one = document.activeElement, looks = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        name: one.outerHTML.slice(0, 120),
        isMarked: (looks.outlineStyle !== "none" && parseFloat(looks.outlineWidth) > 0) || looks.boxShadow !== "none",
        isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
            && box.top < innerHeight && box.left < innerWidth,
        id: one.id,
    };
}"""


@pytest.fixture
def page(open_as: Window) -> Page:
    page = open_as(UNIT_LEADER, "phone").new_page()
    page.goto(reverse("dashboard:leader"))
    return page


def test_the_first_stop_leads_past_the_head_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    first = page.evaluate(IN_FOCUS)
    assert "skip-link" in first["name"]
    assert first["isSeen"]
    page.keyboard.press("Enter")
    assert page.evaluate(IN_FOCUS)["id"] == "content"


def test_every_stop_is_seen_and_marked(page: Page) -> None:
    stops = page.locator("a[href]:visible, button:visible, summary:visible, input:visible, select:visible").count()
    unmarked = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        stop = page.evaluate(IN_FOCUS)
        if not (stop["isMarked"] and stop["isSeen"]):
            unmarked.append(stop["name"])
    assert unmarked == []


def test_the_menu_opens_with_enter_and_closes_with_escape(page: Page) -> None:
    menu, summary = page.locator("details.person-menu"), page.locator("details.person-menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert "summary" in page.evaluate(IN_FOCUS)["name"]
