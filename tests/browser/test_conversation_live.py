"""A conversation in two windows: what one types the other sees, and nothing is lost on the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from learningcycle.models import AgendaItem, Conversation
from tests.browser.conftest import Portal
from tests.cycle_addresses import item_of
from tests.world import MEMBER, OWN, RESOURCE_PERSON, Place

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
SECONDS = 1000
WITH_DIGITS = "Ring på 010190-1234."


def committed(act: Callable[[], object]) -> None:
    """Change rows as somebody else would: the test's own transaction is seen by no server."""

    def alone() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(alone).result()


@pytest.fixture
def own(portal: Portal) -> Place:
    """The place, with its conversation at the first item, unwritten."""
    place = portal.world.places[OWN]
    first, here = item_of(place, 0), Conversation.objects.filter(meeting=place.running_meeting)

    def begin_anew() -> None:
        first.conversation.items.update(text="", text_version=0, silence="")
        here.update(current=first)

    committed(begin_anew)
    return place


@pytest.fixture
def address(own: Place) -> str:
    return reverse("learningcycle:meeting_run", args=[own.running_meeting.pk])


def opened(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    return page


def write(page: Page, text: str) -> None:
    """Type at the end of what stands there."""
    writing = page.locator("[data-writing] [name=text]")
    writing.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def write_and_crash(window: BrowserContext, page: Page, text: str) -> None:
    """The browser is killed before what was typed reached the portal."""
    window.set_offline(offline=True)
    write(page, text)
    page.close()
    window.set_offline(offline=False)


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("[data-writing] [name=text]")).to_have_value(text, timeout=5 * SECONDS)


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Gemt", timeout=10 * SECONDS)


def stored(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.text


def test_what_one_types_the_other_sees_and_both_texts_are_kept(open_as: Window, own: Place, address: str) -> None:
    mine, theirs = opened(open_as(MEMBER), address), opened(open_as(RESOURCE_PERSON), address)
    write(mine, "Vi prøvede at vente.")
    expect_saved(mine)
    expect_text(theirs, "Vi prøvede at vente.")
    # Both type before either has saved.
    write(mine, " Ja.")
    write(theirs, " Nej.")
    late = (
        mine
        if theirs.locator("[data-conflict]").is_hidden() and mine.locator("[data-conflict]").is_visible()
        else theirs
    )
    expect(late.locator("[data-conflict]")).to_be_visible(timeout=10 * SECONDS)
    expect(late.locator("[data-theirs]")).to_contain_text("Vi prøvede at vente.")
    late.get_by_role("button", name="Behold begge").click()
    expect_saved(late)
    for sentence in ("Ja.", "Nej."):
        assert sentence in stored(item_of(own, 0))
    expect_text(mine, stored(item_of(own, 0)))
    expect_text(theirs, stored(item_of(own, 0)))


def test_the_text_is_kept_while_the_network_is_gone_and_when_the_page_is_opened_again(
    open_as: Window, own: Place, address: str
) -> None:
    window = open_as(MEMBER)
    page = opened(window, address)
    window.set_offline(offline=True)
    write(page, "Uden net.")
    expect(page.locator("[data-saved]")).to_have_text("Ikke gemt endnu, vi prøver igen", timeout=10 * SECONDS)
    assert stored(item_of(own, 0)) == ""
    window.set_offline(offline=False)
    expect_saved(page)
    assert stored(item_of(own, 0)) == "Uden net."

    write_and_crash(window, page, " Og lidt til.")
    again = opened(window, address)
    expect_text(again, "Uden net. Og lidt til.")
    expect_saved(again)
    assert stored(item_of(own, 0)) == "Uden net. Og lidt til."


def test_a_text_that_waits_at_another_item_is_told_and_saved(open_as: Window, own: Place, address: str) -> None:
    window, second = open_as(MEMBER), item_of(own, 1)
    page = opened(window, f"{address}?punkt={second.pk}")
    write_and_crash(window, page, "Vi spurgte Løn.")
    window.route("**/skriv/", lambda route: route.abort())
    page = opened(window, address)
    expect(page.locator("[data-unsaved-count]")).to_have_text("1 punkt er ikke gemt endnu")
    window.unroute("**/skriv/")
    expect(page.locator("[data-unsaved-count]")).to_have_text("", timeout=10 * SECONDS)
    assert stored(second) == "Vi spurgte Løn."


def test_what_came_in_between_is_shown_beside_what_was_kept(open_as: Window, own: Place, address: str) -> None:
    window, item = open_as(MEMBER), item_of(own, 0)
    page = opened(window, address)
    write_and_crash(window, page, "Mine ord.")
    rosas = AgendaItem.objects.filter(pk=item.pk)
    committed(lambda: rosas.update(text="Rosas ord.", text_version=1))
    page = opened(window, address)
    expect_text(page, "Mine ord.")
    expect(page.locator("[data-theirs]")).to_have_text("Rosas ord.")
    page.get_by_role("button", name="Behold begge").click()
    expect_saved(page)
    assert stored(item) == "Rosas ord.\n\nMine ord."


def test_two_texts_between_which_nobody_chose_are_shown_again(open_as: Window, own: Place, address: str) -> None:
    """The form was sent without the script, which then woke on the page with both texts."""
    window, item = open_as(MEMBER), item_of(own, 0)
    rosas = AgendaItem.objects.filter(pk=item.pk)
    page = opened(window, address)
    committed(lambda: rosas.update(text="Rosas ord.", text_version=1))
    page.evaluate(
        "() => { const form = document.querySelector('[data-writing]'); form.elements.text.value = 'Mine ord.';"
        " form.elements.version.value = 0; form.submit(); }"
    )
    expect(page.locator("[data-theirs]")).to_have_text("Rosas ord.")
    page.wait_for_timeout(4 * SECONDS)
    again = opened(window, address)
    expect(again.locator("[data-theirs]")).to_have_text("Rosas ord.")
    expect_text(again, "Mine ord.")
    assert stored(item) == "Rosas ord."


def test_digits_like_a_cpr_number_stay_in_the_browser_until_they_are_explained_and_go_at_sign_out(
    open_as: Window, own: Place, address: str
) -> None:
    page = opened(open_as(RESOURCE_PERSON), address)
    write(page, WITH_DIGITS)
    expect(page.locator("[data-refusal]")).to_contain_text("CPR-nummer", timeout=10 * SECONDS)
    assert stored(item_of(own, 0)) == ""
    kept = "Object.keys(localStorage).filter(key => key.startsWith('samtale:')).length"
    assert page.evaluate(kept) == 1
    page.locator("[name=not_cpr]").check()
    expect_saved(page)
    assert stored(item_of(own, 0)) == WITH_DIGITS
    assert page.evaluate(kept) == 0


def test_signing_out_takes_what_was_kept_with_it(open_as: Window, portal: Portal, own: Place, address: str) -> None:
    window = open_as(RESOURCE_PERSON)
    page = opened(window, address)
    page.evaluate("localStorage.setItem('samtale:0:1', '{}')")
    write(page, WITH_DIGITS)
    expect(page.locator("[data-refusal]")).to_contain_text("CPR-nummer", timeout=10 * SECONDS)
    page.on("dialog", lambda dialog: dialog.accept())
    # Another session than the one the other tests use.
    page.locator("details.person-menu summary").click()
    page.route(f"**{reverse('account_logout')}", lambda route: route.fulfill(status=200, body="signed out"))
    page.locator("form[data-signs-out] button").click()
    page.wait_for_url(f"**{reverse('account_logout')}")
    page = opened(window, reverse("dashboard:accessibility"))
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('samtale:'))") == ["samtale:0:1"]


def test_a_session_that_ends_keeps_the_text_and_goes_on_after_signing_in(
    open_as: Window, portal: Portal, own: Place, address: str
) -> None:
    window = open_as(MEMBER)
    page = opened(window, address)
    window.clear_cookies()
    write(page, "Efter pausen.")
    expect(page.locator("[data-signed-out]")).to_be_visible(timeout=10 * SECONDS)
    assert stored(item_of(own, 0)) == ""
    window.add_cookies([{"name": "sessionid", "value": portal.sessions[MEMBER], "url": portal.url}])
    expect_saved(page)
    expect(page.locator("[data-signed-out]")).to_be_hidden()
    assert stored(item_of(own, 0)) == "Efter pausen."


def test_the_others_follow_and_who_types_is_told_where_they_are(open_as: Window, own: Place, address: str) -> None:
    leader, other = opened(open_as(MEMBER), address), opened(open_as(RESOURCE_PERSON), address)
    leader.locator(".conversation-lead button", has_text="Næste").click()
    second = item_of(own, 1)
    expect(leader.locator("#item-title")).to_have_text(second.title)
    expect(other.locator("#item-title")).to_have_text(second.title, timeout=10 * SECONDS)
    write(other, "Midt i en sætning")
    leader.locator(".conversation-lead button", has_text="Forrige").click()
    expect(other.locator(".conversation-elsewhere")).to_contain_text("De andre er ved", timeout=10 * SECONDS)
    expect_text(other, "Midt i en sætning")


def test_silent_writing_is_hidden_until_all_is_shown(open_as: Window, own: Place, address: str) -> None:
    leader, other = opened(open_as(MEMBER), address), opened(open_as(RESOURCE_PERSON), address)
    leader.get_by_role("button", name="Skriv i stilhed først").click()
    expect(other.locator("#id_silent")).to_be_visible(timeout=10 * SECONDS)
    other.locator("#id_silent").fill("Vi lytter for lidt.")
    expect(other.locator("[data-silent-saved]")).to_contain_text("Lagt i bunken", timeout=10 * SECONDS)
    expect(leader.locator(".conversation-lead")).to_contain_text("1 har skrevet", timeout=10 * SECONDS)
    assert "Vi lytter for lidt." not in leader.content()
    leader.get_by_role("button", name="Vis, hvad der er skrevet").click()
    for page in (leader, other):
        expect(page.locator(".silence-notes")).to_contain_text("Vi lytter for lidt.", timeout=10 * SECONDS)
    leader.get_by_role("button", name="Skriv dem ind i punktet").click()
    expect_text(leader, "- Vi lytter for lidt.")
    expect_text(other, "- Vi lytter for lidt.")
