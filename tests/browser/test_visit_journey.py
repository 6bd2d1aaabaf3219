"""A whole visit on a phone: booked, prepared, written without a network, evaluated by three phones, carried on."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pytest_django import DjangoDbBlocker

from learningcycle.models import Meeting
from observations.models import Visit, VisitLine
from slf_portal.common.dates import add_months, at, today
from teams.models import Team
from tests.browser.conftest import Portal, session_of
from tests.browser.test_conversation_live import SECONDS, committed
from tests.builders import make_contract, make_meeting, make_member, make_resource_person, make_team
from tests.cycle_builders import make_conversation, make_cycle
from tests.world import OWN, UNIT_LEADER, WEEK, open_day

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
PHONE: ViewportSize = {"width": 390, "height": 844}
A_MINUTE = 60 * SECONDS
# So late that it has not begun, whenever the test runs.
LATE = (dt.time(23, 55), dt.time(23, 59))
FOCUS = "Hvordan åbner vi en undersøgelse?"
WITH_NETWORK = "Rammesætningen tog fire minutter."
WITHOUT = ("Tre spurgte åbent efter tavlen.", "Ingen svarede de første ti sekunder.")
ANSWERS = ("Vi lod hinanden tale ud.", "Tavlen hjalp os.", "Flere pauser.")
KEPT, STEP = "Vi venter, før vi svarer.", "Vi begynder med en runde."


class Group(NamedTuple):
    """A team of three that meets later today and again, and has not been visited for long."""

    team: Team
    meeting: Meeting
    following: Meeting


@pytest.fixture(scope="module")
def group(portal: Portal, django_db_blocker: DjangoDbBlocker) -> Group:
    """Made before the test's own transaction begins: the server sees what is committed."""
    with django_db_blocker.unblock():
        unit = portal.world.places[OWN].unit
        team = make_team("Ådalen", unit=unit, starts_on=add_months(today(), -8))
        make_contract(team, today(), texts=("Vi lærer sammen.",))
        for key, name in (("ane", "Ane Aa"), ("bo", "Bo Bæk"), ("carl", "Carl Cramer")):
            portal.sessions[key] = session_of(make_member(team, name))
        portal.sessions["rosa"] = session_of(make_resource_person(team, name="Rosa Rejse"))
        meeting = make_meeting(team, today())
        late = {"starts_at": at(today(), LATE[0]), "ends_at": at(today(), LATE[1])}
        Meeting.objects.filter(pk=meeting.pk).update(**late)
        make_conversation(meeting, cycle=make_cycle(team, phase=3))
        following = make_meeting(team, open_day(4 * WEEK.days))
    return Group(team, meeting, following)


def test_a_visit_from_the_list_of_what_is_due_to_the_teams_next_meeting(open_as: Window, group: Group) -> None:
    rosa = phone(open_as, "rosa")
    visit = book(rosa, group)
    prepare(rosa, visit)
    write_on_the_way(rosa, visit)
    members = [phone(open_as, key) for key in ("ane", "bo", "carl")]
    evaluate(rosa, members, visit)
    share(rosa, members[0], visit)
    the_next_meeting_begins_with_the_step(members[1], group)
    the_leader_sees_that_it_was_and_no_more(phone(open_as, UNIT_LEADER), visit)


def phone(open_as: Window, key: str) -> Page:
    page = open_as(key, "phone").new_page()
    page.set_viewport_size(PHONE)
    return page


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def book(rosa: Page, group: Group) -> Visit:
    """From the list of who has waited longest; the hour is unusual, which warns and does not refuse."""
    rosa.goto(reverse("observations:due_list"))
    fits(rosa)
    rosa.locator(f"main a[href='{reverse('observations:visit_book', args=[group.team.pk])}']").click()
    rosa.get_by_role("radio").first.check()
    fits(rosa)
    rosa.get_by_role("button", name="Aftal besøget").click()
    expect(rosa.locator("main")).to_contain_text("17.00")
    rosa.get_by_role("button", name="Aftal alligevel").click()
    expect(rosa.locator("main")).to_contain_text("aftalt")
    booked: list[Visit] = []
    committed(lambda: booked.append(Visit.objects.get(team=group.team)))
    assert booked[0].meeting_id == group.meeting.pk
    return booked[0]


def prepare(rosa: Page, visit: Visit) -> None:
    """What to look at is agreed on, and one page says where the team is."""
    rosa.goto(reverse("observations:visit_focus", args=[visit.pk]))
    rosa.get_by_label("Første fokus").fill(FOCUS)
    rosa.get_by_role("button", name="Gem", exact=True).click()
    rosa.goto(reverse("observations:status_sheet", args=[visit.pk]))
    expect(rosa.locator("main")).to_contain_text(FOCUS)
    fits(rosa)


def write_on_the_way(rosa: Page, visit: Visit) -> None:
    """Lines are written while the conversation goes on, and the network is gone for a minute."""
    rosa.goto(reverse("observations:visit_run", args=[visit.pk]))
    expect(rosa.locator("main")).to_contain_text(FOCUS)
    say(rosa, WITH_NETWORK)
    expect(rosa.locator("[data-told]")).to_contain_text("Gemt", timeout=15 * SECONDS)
    rosa.context.set_offline(offline=True)
    say(rosa, WITHOUT[0])
    rosa.wait_for_timeout(A_MINUTE)
    say(rosa, WITHOUT[1])
    expect(rosa.locator("[data-count]")).to_have_text(
        "2 linjer er ikke gemt endnu, vi prøver igen", timeout=10 * SECONDS
    )
    fits(rosa)
    rosa.context.set_offline(offline=False)
    expect(rosa.locator("[data-count]")).to_have_text("", timeout=90 * SECONDS)
    found: list[str] = []
    committed(lambda: found.extend(VisitLine.objects.filter(visit=visit).values_list("text", flat=True)))
    assert found == [WITH_NETWORK, *WITHOUT]


def say(page: Page, text: str) -> None:
    page.locator("#id_line").fill(text)
    page.locator("#id_line").press("Enter")


def evaluate(rosa: Page, members: list[Page], visit: Visit) -> None:
    """Three members answer on their own phones, and the screen in the room shows their words without their names."""
    rosa.goto(reverse("observations:visit_evaluate", args=[visit.pk]))
    expect(rosa.get_by_role("img", name="QR-kode")).to_be_visible()
    for member, words in zip(members, ANSWERS, strict=True):
        member.goto(reverse("observations:visit_answer", args=[visit.pk]))
        fits(member)
        member.get_by_role("textbox").first.fill(words)
        member.locator("main form button[type=submit]").click()
    for words in ANSWERS:
        expect(rosa.locator("[data-answers]")).to_contain_text(words, timeout=20 * SECONDS)
    rosa.get_by_label("Samtalen er evalueret").check()
    rosa.locator("[name=kept]").fill(KEPT)
    rosa.locator("[name=step]").fill(STEP)
    rosa.locator("[name=step_by]").fill(f"{open_day(2 * WEEK.days)}")
    rosa.get_by_role("button", name="Gem", exact=True).click()
    expect(rosa.locator("main")).to_contain_text(STEP)
    fits(rosa)


def share(rosa: Page, member: Page, visit: Visit) -> None:
    """The member reads the lines once they are shared, and not before."""
    page = reverse("observations:visit_detail", args=[visit.pk])
    member.goto(page)
    expect(member.locator("main")).not_to_contain_text(WITH_NETWORK)
    rosa.goto(reverse("observations:visit_share", args=[visit.pk]))
    rosa.locator("main form button[type=submit]").click()
    member.goto(page)
    for words in (FOCUS, WITH_NETWORK, *WITHOUT, *ANSWERS, KEPT, STEP):
        expect(member.locator("main")).to_contain_text(words)
    fits(member)


def the_next_meeting_begins_with_the_step(member: Page, group: Group) -> None:
    member.goto(reverse("learningcycle:meeting_detail", args=[group.following.pk]))
    expect(member.locator("main")).to_contain_text(STEP)


def the_leader_sees_that_it_was_and_no_more(leader: Page, visit: Visit) -> None:
    leader.goto(reverse("observations:visit_detail", args=[visit.pk]))
    expect(leader.locator("main")).to_contain_text("Rosa Rejse")
    for words in (FOCUS, WITH_NETWORK, *WITHOUT, *ANSWERS, KEPT, STEP):
        expect(leader.locator("main")).not_to_contain_text(words)
