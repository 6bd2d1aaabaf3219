"""A mandate and its answer, then the team's contract from the first line to its renewal a year later, in a browser."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months, at, today
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.actions import relay_mail
from slf_portal.notifications.enums import LedgerState, ReminderKind
from slf_portal.notifications.models import LedgerEntry
from teams.models import Team, TeamContract
from teams.queries import contract_in_force, headings_to_write
from tests.browser.conftest import Portal, session_of
from tests.builders import make_member, make_resource_person, make_team
from tests.documents import read, root_of, tags_of, words_of
from tests.mailserver import MailServer
from tests.world import OWN, SAME_UNIT, UNIT_LEADER

pytestmark = pytest.mark.django_db

Window = Callable[..., BrowserContext]
SUBMIT = "main form[method=post] button[type=submit]"
HERS, HIS = "Vi begynder til tiden, og vi slutter til tiden.", "Vi holder pause klokken halv."
BOTH = f"{HERS} {HIS}"
MANDATE = {
    "title": "Lærende møder",
    "what": "Led teamets læringssamtale de første tre gange.",
    "why": "Teamet er nyt og skal finde sin form.",
    "expectation": "At I efter tre gange kan gøre det selv.",
    "hours_per_month": "4",
}


@pytest.fixture(scope="module")
def team(portal: Portal, django_db_blocker: DjangoDbBlocker) -> Team:
    """A team of two that has no contract yet, with a resource person, in a unit that has agreed on everything.

    Made before the test's own transaction begins: the server sees what is committed.
    """
    with django_db_blocker.unblock():
        team = make_team("Vest", unit=portal.world.places[OWN].unit, starts_on=today())
        for key, name in (("she", "Sofie Vest"), ("he", "Hans Vest")):
            portal.sessions[key] = session_of(make_member(team, name))
        portal.sessions["rosa"] = session_of(make_resource_person(team, name="Rosa Vest"))
        portal.sessions["newcomer"] = session_of(make_member(portal.world.places[SAME_UNIT].team, "Nina Ny"))
    return team


def test_from_a_mandate_to_the_renewal_of_the_contract(
    open_as: Window, portal: Portal, team: Team, settings: Settings
) -> None:
    leader = open_as(UNIT_LEADER).new_page()
    write_a_mandate(leader)
    take_the_mandate(open_as("rosa", "phone").new_page())
    hers, his = (open_as(key).new_page() for key in ("she", "he"))
    write_at_the_same_time(hers, his, team)
    put_in_force(his)
    for page in (hers, his):
        say_yes(page, team)
    add_a_member(leader, team, "Nina Ny")
    newcomer = open_as("newcomer", "phone").new_page()
    say_yes(newcomer, team)
    contract = contract_in_force(team)
    assert contract is not None
    assert contract.yes_rows.count() == 3
    the_pdf_is_right(newcomer, contract)
    the_renewal_is_told_once(team, settings)


def choose(page: Page, name: str, words: str) -> None:
    """Choose the option of the field that begins with these words."""
    option = page.locator(f"main [name={name}] option", has_text=words)
    page.locator(f"main [name={name}]").select_option(option.get_attribute("value"))


def write_a_mandate(leader: Page) -> None:
    leader.goto(reverse("dashboard:leader"))
    leader.get_by_role("link", name="Skriv en bestilling").click()
    choose(leader, "team", "Vest")
    choose(leader, "recipient", "Rosa Vest")
    for name, text in MANDATE.items():
        leader.locator(f"main [name={name}]").fill(text)
    leader.locator("main [name=due_on]").fill(add_months(today(), 6).isoformat())
    leader.locator(SUBMIT).click()
    expect(leader.locator("main")).to_contain_text(MANDATE["title"])


def take_the_mandate(page: Page) -> None:
    page.goto(reverse("dashboard:resource_person"))
    page.locator(".todo li", has_text=MANDATE["title"]).get_by_role("link").click()
    page.locator("main [name=text]").fill("Jeg begynder med teamets næste møde.")
    page.get_by_role("button", name="Jeg tager den").click()
    expect(page.locator("main")).to_contain_text("Jeg begynder med teamets næste møde.")


def write_at_the_same_time(hers: Page, his: Page, team: Team) -> None:
    """Both write in one section; she saves first, and he is shown her words and puts both together."""
    section = f"main [name=text_{headings_to_write(team)[3].key}]"
    for page, text in ((hers, HERS), (his, HIS)):
        page.goto(reverse("dashboard:team_detail", args=[team.pk]))
        page.get_by_role("link", name="Teamkontrakt", exact=True).click()
        page.get_by_role("link", name="Skriv kontrakten").click()
        page.locator(section).fill(text)
    hers.locator(SUBMIT).click()
    expect(hers.locator("main .difference ins")).to_contain_text(HERS)
    his.locator(SUBMIT).click()
    expect(his.locator(".colleague")).to_contain_text(HERS)
    expect(his.locator(section)).to_have_value(HIS)
    his.locator(section).fill(BOTH)
    his.locator(SUBMIT).click()
    expect(his.locator("main .difference ins")).to_contain_text(BOTH)


def put_in_force(page: Page) -> None:
    page.locator("[name=first_line]").fill("Vi lægger bøvlet på bordet.")
    page.locator(SUBMIT).click()
    expect(page.locator(".messages")).to_contain_text("Kontrakten gælder fra i dag.")


def say_yes(page: Page, team: Team) -> None:
    page.goto(reverse("dashboard:member"))
    page.locator(f"main a[href='{reverse('teams:contract_detail', args=[team.pk])}']").click()
    page.get_by_role("button", name="Det kan jeg stå inde for").click()
    expect(page.locator(".messages")).to_contain_text("Tak. Dit ja er noteret")


def add_a_member(leader: Page, team: Team, name: str) -> None:
    leader.goto(reverse("teams:team_people", args=[team.pk]))
    leader.locator(f"main a[href='{reverse('teams:member_add', args=[team.pk])}']").click()
    leader.get_by_label(name).check()
    leader.locator(SUBMIT).click()
    expect(leader.locator(".messages")).to_contain_text(f"{name} er medlem")


def the_pdf_is_right(page: Page, contract: TeamContract) -> None:
    response = page.request.get(reverse("teams:contract_pdf", args=[contract.pk]))
    document = read(response.body())
    assert root_of(document)["/MarkInfo"]["/Marked"]
    assert {"/H1", "/H2", "/P"} <= tags_of(document)
    words = words_of(document)
    assert [said for said in (BOTH, "Vi lægger bøvlet på bordet.", "Nina Ny", "Vest") if said not in words] == []


def the_renewal_is_told_once(team: Team, settings: Settings) -> None:
    """Day by day through the last month of the year, planner and relay as beat wakes them, twice a day."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    begun, deadline = today(), add_months(today(), 12)
    with server.running(), time_machine.travel(at(add_months(begun, 11), dt.time(9)), tick=False) as clock:
        while today() <= deadline:
            for _time in range(2):
                plan_reminders()
                relay_mail(seconds=20)
                clock.shift(dt.timedelta(hours=2))
            clock.move_to(at(today() + dt.timedelta(days=1), dt.time(9)))
    told = LedgerEntry.objects.filter(kind=ReminderKind.CONTRACT_RENEWAL, subject__startswith=f"team:{team.pk}:")
    sent = Counter(told.filter(state=LedgerState.SENT).values_list("recipient__name", flat=True))
    assert sent == {"Rosa Vest": 1}
    assert [mail for mail in server.mails if "Teamkontrakten" in str(mail)] == []
    assert server.recipients.count(User.objects.get(name="Rosa Vest").email) >= 1
