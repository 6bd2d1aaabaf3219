"""A GRUS is cancelled with a line why, and what people had prepared for it is gone."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import GrusState
from teams.models import Grus, GrusPreparation
from tests.builders import make_grus, make_leader, make_member, make_team


@pytest.fixture
def grus(db: None, tuesday: dt.date, client: Client) -> Grus:
    team = make_team("Rekruttering")
    client.force_login(make_leader(team.unit))
    return make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED)


@pytest.fixture
def url(grus: Grus) -> str:
    return reverse("teams:grus_cancel", args=[grus.pk])


@pytest.mark.parametrize("state", [GrusState.PLANNED, GrusState.PROPOSED])
def test_it_is_cancelled_and_the_team_sees_why(client: Client, url: str, grus: Grus, state: GrusState) -> None:
    Grus.objects.filter(pk=grus.pk).update(state=state)
    GrusPreparation.objects.create(grus=grus, person=make_member(grus.team), text="Kun mit.")
    response = client.post(url, {"reason": "Vi er kun to den dag."})
    listed = reverse("teams:grus_list", args=[grus.team_id])
    assert response["Location"] == listed
    grus.refresh_from_db()
    assert (grus.state, grus.reason) == (GrusState.CANCELLED, "Vi er kun to den dag.")
    assert GrusPreparation.objects.count() == 0
    client.force_login(make_member(grus.team))
    assert "Vi er kun to den dag." in client.get(listed).content.decode()


def test_a_line_why_is_asked_for(client: Client, url: str, grus: Grus) -> None:
    assert list(client.post(url, {"reason": " "}).context["form"].errors) == ["reason"]
    grus.refresh_from_db()
    assert grus.state == GrusState.PLANNED


def test_what_is_held_is_not_cancelled(client: Client, url: str, grus: Grus) -> None:
    Grus.objects.filter(pk=grus.pk).update(state=GrusState.HELD, leader_present=True)
    response = client.post(url, {"reason": "Alligevel ikke."})
    assert response.context["form"].non_field_errors() == ["GRUS er allerede holdt eller aflyst."]


def test_a_member_does_not_cancel_it(client: Client, url: str, grus: Grus) -> None:
    client.force_login(make_member(grus.team))
    assert client.post(url, {"reason": "Vi kan ikke."}).status_code == 403
