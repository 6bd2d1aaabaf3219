"""Cancelling a planned visit, after being asked once."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_visit


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    return make_visit(team, visitor, dt.date(2026, 12, 8))


def cancel(client: Client, visit: Visit) -> str:
    """Cancel, and give the kind of the answer."""
    response: Any = client.post(reverse("observations:visit_cancel", args=[visit.pk]), {"reason": "Jeg er syg."})
    visit.refresh_from_db()
    if response.status_code == 200:
        assert list(response.context["form"].errors) == ["__all__"]
        return "error"
    assert response["Location"] == reverse("observations:visit_detail", args=[visit.pk])
    return [message.level_tag for message in get_messages(response.wsgi_request)][-1]


def test_the_page_asks_and_does_nothing(client: Client, visit: Visit) -> None:
    response = client.get(reverse("observations:visit_cancel", args=[visit.pk]))
    assert response.context["visit"] == visit
    visit.refresh_from_db()
    assert visit.is_planned


def test_the_visit_is_cancelled(client: Client, visit: Visit) -> None:
    assert cancel(client, visit) == "success"
    assert (visit.state, visit.sequence, visit.reason) == (VisitState.CANCELLED, 1, "Jeg er syg.")
    assert "Jeg er syg." in client.get(reverse("observations:visit_detail", args=[visit.pk])).content.decode()


def test_why_is_asked(client: Client, visit: Visit) -> None:
    response = client.post(reverse("observations:visit_cancel", args=[visit.pk]), {"reason": " "})
    assert list(response.context["form"].errors) == ["reason"]
    visit.refresh_from_db()
    assert visit.is_planned


def test_cancelling_twice_changes_nothing(client: Client, visit: Visit) -> None:
    cancel(client, visit)
    assert cancel(client, visit) == "success"
    assert visit.sequence == 1


def test_a_held_visit_is_not_cancelled(client: Client, visit: Visit) -> None:
    visit.state = VisitState.HELD
    visit.save()
    assert cancel(client, visit) == "error"
    assert visit.state == VisitState.HELD
