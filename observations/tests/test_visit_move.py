"""Moving a planned visit, or handing it to another visitor."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import ResourcePerson, Team
from tests.builders import make_resource_person, make_team, make_visit

FORM = {"on": "2026-12-10", "begins": "13:00", "ends": "14:00"}


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    return make_visit(team, visitor, dt.date(2026, 12, 8))


def move(client: Client, visit: Visit, **changed: Any) -> Any:
    url = reverse("observations:visit_move", args=[visit.pk])
    response = client.post(url, {**FORM, "visitor": visit.visitor_id, "version": visit.version, **changed})
    visit.refresh_from_db()
    return response


def test_the_visit_is_moved(client: Client, visit: Visit, team: Team) -> None:
    response = move(client, visit)
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    assert visit.starts_at == at(dt.date(2026, 12, 10), dt.time(13))
    assert (visit.sequence, visit.version) == (1, 1)


def test_a_colleague_takes_it_over(client: Client, visit: Visit, team: Team) -> None:
    colleague = make_resource_person(team, name="Kaja Kollega")
    move(client, visit, visitor=colleague.pk)
    assert visit.visitor == colleague


def test_a_stranger_does_not(client: Client, visit: Visit, visitor: User) -> None:
    stranger = make_resource_person(make_team())
    assert list(move(client, visit, visitor=stranger.pk).context["form"].errors) == ["visitor"]
    assert visit.visitor == visitor


def test_a_visitor_who_has_left_can_stay_on_it(client: Client, visit: Visit, team: Team, tuesday: dt.date) -> None:
    make_resource_person(team, name="Kaja Kollega")
    leaver = make_resource_person(team, name="Lea Lever")
    ResourcePerson.objects.filter(person=leaver).update(ends_on=tuesday)
    Visit.objects.filter(pk=visit.pk).update(visitor=leaver)
    visit.refresh_from_db()
    assert move(client, visit).status_code == 302
    assert visit.visitor == leaver


def test_a_page_opened_before_another_change_is_refused_and_what_was_typed_kept(client: Client, visit: Visit) -> None:
    move(client, visit)
    form = move(client, visit, on="2026-12-15", version=0).context["form"]
    assert list(form.errors) == ["__all__"]
    assert (form["on"].value(), form["version"].value()) == ("2026-12-15", 1)
    assert visit.on == dt.date(2026, 12, 10)


@pytest.mark.parametrize("state", [VisitState.HELD, VisitState.CANCELLED])
def test_only_a_planned_visit_is_moved(client: Client, visit: Visit, state: VisitState) -> None:
    visit.state = state
    visit.save()
    assert list(move(client, visit).context["form"].errors) == ["__all__"]
    assert visit.on == dt.date(2026, 12, 8)
