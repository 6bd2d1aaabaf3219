"""The resource persons' word that a visit was held and the conversation evaluated, and taking it back."""

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

HELD, PLANNED, CANCELLED = VisitState.HELD, VisitState.PLANNED, VisitState.CANCELLED


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    return make_visit(team, visitor, dt.date(2026, 11, 10))


def say(client: Client, visit: Visit, verb: str, **answer: str) -> str:
    """Say it, and give the kind of the answer."""
    response: Any = client.post(reverse(f"observations:{verb}", args=[visit.pk]), answer)
    assert response["Location"] == reverse("dashboard:team_detail", args=[visit.team_id])
    visit.refresh_from_db()
    return [message.level_tag for message in get_messages(response.wsgi_request)][-1]


@pytest.mark.parametrize(("answer", "is_evaluated"), [("1", True), ("0", False), ("", False)])
def test_the_visit_was_held(client: Client, visit: Visit, answer: str, *, is_evaluated: bool) -> None:
    assert say(client, visit, "visit_held", is_evaluated=answer) == "success"
    assert (visit.state, visit.is_evaluated) == (HELD, is_evaluated)


def test_saying_it_again_corrects_it(client: Client, visit: Visit) -> None:
    say(client, visit, "visit_held", is_evaluated="0")
    say(client, visit, "visit_held", is_evaluated="1")
    assert visit.is_evaluated is True


@pytest.mark.parametrize(("on", "state"), [(dt.date(2026, 11, 25), PLANNED), (dt.date(2026, 11, 3), CANCELLED)])
def test_a_visit_to_come_or_a_cancelled_one_was_not_held(
    client: Client, team: Team, visit: Visit, on: dt.date, state: VisitState
) -> None:
    other = make_visit(team, visit.visitor, on, state=state)
    assert say(client, other, "visit_held", is_evaluated="1") == "error"
    assert other.state == state


def test_taking_it_back_leaves_it_planned(client: Client, visit: Visit) -> None:
    say(client, visit, "visit_held", is_evaluated="1")
    assert say(client, visit, "visit_reopen") == "success"
    assert (visit.state, visit.is_evaluated) == (PLANNED, False)
