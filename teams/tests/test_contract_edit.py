"""Writing the draft: nothing that anybody typed is lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.actions import Writing, write_contract
from teams.defaults import ensure_contract_sections
from teams.enums import ContractState
from teams.models import ContractTemplateSection, Team, TeamContract
from teams.queries import headings_to_write
from tests.builders import make_contract, make_member, make_person, make_team

WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def url(team: Team, member: User) -> str:
    return reverse("teams:contract_edit", args=[team.pk])


def opened(team: Team) -> dict[str, Any]:
    """The form as the page shows it now."""
    headings = headings_to_write(team)
    return {f"{name}_{heading.key}": heading.text for heading in headings for name in ("text", "was")}


def key(team: Team, number: int = 0) -> int:
    return headings_to_write(team)[number].key


def draft_texts(team: Team) -> list[str]:
    draft = TeamContract.objects.get(team=team, state=ContractState.DRAFT)
    return [text for text in draft.sections.values_list("text", flat=True) if text]


def test_the_first_draft_is_begun_with_what_is_written(client: Client, url: str, team: Team) -> None:
    response = client.post(url, {**opened(team), f"text_{key(team)}": "Vi lærer sammen.\r\nHver måned."})
    assert response["Location"] == reverse("teams:contract_put_in_force", args=[team.pk])
    assert draft_texts(team) == ["Vi lærer sammen.\nHver måned."]


def test_a_new_draft_begins_with_the_contract_in_force(client: Client, url: str, team: Team) -> None:
    make_contract(team, dt.date(2026, 1, 1), texts=("Vi lærer sammen.", "Vi er Nord."))
    client.post(url, {**opened(team), f"text_{key(team, 1)}": "Vi er holdet i nord."})
    assert draft_texts(team) == ["Vi lærer sammen.", "Vi er holdet i nord."]
    assert list(TeamContract.objects.get(state=ContractState.IN_FORCE).sections.values_list("text", flat=True)) == [
        "Vi lærer sammen.",
        "Vi er Nord.",
    ]


def test_two_who_write_in_different_sections_both_keep_theirs(client: Client, url: str, team: Team) -> None:
    hers, his = opened(team), opened(team)
    client.post(url, {**hers, f"text_{key(team, 0)}": "Hendes ord."})
    assert client.post(url, {**his, f"text_{key(team, 1)}": "Hans ord."}).status_code == 302
    assert draft_texts(team) == ["Hendes ord.", "Hans ord."]


def test_two_who_write_in_the_same_section_are_both_shown(client: Client, url: str, team: Team) -> None:
    hers, his = opened(team), opened(team)
    client.post(url, {**hers, f"text_{key(team)}": "Hendes ord."})
    response = client.post(url, {**his, f"text_{key(team)}": "Hans ord.", f"text_{key(team, 1)}": "Hans andet afsnit."})
    section = response.context["form"].sections()[0]
    assert (section["colleague"], section["field"].value()) == ("Hendes ord.", "Hans ord.")
    assert draft_texts(team) == ["Hendes ord.", "Hans andet afsnit."]


def test_what_is_put_together_stands(client: Client, url: str, team: Team) -> None:
    his = opened(team)
    client.post(url, {**opened(team), f"text_{key(team)}": "Hendes ord."})
    shown = client.post(url, {**his, f"text_{key(team)}": "Hans ord."}).context["form"]
    again = {field.html_name: field.value() or "" for field in shown}
    response = client.post(url, {**again, f"text_{key(team)}": "Hendes ord og hans ord."})
    assert (response.status_code, draft_texts(team)) == (302, ["Hendes ord og hans ord."])


def test_two_who_typed_the_same_agree(client: Client, url: str, team: Team) -> None:
    his = opened(team)
    client.post(url, {**opened(team), f"text_{key(team)}": "De samme ord."})
    assert client.post(url, {**his, f"text_{key(team)}": "De samme ord."}).status_code == 302


def test_a_page_opened_before_the_draft_came_into_force_does_not_take_it_back(
    client: Client, url: str, team: Team
) -> None:
    old = opened(team)
    make_contract(team, dt.date(2026, 1, 1), texts=("Vedtaget.",))
    response = client.post(url, {**old, f"text_{key(team)}": "Skrevet på den gamle side."})
    assert response.context["form"].sections()[0]["colleague"] == "Vedtaget."
    assert draft_texts(team) == ["Vedtaget."]


@pytest.mark.parametrize("text", ["x" * 4001, WITH_DIGITS])
def test_a_text_that_is_refused_stays_on_the_page_with_the_others(
    client: Client, url: str, team: Team, text: str
) -> None:
    form = {**opened(team), f"text_{key(team)}": "Vi lærer sammen.", f"text_{key(team, 1)}": text}
    shown = client.post(url, form).context["form"]
    assert list(shown.errors) == [f"text_{key(team, 1)}"]
    assert [section["field"].value() for section in shown.sections()[:2]] == ["Vi lærer sammen.", text]
    assert TeamContract.objects.count() == 0


def test_digits_that_are_no_cpr_number_are_confirmed_and_logged(
    client: Client, url: str, team: Team, member: User
) -> None:
    client.post(url, {**opened(team), f"text_{key(team)}": WITH_DIGITS, "not_cpr": "on"})
    assert draft_texts(team) == [WITH_DIGITS]
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.ContractSection.text")


def test_a_section_no_longer_offered_is_shown_while_it_says_something(client: Client, url: str, team: Team) -> None:
    make_contract(team, dt.date(2026, 1, 1), texts=("", "Vi er Nord."))
    first, second, third = ContractTemplateSection.objects.all()[:3]
    ContractTemplateSection.objects.filter(pk__in=[first.pk, second.pk]).update(is_offered=False)
    shown = [section["field"].label for section in client.get(url).context["form"].sections()]
    assert (first.title in shown, second.title in shown, third.title in shown) == (False, True, True)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_at_once_each_text_is_stored_or_given_back() -> None:
    ensure_contract_sections(ContractTemplateSection)
    team, person = make_team(), make_person()
    section = key(team)

    def write(text: str) -> tuple[str, dict[int, str]]:
        try:
            return text, write_contract(by=person, team=team, writings={section: Writing(text, "")})
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = dict(pool.map(write, [f"Tekst {number}" for number in range(24)]))
    (stored,) = draft_texts(team)
    assert [text for text, elsewhere in answers.items() if not elsewhere] == [stored]
    assert {given[section] for given in answers.values() if given} == {stored}
    assert TeamContract.objects.count() == 1
