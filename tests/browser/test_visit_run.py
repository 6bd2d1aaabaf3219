"""Lines written on a phone while the network is gone, the browser killed, the session over: none is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from observations.models import PrivateNote, Visit, VisitCount, VisitLine, VisitPreparation
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from tests.browser.conftest import Portal, session_of
from tests.browser.test_conversation_journey import ON_DISK, kill, persistent
from tests.browser.test_conversation_live import SECONDS, committed
from tests.builders import PASSWORD, make_resource_person, make_team, make_visit

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
PHONE: ViewportSize = {"width": 390, "height": 844}


class Visiting(NamedTuple):
    visit: Visit
    visitor: User
    url: str


@pytest.fixture
def visiting(portal: Portal) -> Visiting:
    """A visit today, made where the server sees it."""
    made: list[Visiting] = []

    def make() -> None:
        team = make_team("Vest")
        visitor = make_resource_person(team)
        visitor.set_password(PASSWORD)
        visitor.save(update_fields=["password"])
        visit = make_visit(team, visitor, today())
        VisitPreparation.objects.create(visit=visit, may_count=True)
        # By the name that the helpers of conversations sign in with.
        portal.sessions["fie"] = session_of(visitor)
        made.append(Visiting(visit, visitor, reverse("observations:visit_run", args=[visit.pk])))

    committed(make)
    return made[0]


def open_phone(open_as: Window) -> BrowserContext:
    return open_as("fie", "phone")


def opened(window: BrowserContext, url: str) -> Page:
    page = window.new_page()
    page.set_viewport_size(PHONE)
    page.goto(url)
    return page


def write(page: Page, *texts: str) -> None:
    for text in texts:
        page.locator("#id_line").fill(text)
        page.locator("#id_line").press("Enter")


def lines(visit: Visit) -> list[str]:
    found: list[str] = []
    committed(lambda: found.extend(VisitLine.objects.filter(visit=visit).values_list("text", flat=True)))
    return found


def expect_all_saved(page: Page) -> None:
    expect(page.locator("[data-count]")).to_have_text("", timeout=30 * SECONDS)
    expect(page.locator("[data-unsaved]:visible")).to_have_count(0)


def test_lines_written_without_a_network_are_saved_once_and_in_order(open_as: Window, visiting: Visiting) -> None:
    window = open_phone(open_as)
    page = opened(window, visiting.url)
    write(page, "Tjek ind tog fire minutter.")
    expect(page.locator("[data-told]")).to_contain_text("Gemt", timeout=15 * SECONDS)
    window.set_offline(offline=True)
    write(page, "Tre spurgte åbent.", "Ingen svarede de første ti sekunder.")
    expect(page.locator("[data-count]")).to_have_text(
        "2 linjer er ikke gemt endnu, vi prøver igen", timeout=10 * SECONDS
    )
    page.locator("#id_line").fill("En linje, der ikke er færdig")
    window.set_offline(offline=False)
    expect_all_saved(page)
    written = ["Tjek ind tog fire minutter.", "Tre spurgte åbent.", "Ingen svarede de første ti sekunder."]
    assert lines(visiting.visit) == written
    page.reload()
    expect(page.locator("#id_line")).to_have_value("En linje, der ikke er færdig")
    assert page.locator("[data-lines] [data-text]").all_inner_texts() == written
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_answer_that_was_lost_makes_no_second_line(open_as: Window, visiting: Visiting) -> None:
    page = opened(open_phone(open_as), visiting.url)
    page.route("**/linjer/", lambda route: (route.fetch(), route.abort()), times=1)
    write(page, "Rammesætningen tog 12 minutter.")
    expect(page.locator("[data-lines] li")).to_have_count(1)
    expect_all_saved(page)
    page.wait_for_timeout(2 * SECONDS)
    assert lines(visiting.visit) == ["Rammesætningen tog 12 minutter."]


def test_two_devices_show_the_same_lines_and_lose_none(open_as: Window, visiting: Visiting) -> None:
    phone, tablet = (opened(open_phone(open_as), visiting.url) for _ in range(2))
    write(phone, "Fra telefonen.")
    expect(tablet.locator("[data-text]")).to_have_text(["Fra telefonen."], timeout=15 * SECONDS)
    change(tablet, "Rettet på tavlen.")
    expect(phone.locator("[data-text]")).to_have_text(["Rettet på tavlen."], timeout=15 * SECONDS)
    for page in (phone, tablet):
        page.context.set_offline(offline=True)
    change(phone, "Telefonens.")
    change(tablet, "Tavlens.")
    for page in (phone, tablet):
        expect(page.locator("[data-count]")).to_contain_text("1 linje er ikke gemt endnu", timeout=10 * SECONDS)
    for page in (phone, tablet):
        page.context.set_offline(offline=False)
    # The one who comes second is told of the other's text first, and saves its own as a line of its own then.
    for page in (phone, tablet):
        expect(page.locator("[data-lines] li")).to_have_count(2, timeout=30 * SECONDS)
        expect_all_saved(page)
    assert sorted(lines(visiting.visit)) == ["Tavlens.", "Telefonens."]
    line = phone.locator("[data-lines] li").first
    line.locator("summary").click()
    line.get_by_role("button", name="Slet linjen").click()
    expect(tablet.locator("[data-lines] li")).to_have_count(1, timeout=15 * SECONDS)


def change(page: Page, text: str) -> None:
    line = page.locator("[data-lines] li").first
    line.locator("summary").click()
    line.locator("textarea").fill(text)
    line.get_by_role("button", name="Gem").click()


def test_a_killed_browser_and_an_ended_session_lose_nothing(
    open_as: Window, browser: Browser, portal: Portal, visiting: Visiting, tmp_path: Path
) -> None:
    with persistent(browser, portal, tmp_path) as window:
        page = opened(window, visiting.url)
        window.set_offline(offline=True)
        write(page, "Skrevet, før browseren døde.")
        page.locator("#id_line").fill("Halvt skrevet")
        page.wait_for_timeout(ON_DISK)
        kill(tmp_path)
    committed(lambda: Session.objects.all().delete())
    with pytest.MonkeyPatch.context() as patch:
        committed(lambda: patch.setitem(portal.sessions, "fie", session_of(visiting.visitor)))
        with persistent(browser, portal, tmp_path) as window:
            page = opened(window, visiting.url)
            expect(page.locator("#id_line")).to_have_value("Halvt skrevet")
            expect_all_saved(page)
            committed(lambda: Session.objects.all().delete())
            write(page, "Skrevet, da sessionen var slut.")
            expect(page.locator("[data-signed-out]")).to_be_visible(timeout=15 * SECONDS)
            with window.expect_page() as entrance:
                page.get_by_role("link", name="Log ind i et nyt vindue").click()
            entrance.value.locator("[name=login]").fill(visiting.visitor.email)
            entrance.value.locator("[name=password]").fill(PASSWORD)
            entrance.value.get_by_role("button", name="Log ind").click()
            expect_all_saved(page)
            expect(page.locator("[data-signed-out]")).to_be_hidden()
    assert lines(visiting.visit) == ["Skrevet, før browseren døde.", "Skrevet, da sessionen var slut."]


def test_private_notes_and_counts_are_saved_as_they_are_typed(open_as: Window, visiting: Visiting) -> None:
    window = open_phone(open_as)
    page = opened(window, visiting.url)
    page.get_by_text("Private noter: kun dig").click()
    expect(page.locator("#id_line")).to_be_hidden()
    window.set_offline(offline=True)
    page.locator("#id_private").fill("Jeg blev utålmodig.")
    expect(page.locator("[data-private-saved]")).to_have_text("Ikke gemt endnu, vi prøver igen", timeout=15 * SECONDS)
    window.set_offline(offline=False)
    expect(page.locator("[data-private-saved]")).to_contain_text("Gemt", timeout=15 * SECONDS)
    page.get_by_text("Private noter: kun dig").click()
    page.get_by_text("Tæl minutter og spørgsmål").click()
    page.get_by_role("button", name="Én mere").click(click_count=2)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-counts-saved]")).to_contain_text("Gemt", timeout=15 * SECONDS)
    found: list[object] = []
    committed(lambda: found.extend(PrivateNote.objects.filter(visit=visiting.visit).values_list("text", flat=True)))
    committed(
        lambda: found.extend(
            VisitCount.objects.filter(visit=visiting.visit).order_by("pk").values_list("minutes", "count")
        )
    )
    assert found == ["Jeg blev utålmodig.", (1, None), (None, 2)]


# A draft in the browser, with the time of so many days ago where one is given.
KEEP = """([name, draft, days]) => {
    const time = days === null ? {} : { keptAt: Date.now() - days * 24 * 60 * 60 * 1000 };
    localStorage.setItem(name, JSON.stringify({ ...draft, ...time }));
}"""


def test_what_nobody_touched_for_thirty_days_is_gone_and_nothing_younger(open_as: Window, visiting: Visiting) -> None:
    page = opened(open_phone(open_as), visiting.url)
    mine, other = f"samtale:{visiting.visitor.pk}:besoeg", "samtale:0:besoegssvar-0"
    old = (f"{mine}:0:linje:gammel", f"{mine}:0:ure", f"{mine}-0", other)
    young, without_time = f"{mine}:0:linje:ung", f"{mine}:{visiting.visit.pk}:kladde"
    for name in old:
        page.evaluate(KEEP, [name, {"text": "Fra før ferien."}, 31])
    page.evaluate(KEEP, [young, {"text": "Fra i forgårs."}, 29])
    page.evaluate(KEEP, [without_time, {"text": "Fra før, der var tider.", "at": None}, None])
    page.reload()
    expect(page.locator("#id_line")).to_have_value("Fra før, der var tider.")
    assert sorted(page.evaluate("Object.keys(localStorage)")) == sorted([young, without_time])
    assert page.evaluate("(name) => typeof JSON.parse(localStorage.getItem(name)).keptAt", without_time) == "number"
    page.evaluate(KEEP, [without_time, {"text": "Fra før ferien.", "at": None}, 31])
    page.goto("/")
    assert page.evaluate("Object.keys(localStorage)") == [young]


def test_what_is_typed_is_kept_with_its_time(open_as: Window, visiting: Visiting) -> None:
    window = open_phone(open_as)
    page = opened(window, visiting.url)
    window.set_offline(offline=True)
    write(page, "Skrevet uden net.")
    page.locator("#id_line").fill("Halvt skrevet")
    kept = page.evaluate("Object.values(localStorage).map((draft) => typeof JSON.parse(draft).keptAt)")
    assert kept == ["number", "number"]
    expect(page.locator("[data-count]")).to_contain_text("1 linje er ikke gemt endnu", timeout=10 * SECONDS)
    window.set_offline(offline=False)
    expect_all_saved(page)
    assert lines(visiting.visit) == ["Skrevet uden net."]
