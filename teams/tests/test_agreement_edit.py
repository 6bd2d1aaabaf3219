"""A team says it in other words, names someone else or finds another day."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, Membership, Team
from tests.builders import make_agreement, make_leader, make_member, make_person, make_team, make_unit

DUE = dt.date(2026, 12, 3)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def agreement(team: Team, member: User) -> Agreement:
    return make_agreement(team, due_on=DUE)


def edit(client: Client, agreement: Agreement, query: str = "", **values: Any) -> Any:
    opened = {"text": agreement.text, "owner": agreement.owner_id or "", "due_on": agreement.due_on, "version": 0}
    response = client.post(reverse("teams:agreement_edit", args=[agreement.pk]) + query, {**opened, **values})
    agreement.refresh_from_db()
    return response


def test_words_person_and_day_are_changed(client: Client, agreement: Agreement, member: User) -> None:
    response = edit(client, agreement, text="Vi prøver to.", owner=member.pk, due_on="2026-12-10")
    assert response["Location"] == reverse("teams:team_agreements", args=[agreement.team_id])
    assert (agreement.text, agreement.owner, agreement.due_on) == ("Vi prøver to.", member, dt.date(2026, 12, 10))
    assert agreement.version == 1


def test_whoever_comes_second_sees_that_someone_changed_it_and_keeps_her_words(
    client: Client, agreement: Agreement
) -> None:
    edit(client, agreement, text="Vi prøver to.")
    response = edit(client, agreement, text="Vi prøver tre.")
    form = response.context["form"]
    assert (list(form.errors), form["text"].value(), form["version"].value()) == (["__all__"], "Vi prøver tre.", 1)
    assert agreement.text == "Vi prøver to."
    edit(client, agreement, text="Vi prøver tre.", version=form["version"].value())
    assert agreement.text == "Vi prøver tre."


def test_an_overdue_day_may_stand_but_no_other_day_that_has_passed(client: Client, agreement: Agreement) -> None:
    passed = dt.date(2026, 11, 10)
    Agreement.objects.filter(pk=agreement.pk).update(due_on=passed)
    agreement.refresh_from_db()
    edit(client, agreement, text="Vi prøver to.")
    assert (agreement.text, agreement.due_on) == ("Vi prøver to.", passed)
    response = edit(client, agreement, due_on="2026-11-12", version=1)
    assert list(response.context["form"].errors) == ["due_on"]
    assert agreement.due_on == passed


def test_one_who_has_left_may_stand_and_the_team_may_name_another(
    client: Client, team: Team, agreement: Agreement, member: User
) -> None:
    former = make_person("Frida Forhenværende")
    Membership.objects.create(team=team, person=former, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2026, 11, 1))
    Agreement.objects.filter(pk=agreement.pk).update(owner=former)
    agreement.refresh_from_db()
    edit(client, agreement, text="Vi prøver to.")
    assert (agreement.text, agreement.owner) == ("Vi prøver to.", former)
    edit(client, agreement, owner=member.pk, version=1)
    assert agreement.owner == member
    assert list(edit(client, agreement, owner=former.pk, version=2).context["form"].errors) == ["owner"]


@pytest.mark.parametrize("state", [AgreementState.DONE, AgreementState.DROPPED])
def test_what_is_settled_is_not_rewritten(client: Client, team: Team, member: User, state: AgreementState) -> None:
    settled = make_agreement(team, state=state)
    response = edit(client, settled, text="Vi prøver to.")
    assert list(response.context["form"].errors) == ["__all__"]
    assert settled.text == "Vi prøver den nye dagsorden."


def test_digits_are_asked_about_once_more_and_logged(client: Client, agreement: Agreement, member: User) -> None:
    assert list(edit(client, agreement, text="Ring på 010190-1234.").context["form"].errors) == ["text"]
    edit(client, agreement, text="Ring på 010190-1234.", not_cpr="on")
    assert agreement.text == "Ring på 010190-1234."
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.Agreement.text")


@pytest.mark.parametrize("opened", [{"is_shared": True}, {"source": AgreementSource.GRUS, "source_id": 1}, "leader"])
def test_where_the_leader_reads_along_the_page_says_so(client: Client, team: Team, member: User, opened: Any) -> None:
    values = {"owner": make_leader(team.unit)} if opened == "leader" else opened
    agreement = make_agreement(team, **values)
    page = client.get(reverse("teams:agreement_edit", args=[agreement.pk])).content.decode()
    assert "Teamet, jeres ressourceperson og jeres leder kan læse det." in page
    assert "Lederen kan ikke se det" not in page


def test_one_comes_back_to_the_page_of_the_portal_one_came_from(client: Client, agreement: Agreement) -> None:
    tasks = reverse("teams:agreement_list")
    assert edit(client, agreement, f"?fra={tasks}")["Location"] == tasks
    elsewhere = edit(client, agreement, "?fra=https://example.org/", version=1)
    assert elsewhere["Location"] == reverse("teams:team_agreements", args=[agreement.team_id])
