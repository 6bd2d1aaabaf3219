"""From draft to contract in force, and the version before it."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import ContractState
from teams.models import ContractSection, ContractTemplateSection, Team, TeamContract
from tests.builders import make_contract, make_leader, make_member, make_team

LINES = {"first_line": "Vi lægger bøvlet på bordet.", "second_line": "Vi slutter til tiden."}


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def before(team: Team) -> TeamContract:
    return make_contract(team, dt.date(2025, 11, 24), texts=("Vi mødes hver uge.", "Vi er Nord."))


@pytest.fixture
def draft(team: Team, before: TeamContract) -> TeamContract:
    return make_contract(team, None, texts=("Vi mødes hver måned.", "Vi er Nord."))


@pytest.fixture
def url(team: Team, client: Client) -> str:
    client.force_login(make_member(team))
    return reverse("teams:contract_put_in_force", args=[team.pk])


def states(team: Team) -> list[tuple[str, dt.date | None]]:
    return list(TeamContract.objects.filter(team=team).order_by("pk").values_list("state", "in_force_on"))


def test_the_draft_replaces_the_version_before(
    client: Client, url: str, team: Team, draft: TeamContract, tuesday: dt.date
) -> None:
    response = client.post(url, LINES)
    assert response["Location"] == reverse("teams:contract_detail", args=[team.pk])
    assert states(team) == [(ContractState.REPLACED, dt.date(2025, 11, 24)), (ContractState.IN_FORCE, tuesday)]
    draft.refresh_from_db()
    assert (draft.first_line, draft.second_line) == (LINES["first_line"], LINES["second_line"])


def test_the_page_tells_what_changes_section_by_section(client: Client, url: str, draft: TeamContract) -> None:
    first, second = client.get(url).context["differences"]
    assert [(piece.text, piece.is_added, piece.is_removed) for piece in first.pieces] == [
        ("Vi mødes hver ", False, False),
        ("uge.", False, True),
        ("måned.", True, False),
    ]
    assert (first.is_changed, second.is_changed) == (True, False)


def test_the_lines_of_the_version_before_are_offered_again(client: Client, url: str, draft: TeamContract) -> None:
    TeamContract.objects.filter(state=ContractState.IN_FORCE).update(**LINES)
    form = client.get(url).context["form"]
    assert {name: form[name].value() for name in LINES} == LINES


def test_a_contract_that_still_holds_is_renewed_without_a_change(
    client: Client, url: str, team: Team, before: TeamContract, tuesday: dt.date
) -> None:
    make_contract(team, None, texts=("Vi mødes hver uge.", "Vi er Nord."))
    client.post(url, LINES)
    assert states(team)[1] == (ContractState.IN_FORCE, tuesday)


def test_a_double_click_puts_one_version_in_force(client: Client, url: str, team: Team, draft: TeamContract) -> None:
    form = {**LINES, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert [state for state, _day in states(team)] == [ContractState.REPLACED, ContractState.IN_FORCE]


def test_without_a_draft_nothing_comes_into_force(client: Client, url: str, team: Team, before: TeamContract) -> None:
    response = client.post(url, LINES)
    assert response.context["form"].non_field_errors() == [
        "Der er ingen kladde: En kollega har måske allerede ladet den træde i kraft."
    ]
    assert states(team) == [(ContractState.IN_FORCE, dt.date(2025, 11, 24))]


def test_an_empty_draft_does_not_come_into_force(client: Client, url: str, team: Team, before: TeamContract) -> None:
    make_contract(team, None, texts=("", ""))
    response = client.post(url, LINES)
    assert response.context["form"].non_field_errors() == [
        "Der står ikke noget i kladden endnu. Skriv mindst ét afsnit."
    ]
    assert states(team)[0] == (ContractState.IN_FORCE, dt.date(2025, 11, 24))


@pytest.mark.parametrize("line", ["x" * 161, "Ring på 010190-1234."])
def test_a_line_that_is_refused_stays_on_the_page(
    client: Client, url: str, team: Team, draft: TeamContract, line: str
) -> None:
    form = client.post(url, {**LINES, "second_line": line}).context["form"]
    assert (list(form.errors), form["second_line"].value(), form["first_line"].value()) == (
        ["second_line"],
        line,
        LINES["first_line"],
    )
    assert states(team)[1] == (ContractState.DRAFT, None)


def test_what_is_in_force_is_not_rewritten_by_anybody(team: Team, before: TeamContract) -> None:
    with pytest.raises(DatabaseError, match="is not rewritten"), transaction.atomic():
        ContractSection.objects.filter(contract=before).update(text="Noget andet.")
    template = ContractTemplateSection.objects.create(title="Et nyt afsnit")
    with pytest.raises(DatabaseError, match="is not rewritten"), transaction.atomic():
        before.sections.create(template=template, title=template.title, position=11, text="Noget mere.")


def test_members_are_asked_and_the_leader_is_told_on_their_front_pages(
    client: Client, url: str, team: Team, draft: TeamContract
) -> None:
    member: User = team.membership_rows.get().person
    leader = make_leader(team.unit)
    client.post(url, LINES)
    (own,) = client.get(reverse("dashboard:member")).context["teams"]
    assert own.to_agree == draft
    draft.yes_rows.create(person=member)
    (own,) = client.get(reverse("dashboard:member")).context["teams"]
    assert own.to_agree is None
    client.force_login(leader)
    todos = client.get(reverse("dashboard:leader")).context["todos"]
    assert [(todo.text, todo.url) for todo in todos if "teamkontrakt" in todo.text] == [
        ("Nord har en teamkontrakt fra tirsdag 24. november.", reverse("teams:contract_detail", args=[team.pk]))
    ]
