"""What people do, from page to page, in a browser."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from learningcycle.models import Meeting
from observations.models import Visit
from slf_portal.common.dates import today
from teams.models import PromiseTerms, SupportRequest
from tests.browser.conftest import Portal
from tests.builders import PASSWORD
from tests.world import MEMBER, NOT_SIGNED_IN, OWN, RESOURCE_PERSON, UNIT_LEADER, Place, open_day

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
SUBMIT = "main form[method=post] button[type=submit]"
WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def own(portal: Portal) -> Place:
    return portal.world.places[OWN]


def link(page: Page, name: str, pk: int) -> None:
    """Follow the page's link to that address."""
    page.locator(f"main a[href='{reverse(name, args=[pk])}']").first.click()


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)


def test_signing_in_and_out(open_as: Window, portal: Portal) -> None:
    page = open_as(NOT_SIGNED_IN).new_page()
    page.goto(reverse("dashboard:member"))
    member = portal.world.people[MEMBER]
    assert member is not None
    fill(page, login=member.email, password=PASSWORD)
    page.locator(SUBMIT).click()
    expect(page).to_have_url(portal.url + reverse("dashboard:member"))
    page.locator("details.person-menu summary").click()
    page.locator(f"form[action='{reverse('account_logout')}'] button").click()
    page.goto(reverse("dashboard:member"))
    expect(page.locator("[name=password]")).to_be_visible()


def test_a_leader_chooses_the_unit_s_rhythm(open_as: Window, portal: Portal, own: Place) -> None:
    page = open_as(UNIT_LEADER).new_page()
    page.goto(reverse("dashboard:leader"))
    link(page, "dashboard:unit_detail", own.unit.pk)
    link(page, "teams:unit_terms", own.unit.pk)
    page.locator("[name=visit]").select_option("6")
    page.locator(SUBMIT).click()
    expect(page).to_have_url(portal.url + reverse("dashboard:unit_detail", args=[own.unit.pk]))
    expect(page.locator(".messages .message")).to_have_count(1)
    agreed = PromiseTerms.objects.in_force(today()).filter(unit=own.unit)
    assert agreed.get(promise="visit").interval_months == 6


def test_a_member_notes_that_a_meeting_was_held(open_as: Window, portal: Portal, own: Place) -> None:
    page = open_as(MEMBER, "phone").new_page()
    page.goto(reverse("dashboard:member"))
    answers = page.locator(f"form[action='{reverse('learningcycle:meeting_held', args=[own.passed_meeting.pk])}']")
    answers.locator("button[value='1']").click()
    expect(page).to_have_url(portal.url + reverse("dashboard:team_detail", args=[own.team.pk]))
    own.passed_meeting.refresh_from_db()
    assert (own.passed_meeting.state, own.passed_meeting.with_learning_cycle) == ("held", True)


def test_a_resource_person_plans_a_visit(open_as: Window, portal: Portal, own: Place) -> None:
    page = open_as(RESOURCE_PERSON).new_page()
    page.goto(reverse("dashboard:resource_person"))
    link(page, "dashboard:team_detail", own.team.pk)
    link(page, "observations:visit_book", own.team.pk)
    day = open_day(20)
    page.locator("[name=meeting][value='']").check()
    fill(page, on=day.isoformat(), begins="12:00", ends="13:00")
    page.locator(".form-end button[type=submit]").click()
    page.wait_for_url("**/besoeg/*/")
    visit = Visit.objects.latest("pk")
    expect(page).to_have_url(portal.url + reverse("observations:visit_detail", args=[visit.pk]))
    assert (visit.on, visit.visitor) == (day, portal.world.people[RESOURCE_PERSON])


@pytest.mark.parametrize("scripts", ["with scripts", "without scripts"])
def test_a_double_click_plans_one_meeting(open_as: Window, own: Place, scripts: str) -> None:
    page = open_as(MEMBER, java_script_enabled=scripts == "with scripts").new_page()
    page.goto(reverse("learningcycle:meeting_plan", args=[own.team.pk]))
    day = today() + dt.timedelta(days=30 + len(scripts))
    fill(page, on=day.isoformat(), begins="09:00", ends="10:00")
    page.locator(SUBMIT).dblclick()
    page.wait_for_url(f"**{reverse('dashboard:team_detail', args=[own.team.pk])}")
    assert [meeting.on for meeting in Meeting.objects.filter(team=own.team)].count(day) == 1


def test_a_page_opened_before_a_colleague_s_change_keeps_what_was_typed(open_as: Window, own: Place) -> None:
    pages = [open_as(role).new_page() for role in (MEMBER, RESOURCE_PERSON)]
    days = [(today() + dt.timedelta(days=days)).isoformat() for days in (40, 41)]
    for page in pages:
        page.goto(reverse("learningcycle:meeting_move", args=[own.coming_meeting.pk]))
    for page, day in zip(pages, days, strict=True):
        fill(page, on=day)
        page.locator(SUBMIT).click()
    late = pages[1]
    expect(late.locator("main [name=on]")).to_have_value(days[1])
    own.coming_meeting.refresh_from_db()
    assert own.coming_meeting.on.isoformat() == days[0]
    late.locator(SUBMIT).click()
    late.wait_for_url(f"**{reverse('dashboard:team_detail', args=[own.team.pk])}")
    own.coming_meeting.refresh_from_db()
    assert own.coming_meeting.on.isoformat() == days[1]


def test_digits_like_a_cpr_number_are_kept_on_the_page_until_they_are_explained(open_as: Window, own: Place) -> None:
    page = open_as(RESOURCE_PERSON).new_page()
    page.goto(reverse("teams:support_ask", args=[own.unit.pk]))
    expect(page.locator("[name=not_cpr]")).to_be_hidden()
    fill(page, text=WITH_DIGITS)
    page.locator(SUBMIT).click()
    expect(page.locator("[name=text]")).to_have_value(WITH_DIGITS)
    expect(page.locator("[name=text]")).to_be_focused()
    page.locator("[name=not_cpr]").check()
    page.locator(SUBMIT).click()
    page.wait_for_url(f"**{reverse('dashboard:resource_person')}")
    assert SupportRequest.objects.filter(text=WITH_DIGITS).count() == 1
