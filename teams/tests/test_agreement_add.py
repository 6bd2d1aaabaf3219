"""A team writes down what it has agreed on."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.errors import RefusedError
from teams.actions import agree
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, Membership, Team
from tests.builders import make_leader, make_member, make_person, make_resource_person, make_team, make_unit

TEXT = "Vi prøver en ny dagsorden."
WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def url(team: Team, member: User) -> str:
    return reverse("teams:agreement_add", args=[team.pk])


def form(**values: Any) -> dict[str, Any]:
    return {"text": TEXT, "owner": "", "due_on": "2026-12-03", **values}


def test_what_was_agreed_stands_open_on_the_teams_list(client: Client, url: str, team: Team, member: User) -> None:
    response = client.post(url, form(owner=member.pk))
    assert response["Location"] == reverse("teams:team_agreements", args=[team.pk])
    row = Agreement.objects.get()
    assert (row.team, row.text, row.owner, row.due_on) == (team, TEXT, member, dt.date(2026, 12, 3))
    assert (row.agreed_on, row.state, row.source) == (
        dt.date(2026, 11, 24), AgreementState.OPEN, AgreementSource.TEAM,
    )  # fmt: skip


def test_nobody_named_is_the_team(client: Client, url: str) -> None:
    client.post(url, form())
    assert Agreement.objects.get().owner is None


def test_the_choices_are_the_members_and_the_resource_persons_of_today(
    client: Client, url: str, team: Team, member: User
) -> None:
    visitor = make_resource_person(team)
    former = make_person("Frida Forhenværende")
    Membership.objects.create(team=team, person=former, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2026, 11, 24))
    make_member(team, person=make_person("Dorte Deaktiveret", is_active=False))
    make_leader(team.unit)
    assert list(client.get(url).context["form"].fields["owner"].queryset) == [member, visitor]


@pytest.mark.parametrize("due_on", ["2026-11-23", "", "i morgen"])
def test_a_day_that_has_passed_and_what_is_no_day_are_refused(client: Client, url: str, due_on: str) -> None:
    response = client.post(url, form(due_on=due_on))
    assert list(response.context["form"].errors) == ["due_on"]
    assert response.context["form"]["text"].value() == TEXT
    assert Agreement.objects.count() == 0


def test_today_is_early_enough(client: Client, url: str) -> None:
    client.post(url, form(due_on="2026-11-24"))
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_an_empty_or_too_long_text_is_refused(client: Client, url: str, text: str) -> None:
    assert list(client.post(url, form(text=text)).context["form"].errors) == ["text"]
    assert Agreement.objects.count() == 0


def test_a_cpr_number_is_refused_and_what_is_none_confirmed_and_logged(client: Client, url: str, member: User) -> None:
    response = client.post(url, form(text=WITH_DIGITS))
    assert list(response.context["form"].errors) == ["text"]
    client.post(url, form(text=WITH_DIGITS, not_cpr="on"))
    assert Agreement.objects.get().text == WITH_DIGITS
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.Agreement.text")


def test_a_double_click_writes_once(client: Client, url: str) -> None:
    sent = form(token=str(uuid.uuid4()))
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Agreement.objects.count() == 1


def test_the_page_says_who_can_read_it_before_it_is_written(client: Client, url: str) -> None:
    assert "Lederen kan ikke se det i portalen, medmindre I deler det." in client.get(url).content.decode()


def test_the_rooms_above_name_the_leader_and_where_it_was_agreed(team: Team, member: User) -> None:
    leader = make_leader(team.unit)
    row = agree(
        by=member, team=team, text=TEXT, owner=leader, due_on=dt.date(2026, 12, 3),
        source=AgreementSource.GRUS, source_id=7,
    )  # fmt: skip
    assert (row.owner, row.source, row.source_id) == (leader, AgreementSource.GRUS, 7)


def test_someone_who_is_not_of_the_team_is_refused_whoever_asks(team: Team, member: User) -> None:
    stranger = make_leader(make_unit("Østerskolen"))
    with pytest.raises(RefusedError, match="Lone Leder"):
        agree(by=member, team=team, text=TEXT, owner=stranger, due_on=dt.date(2026, 12, 3))
    assert Agreement.objects.count() == 0


def test_a_day_that_has_passed_is_refused_whoever_asks(team: Team, member: User) -> None:
    with pytest.raises(RefusedError, match="Dagen er gået"):
        agree(by=member, team=team, text=TEXT, due_on=dt.date(2026, 11, 23))
