"""A whole conversation held by three on three pages; one browser is killed and one session ends: nothing is lost."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from pytest_django import DjangoDbBlocker

from learningcycle.enums import ConversationRole
from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import long_day
from slf_portal.local import browser as local_browser
from teams.models import Team, TeamContract
from tests.browser.conftest import ARGUMENTS, Portal, session_of
from tests.browser.test_conversation_live import SECONDS, committed, expect_saved, expect_text, opened, write
from tests.builders import PASSWORD, make_contract, make_meeting, make_member, make_person, make_team
from tests.cycle_builders import make_conversation, make_cycle
from tests.documents import read, words_of
from tests.world import OWN, WEEK, open_day

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
# What a page keeps in the browser reaches the disk some seconds later; a browser killed before that had not kept it.
ON_DISK = 12 * SECONDS
LINE = "Vi lægger bøvlet på bordet."
SINCE = "Vi prøvede at vente fem sekunder."
HERS, HIS = "Fie: jeg vil forstå stilheden.", "Rolf skriver: hvad gør tempoet?"
SEEN = "I seks af ti samtaler svarede de samme."
KEPT = "Måske spørger vi om det, vi selv ved."
AFTER_SIGN_IN = "Vores egen andel er tempoet."
TRIAL, LEARNING = "Vi tæller til fem, før vi spørger igen.", "Pauser er arbejde."
SENTENCES = (SINCE, HERS, HIS, SEEN, KEPT, AFTER_SIGN_IN, TRIAL, LEARNING)


class Group(NamedTuple):
    """A team of three with their roles, a meeting today and the next one."""

    team: Team
    meeting: Meeting
    following: Meeting
    minute_taker: User
    focus_person: User


@pytest.fixture(scope="module")
def group(portal: Portal, django_db_blocker: DjangoDbBlocker) -> Group:
    """Made before the test's own transaction begins: the server sees what is committed."""
    with django_db_blocker.unblock():
        team = make_team("Vest", unit=portal.world.places[OWN].unit)
        contract = make_contract(team, today(), texts=("Vi lærer sammen.",))
        TeamContract.objects.filter(pk=contract.pk).update(first_line=LINE)
        names = {"mona": "Mona Mødeleder", "rolf": "Rolf Referent", "fie": "Fie Fokusperson"}
        people = {key: make_member(team, person=make_person(name, password=PASSWORD)) for key, name in names.items()}
        portal.sessions.update({key: session_of(person) for key, person in people.items()})
        meeting, following = make_meeting(team, today()), make_meeting(team, open_day(4 * WEEK.days))
        roles = {
            ConversationRole.MEETING_LEADER: people["mona"],
            ConversationRole.MINUTE_TAKER: people["rolf"],
            ConversationRole.FOCUS_PERSON: people["fie"],
        }
        make_conversation(meeting, cycle=make_cycle(team, phase=3), roles=roles)
    return Group(team, meeting, following, people["rolf"], people["fie"])


def test_every_sentence_that_three_people_typed_stands_in_the_minutes(
    open_as: Window, browser: Browser, portal: Portal, group: Group, tmp_path: Path
) -> None:
    address = reverse("learningcycle:meeting_run", args=[group.meeting.pk])
    mona = begin(open_as("mona").new_page(), group.meeting)
    rolf, fie = (opened(open_as(key, width), address) for key, width in (("rolf", "desktop"), ("fie", "phone")))
    go_on(mona, (rolf, fie), "Siden sidst")
    write(rolf, SINCE)
    for page in (mona, fie):
        expect_text(page, SINCE)
    go_on(mona, (rolf, fie), "Fokuspersonens perspektiv")
    write_at_once(fie, rolf)
    go_on(mona, (rolf, fie), "Data på bordet")
    write(rolf, SEEN)
    expect_saved(rolf)
    go_on(mona, (rolf, fie), "Fælles undersøgelse")
    fie.close()
    with killed_while_offline(browser, portal, tmp_path, address, KEPT):
        expect_text(rolf, "")
    with persistent(browser, portal, tmp_path) as again:
        page = opened(again, address)
        expect_saved(page)
        expect_text(rolf, KEPT)
    sign_in_again(rolf, group.minute_taker, f"\n{AFTER_SIGN_IN}")
    expect_text(mona, f"{KEPT}\n{AFTER_SIGN_IN}")
    close(mona, group)
    the_minutes_hold_everything(rolf, group)
    the_next_meeting_goes_on_from_here(mona, group)


def begin(page: Page, meeting: Meeting) -> Page:
    """From the meeting's page, on which the contract's line stands, into the conversation."""
    page.goto(reverse("learningcycle:meeting_detail", args=[meeting.pk]))
    expect(page.locator("main")).to_contain_text(LINE)
    page.get_by_role("link", name="Begynd samtalen").click()
    page.get_by_role("button", name="Begynd", exact=True).click()
    expect(page.locator("#item-title")).to_have_text("Tjek ind")
    return page


def go_on(leader: Page, others: tuple[Page, ...], title: str) -> None:
    """The meeting leader moves on, and everybody else follows."""
    leader.get_by_role("button", name=f"Næste: {title}").click()
    for page in (leader, *others):
        expect(page.locator("#item-title")).to_have_text(title, timeout=25 * SECONDS)


def write_at_once(fie: Page, rolf: Page) -> None:
    """Both begin with an empty item; whoever comes second is shown both texts and keeps them."""
    for page in (fie, rolf):
        page.context.set_offline(offline=True)
    write(fie, HERS)
    write(rolf, HIS)
    fie.context.set_offline(offline=False)
    expect_saved(fie)
    rolf.context.set_offline(offline=False)
    expect(rolf.locator("[data-theirs]")).to_have_text(HERS, timeout=15 * SECONDS)
    rolf.get_by_role("button", name="Behold begge").click()
    expect_text(fie, f"{HERS}\n\n{HIS}")


@contextmanager
def killed_while_offline(browser: Browser, portal: Portal, folder: Path, address: str, text: str) -> Iterator[None]:
    """The focus person writes on another device while the network is gone, and its browser is killed."""
    with persistent(browser, portal, folder) as window:
        page = opened(window, address)
        window.set_offline(offline=True)
        write(page, text)
        expect(page.locator("[data-saved]")).to_have_text("Ikke gemt endnu, vi prøver igen", timeout=15 * SECONDS)
        page.wait_for_timeout(ON_DISK)
        yield
        kill(folder)


@contextmanager
def persistent(browser: Browser, portal: Portal, folder: Path) -> Iterator[BrowserContext]:
    """A browser of its own, whose storage is on the disk, with the focus person signed in."""
    window = browser.browser_type.launch_persistent_context(
        folder / "profile",
        executable_path=local_browser.find(),
        args=ARGUMENTS,
        base_url=portal.url,
        reduced_motion="reduce",
    )
    window.add_cookies([{"name": "sessionid", "value": portal.sessions["fie"], "url": portal.url}])
    yield window
    with suppress(Error):  # a browser that was killed has nothing left to close
        window.close()


def kill(folder: Path) -> None:
    """Every process of the browser with that profile, without a word to it."""
    profile = f"--user-data-dir={folder / 'profile'}"
    found = [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and profile in command_of(process)
    ]
    assert found
    for number in found:
        os.kill(number, signal.SIGKILL)


def command_of(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
    except OSError:  # it has ended meanwhile
        return []


def sign_in_again(page: Page, person: User, text: str) -> None:
    """The session ends while she writes; she signs in in another window, and the page goes on by itself."""
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    committed(lambda: Session.objects.filter(session_key=key).delete())
    write(page, text)
    expect(page.locator("[data-signed-out]")).to_be_visible(timeout=15 * SECONDS)
    with page.context.expect_page() as entrance:
        page.get_by_role("link", name="Log ind i et nyt vindue").click()
    entrance.value.locator("[name=login]").fill(person.email)
    entrance.value.locator("[name=password]").fill(PASSWORD)
    entrance.value.get_by_role("button", name="Log ind").click()
    expect_saved(page)
    expect(page.locator("[data-signed-out]")).to_be_hidden()


def close(leader: Page, group: Group) -> None:
    """What we try and when we meet; besides one line of learning, and who has the focus next time."""
    go_on(leader, (), "Mål, tegn og prøvehandling")
    go_on(leader, (), "Tjek ud")
    leader.get_by_role("link", name="Afslut samtalen").click()
    leader.locator("[name=what_1]").fill(TRIAL)
    leader.locator("details.fold summary").last.click()
    leader.locator("[name=learning]").fill(LEARNING)
    leader.locator("[name=next_focus_person]").select_option(str(group.minute_taker.pk))
    leader.get_by_role("button", name="Afslut samtalen").click()
    expect(leader.locator("h1")).to_contain_text("Referat")


def the_minutes_hold_everything(page: Page, group: Group) -> None:
    page.goto(reverse("learningcycle:minutes", args=[group.meeting.pk]))
    shown = page.locator("main").inner_text()
    printed = words_of(read(page.request.get(reverse("learningcycle:minutes_pdf", args=[group.meeting.pk])).body()))
    assert [sentence for sentence in SENTENCES if sentence not in shown] == []
    assert [sentence for sentence in SENTENCES if sentence not in printed] == []


def the_next_meeting_goes_on_from_here(page: Page, group: Group) -> None:
    """The open agreement, the next focus person, and the day of the last meeting."""
    page.goto(reverse("learningcycle:meeting_detail", args=[group.following.pk]))
    for words in (TRIAL, group.minute_taker.name, LEARNING):
        expect(page.locator("main")).to_contain_text(words)
    last = reverse("learningcycle:meeting_detail", args=[group.meeting.pk])
    expect(page.locator(f"main dl a[href='{last}']")).to_have_text(long_day(group.meeting.on).capitalize())
