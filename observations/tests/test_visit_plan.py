"""Planning, moving and cancelling a visit."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from observations.enums import VisitState
from observations.models import Visit
from tests.builders import make_learning_partner, make_resource_person, make_team, make_visit


def answers(visitor, **changed):
    return {
        "visitor": visitor.pk,
        "on": "2026-12-01",
        "begins": "10:00",
        "ends": "11:00",
        "token": str(uuid.uuid4()),
        **changed,
    }


@pytest.fixture
def address(team):
    return reverse("observations:visit_plan", args=[team.pk])


@pytest.fixture
def visitor(client, resource_person):
    client.force_login(resource_person)
    return resource_person


def test_a_resource_person_plans_her_visit(client, address, visitor, team):
    client.post(address, answers(visitor))
    visit = Visit.objects.get()
    assert (visit.team, visit.visitor, visit.on, visit.state) == (
        team,
        visitor,
        dt.date(2026, 12, 1),
        VisitState.PLANNED,
    )


def test_a_learning_partner_plans_for_a_resource_person(client, address, resource_person, team):
    client.force_login(make_learning_partner(team.unit))
    client.post(address, answers(resource_person))
    assert Visit.objects.get().visitor == resource_person


def test_a_double_click_plans_one_visit(client, address, visitor):
    twice = answers(visitor)
    for _ in range(2):
        client.post(address, twice)
    assert Visit.objects.count() == 1


def test_someone_from_another_unit_cannot_be_named(client, address, visitor):
    foreign = make_resource_person(make_team())
    response = client.post(address, answers(foreign))
    assert list(response.context["form"].errors) == ["visitor"]
    assert not Visit.objects.exists()


def test_a_day_that_has_passed_is_refused_and_the_text_kept(client, address, visitor):
    response = client.post(address, answers(visitor, on="2026-11-23"))
    assert list(response.context["form"].errors) == ["__all__"]
    assert response.context["form"]["on"].value() == "2026-11-23"


def test_a_member_does_not_plan_visits(as_member, address, resource_person):
    assert as_member.post(address, answers(resource_person)).status_code == 403
    assert not Visit.objects.exists()


def test_a_visit_moves_and_a_stale_page_is_refused(client, visitor, team):
    visit = make_visit(team, visitor, dt.date(2026, 12, 1))
    move = reverse("observations:visit_move", args=[visit.pk])
    client.post(move, answers(visitor, on="2026-12-03", version="0"))
    stale = client.post(move, answers(visitor, on="2026-12-04", version="0"))
    assert list(stale.context["form"].errors) == ["__all__"]
    visit.refresh_from_db()
    assert (visit.on, visit.sequence) == (dt.date(2026, 12, 3), 1)


def test_a_visit_is_cancelled_once(client, visitor, team):
    visit = make_visit(team, visitor, dt.date(2026, 12, 1))
    for _ in range(2):
        client.post(reverse("observations:visit_cancel", args=[visit.pk]))
    visit.refresh_from_db()
    assert (visit.state, visit.sequence) == (VisitState.CANCELLED, 1)
