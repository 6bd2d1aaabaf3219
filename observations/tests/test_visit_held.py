"""Saying that a visit was held and the conversation evaluated."""

import datetime as dt

import pytest
from django.urls import reverse

from learningcycle.tests.conftest import TUESDAY
from observations.enums import VisitState
from tests.builders import make_visit


@pytest.fixture
def visit(team, resource_person):
    return make_visit(team, resource_person, TUESDAY)


def say(client, visit, answer):
    response = client.post(reverse("observations:visit_held", args=[visit.pk]), {"is_evaluated": answer})
    visit.refresh_from_db()
    return response


def test_evaluated_then_corrected_then_taken_back(client, visit, resource_person):
    client.force_login(resource_person)
    say(client, visit, "1")
    assert (visit.state, visit.is_evaluated) == (VisitState.HELD, True)
    say(client, visit, "0")
    assert (visit.state, visit.is_evaluated) == (VisitState.HELD, False)
    client.post(reverse("observations:visit_reopen", args=[visit.pk]))
    visit.refresh_from_db()
    assert (visit.state, visit.is_evaluated) == (VisitState.PLANNED, False)


def test_a_visit_to_come_has_not_been_held(client, team, resource_person):
    client.force_login(resource_person)
    coming = make_visit(team, resource_person, TUESDAY + dt.timedelta(days=1))
    say(client, coming, "1")
    assert coming.state == VisitState.PLANNED


@pytest.mark.parametrize(("who", "answer"), [("as_member", 403), ("as_leader", 403), ("as_stranger", 404)])
def test_it_is_the_resource_persons_word(request, who, answer, visit):
    assert say(request.getfixturevalue(who), visit, "1").status_code == answer
    assert visit.state == VisitState.PLANNED
