"""Planning a visit."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import (
    make_learning_partner,
    make_meeting,
    make_member,
    make_resource_person,
    make_team,
    make_unit,
    make_visit,
)

DAY = dt.date(2026, 12, 8)
FORM = {"on": "2026-12-08", "begins": "10:00", "ends": "11:00"}


@pytest.fixture
def url(team: Team, visitor: User, tuesday: dt.date) -> str:
    return reverse("observations:visit_plan", args=[team.pk])


def test_the_visit_is_planned(client: Client, url: str, team: Team, visitor: User) -> None:
    response = client.post(url, {**FORM, "visitor": visitor.pk})
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    visit = Visit.objects.get()
    assert (visit.team, visit.visitor, visit.state, visit.is_evaluated) == (team, visitor, VisitState.PLANNED, False)
    assert (visit.starts_at, visit.ends_at) == (at(DAY, dt.time(10)), at(DAY, dt.time(11)))


def test_a_double_click_plans_once(client: Client, url: str, visitor: User) -> None:
    form = {**FORM, "visitor": visitor.pk, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [({"on": "2026-11-23"}, "__all__"), ({"ends": "09:00"}, "ends"), ({"visitor": ""}, "visitor")],
)
def test_a_visit_that_cannot_be_is_refused_and_kept_on_the_page(
    client: Client, url: str, visitor: User, wrong: dict[str, Any], where: str
) -> None:
    sent = {**FORM, "visitor": str(visitor.pk), **wrong}
    form = client.post(url, sent).context["form"]
    assert list(form.errors) == [where]
    assert {name: form[name].value() for name in sent} == sent
    assert Visit.objects.count() == 0


def test_two_visits_at_one_time_are_refused(client: Client, url: str, team: Team, visitor: User) -> None:
    make_visit(team, visitor, DAY)
    response = client.post(url, {**FORM, "visitor": visitor.pk})
    assert list(response.context["form"].errors) == ["__all__"]
    assert Visit.objects.count() == 1


def test_the_unit_s_own_people_can_visit(client: Client, url: str, team: Team, visitor: User) -> None:
    colleague = make_resource_person(make_team(unit=team.unit), name="Kaja Kollega")
    partner = make_learning_partner(team.unit)
    assert list(client.get(url).context["form"].fields["visitor"].queryset) == [colleague, partner, visitor]


def test_strangers_and_members_cannot_visit(client: Client, url: str, team: Team) -> None:
    strangers = [
        make_member(team),
        make_resource_person(make_team()),
        make_learning_partner(make_unit()),
        make_resource_person(make_team(unit=team.unit, ends_on=dt.date(2026, 11, 1))),
    ]
    for stranger in strangers[:3]:
        response = client.post(url, {**FORM, "visitor": stranger.pk})
        assert list(response.context["form"].errors) == ["visitor"]
    assert Visit.objects.count() == 0


def test_the_page_shows_when_the_team_meets(client: Client, url: str, team: Team) -> None:
    meeting = make_meeting(team, DAY)
    make_meeting(team, dt.date(2026, 11, 10))
    assert list(client.get(url).context["coming"]) == [meeting]
