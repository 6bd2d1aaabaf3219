"""A planned GRUS is moved."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import GrusState
from teams.models import Grus
from tests.builders import make_grus, make_leader, make_member, make_team

FORM = {"on": "2026-12-08", "begins": "13:00", "ends": "14:30", "version": "0"}


@pytest.fixture
def grus(db: None, tuesday: dt.date, client: Client) -> Grus:
    team = make_team("Rekruttering")
    client.force_login(make_leader(team.unit))
    return make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED, begins=dt.time(9))


@pytest.fixture
def url(grus: Grus) -> str:
    return reverse("teams:grus_move", args=[grus.pk])


def test_it_stands_on_its_new_day(client: Client, url: str, grus: Grus) -> None:
    response = client.post(url, FORM)
    assert response["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    grus.refresh_from_db()
    assert (grus.on, grus.begins, grus.ends) == (dt.date(2026, 12, 8), dt.time(13), dt.time(14, 30))
    assert (grus.state, grus.version) == (GrusState.PLANNED, 1)


def test_it_may_keep_its_day_and_change_its_hour(client: Client, url: str, grus: Grus) -> None:
    assert client.post(url, {**FORM, "on": "2026-12-03"}).status_code == 302


@pytest.mark.parametrize(("on", "ends", "field"), [("2026-12-05", "14:30", "on"), ("2026-12-08", "12:00", "ends")])
def test_what_cannot_be_is_refused_at_its_field(
    client: Client, url: str, grus: Grus, on: str, ends: str, field: str
) -> None:
    assert list(client.post(url, {**FORM, "on": on, "ends": ends}).context["form"].errors) == [field]
    grus.refresh_from_db()
    assert grus.on == dt.date(2026, 12, 3)


def test_a_page_opened_before_someone_elses_change_is_not_saved(client: Client, url: str, grus: Grus) -> None:
    client.post(url, FORM)
    response = client.post(url, {**FORM, "on": "2026-12-09"})
    assert len(response.context["form"].non_field_errors()) == 1
    grus.refresh_from_db()
    assert grus.on == dt.date(2026, 12, 8)


@pytest.mark.parametrize("state", [GrusState.HELD, GrusState.CANCELLED, GrusState.PROPOSED])
def test_only_what_is_planned_is_moved(client: Client, url: str, grus: Grus, state: GrusState) -> None:
    Grus.objects.filter(pk=grus.pk).update(state=state, leader_present=True)
    assert len(client.post(url, FORM).context["form"].non_field_errors()) == 1


def test_a_member_does_not_move_it(client: Client, url: str, grus: Grus) -> None:
    client.force_login(make_member(grus.team))
    assert client.post(url, FORM).status_code == 403
