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
from slf_portal.notifications.models import LedgerEntry
from teams.models import Team
from tests.builders import make_meeting, make_resource_person, make_team, make_visit
from tests.visit_booking_world import make_absence

FORM = {"on": "2026-12-10", "begins": "13:00", "ends": "14:00"}


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    return make_visit(team, visitor, dt.date(2026, 12, 8))


def move(client: Client, visit: Visit, **changed: Any) -> Any:
    url = reverse("observations:visit_move", args=[visit.pk])
    response = client.post(url, {**FORM, "version": visit.version, **changed})
    visit.refresh_from_db()
    return response


def test_the_visit_is_moved(client: Client, visit: Visit, team: Team) -> None:
    response = move(client, visit)
    assert response["Location"] == reverse("observations:visit_detail", args=[visit.pk])
    assert visit.starts_at == at(dt.date(2026, 12, 10), dt.time(13))
    assert (visit.sequence, visit.version) == (1, 1)


def test_it_is_moved_to_a_meeting(client: Client, visit: Visit, team: Team) -> None:
    meeting = make_meeting(team, dt.date(2026, 12, 17))
    move(client, visit, meeting=meeting.pk)
    assert (visit.meeting, visit.starts_at) == (meeting, meeting.starts_at)


def test_a_colleague_takes_it_over_and_both_are_told(client: Client, visit: Visit, team: Team, visitor: User) -> None:
    colleague = make_resource_person(team, name="Kaja Kollega")
    hand_over(client, visit, colleague)
    assert visit.visitor == colleague
    assert set(LedgerEntry.objects.values_list("recipient_id", flat=True)) == {visitor.pk, colleague.pk}


def test_a_colleague_who_is_busy_does_not(client: Client, visit: Visit, team: Team, visitor: User) -> None:
    colleague = make_resource_person(team, name="Kaja Kollega")
    make_absence(colleague, visit.on)
    response = hand_over(client, visit, colleague)
    assert list(response.context["form"].errors) == ["visitor"]
    assert response.context["in_the_way"][0].startswith("Kaja Kollega er væk")
    assert visit.visitor == visitor


def test_a_stranger_does_not(client: Client, visit: Visit, visitor: User) -> None:
    stranger = make_resource_person(make_team())
    assert list(hand_over(client, visit, stranger).context["form"].errors) == ["visitor"]
    assert visit.visitor == visitor


def hand_over(client: Client, visit: Visit, colleague: User) -> Any:
    url = reverse("observations:visit_hand_over", args=[visit.pk])
    response = client.post(url, {"visitor": colleague.pk, "version": visit.version})
    visit.refresh_from_db()
    return response


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
