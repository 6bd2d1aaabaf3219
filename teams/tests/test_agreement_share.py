"""A team lets its leader read something it has agreed on, or takes that back."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from teams.models import Agreement, Team
from tests.builders import make_agreement, make_leader, make_member, make_team, make_unit


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def agreement(team: Team, client: Client) -> Agreement:
    client.force_login(make_member(team))
    return make_agreement(team, "Vi siger det højt.")


def press(client: Client, agreement: Agreement, is_shared: str, version: int = 0) -> list[str]:
    url = reverse("teams:agreement_share", args=[agreement.pk])
    response = client.post(url, {"is_shared": is_shared, "version": version})
    assert response["Location"] == reverse("teams:team_agreements", args=[agreement.team_id])
    agreement.refresh_from_db()
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def leader_reads(team: Team) -> bool:
    client = Client()
    client.force_login(make_leader(team.unit))
    return "Vi siger det højt." in client.get(reverse("teams:team_agreements", args=[team.pk])).content.decode()


def test_the_leader_reads_it_until_it_is_taken_back(client: Client, team: Team, agreement: Agreement) -> None:
    assert not leader_reads(team)
    press(client, agreement, "1")
    assert leader_reads(team)
    press(client, agreement, "0", version=1)
    assert not leader_reads(team)


def test_other_words_than_those_on_the_page_are_not_shared(client: Client, agreement: Agreement) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(text="Noget andet.", version=1)
    assert press(client, agreement, "1") == ["error"]
    assert not agreement.is_shared


def test_a_double_click_is_one(client: Client, agreement: Agreement) -> None:
    press(client, agreement, "1")
    assert press(client, agreement, "1")[-1] == "success"
    assert (agreement.is_shared, agreement.version) == (True, 1)
