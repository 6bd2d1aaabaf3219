"""Open, under way, done: with one click."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import AgreementSource, AgreementState, Helped
from teams.models import Agreement, Team
from tests.builders import make_agreement, make_leader, make_member, make_team, make_unit


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
    return make_agreement(team)


def press(client: Client, agreement: Agreement, state: str, version: int = 0, **values: Any) -> Any:
    url = reverse("teams:agreement_state", args=[agreement.pk])
    response = client.post(url, {"state": state, "version": version, **values})
    agreement.refresh_from_db()
    return response


def test_under_way_is_not_settled(client: Client, agreement: Agreement) -> None:
    response = press(client, agreement, "under_way")
    assert response["Location"] == reverse("teams:team_agreements", args=[agreement.team_id])
    assert (agreement.state, agreement.settled_on, agreement.version) == (AgreementState.UNDER_WAY, None, 1)


def test_done_has_its_day_and_is_asked_about_a_month_later(client: Client, agreement: Agreement) -> None:
    press(client, agreement, "done")
    assert (agreement.state, agreement.settled_on, agreement.check_on) == (
        AgreementState.DONE, dt.date(2026, 11, 24), dt.date(2026, 12, 24),
    )  # fmt: skip


def test_opened_again_it_forgets_how_it_was_settled(client: Client, team: Team, member: User) -> None:
    answer: dict[str, Any] = {"helped": Helped.YES, "helped_note": "Flere taler.", "helped_on": dt.date(2026, 11, 20)}
    done = make_agreement(team, state=AgreementState.DONE, check_on=dt.date(2026, 11, 20), **answer)
    dropped = make_agreement(team, state=AgreementState.DROPPED)
    for row in (done, dropped):
        press(client, row, "open")
        assert (row.state, row.settled_on, row.check_on, row.reason) == (AgreementState.OPEN, None, None, "")
        assert (row.helped, row.helped_note, row.helped_on) == ("", "", None)


def test_a_double_click_is_one(client: Client, agreement: Agreement) -> None:
    for _ in range(2):
        response = press(client, agreement, "done")
        assert [message.level_tag for message in get_messages(response.wsgi_request)][-1] == "success"
    assert agreement.version == 1


def test_what_someone_changed_meanwhile_is_not_pressed_away(client: Client, agreement: Agreement) -> None:
    press(client, agreement, "under_way")
    response = press(client, agreement, "done", version=0)
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["success", "error"]
    assert agreement.state == AgreementState.UNDER_WAY


@pytest.mark.parametrize("sent", [{"state": "dropped"}, {"state": "paid"}, {"state": ""}, {"version": "x"}])
def test_what_no_button_sends_is_refused(client: Client, agreement: Agreement, sent: dict[str, str]) -> None:
    url = reverse("teams:agreement_state", args=[agreement.pk])
    assert client.post(url, {"state": "done", "version": 0, **sent}).status_code == 400
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.OPEN


def test_digits_that_were_confirmed_once_are_not_asked_about_again(client: Client, team: Team, member: User) -> None:
    agreement = make_agreement(team, "Ring på 010190-1234.")
    press(client, agreement, "done")
    assert agreement.state == AgreementState.DONE


def test_a_leader_settles_what_she_does_herself_and_nothing_else(client: Client, team: Team) -> None:
    leader = make_leader(team.unit)
    client.force_login(leader)
    own = make_agreement(team, owner=leader)
    from_grus = make_agreement(team, source=AgreementSource.GRUS, source_id=1)
    assert [press(client, row, "done").status_code for row in (own, from_grus)] == [302, 403]
    assert [own.state, from_grus.state] == [AgreementState.DONE, AgreementState.OPEN]


def test_who_did_it_once_and_leads_another_team_now_is_a_stranger(client: Client, team: Team) -> None:
    former = make_leader(make_unit("Østerskolen"))
    client.force_login(former)
    assert press(client, make_agreement(team, owner=former), "done").status_code == 404


def test_one_comes_back_to_where_the_button_was(client: Client, agreement: Agreement) -> None:
    home = reverse("dashboard:member")
    assert press(client, agreement, "under_way", fra=home)["Location"] == home
    assert press(client, agreement, "open", version=1, fra="//example.org")["Location"] == reverse(
        "teams:team_agreements", args=[agreement.team_id]
    )
