"""Did it help? The team's own answer, some time after."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import AgreementState, Helped
from teams.models import Agreement, Team
from tests.builders import make_agreement, make_member, make_team

NOTE = "Flere kom til orde."


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def done(team: Team, member: User) -> Agreement:
    return make_agreement(team, state=AgreementState.DONE, check_on=dt.date(2026, 11, 20))


def answer(client: Client, agreement: Agreement, helped: str, **values: Any) -> Any:
    url = reverse("teams:agreement_helped", args=[agreement.pk])
    response = client.post(url, {"helped": helped, "note": NOTE, "version": 0, **values})
    agreement.refresh_from_db()
    return response


@pytest.mark.parametrize("helped", Helped)
def test_the_answer_stands_with_its_day(client: Client, done: Agreement, helped: Helped) -> None:
    tasks = reverse("teams:agreement_list")
    assert answer(client, done, helped, fra=tasks)["Location"] == tasks
    assert (done.helped, done.helped_note, done.helped_on) == (helped, NOTE, dt.date(2026, 11, 24))


def test_the_line_may_be_left_out_and_the_answer_be_changed(client: Client, done: Agreement) -> None:
    answer(client, done, "no", note="")
    answer(client, done, "partly", version=1)
    assert (done.helped, done.helped_note, done.version) == (Helped.PARTLY, NOTE, 2)


@pytest.mark.parametrize("helped", ["", "meget"])
def test_another_answer_is_refused(client: Client, done: Agreement, helped: str) -> None:
    assert list(answer(client, done, helped).context["form"].errors) == ["helped"]
    assert done.helped == ""


@pytest.mark.parametrize("state", [AgreementState.OPEN, AgreementState.UNDER_WAY, AgreementState.DROPPED])
def test_only_what_is_done_can_have_helped(client: Client, team: Team, member: User, state: AgreementState) -> None:
    row = make_agreement(team, state=state)
    assert list(answer(client, row, "yes").context["form"].errors) == ["__all__"]
    assert row.helped == ""


def test_someone_changed_it_meanwhile(client: Client, done: Agreement) -> None:
    answer(client, done, "yes")
    assert list(answer(client, done, "no").context["form"].errors) == ["__all__"]
    assert done.helped == Helped.YES


def test_digits_are_asked_about_and_logged(client: Client, done: Agreement, member: User) -> None:
    assert list(answer(client, done, "yes", note="Ring på 010190-1234.").context["form"].errors) == ["note"]
    answer(client, done, "yes", note="Ring på 010190-1234.", not_cpr="on")
    assert done.helped == Helped.YES
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.Agreement.helped_note")
