"""Who has no visit planned, longest first."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from teams.enums import StandInTask
from teams.models import Team
from tests.builders import (
    make_all_terms,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_stand_in,
    make_team,
    make_visit,
)
from tests.visit_booking_world import make_offer

URL = reverse("observations:due_list")


@pytest.fixture
def teams(team: Team, tuesday: dt.date) -> dict[str, Team]:
    """Nord was visited in June, Syd in September, Vest is planned, Øst is choosing."""
    make_all_terms(unit=team.unit)
    found = {"Nord": team, **{name: make_team(name, unit=team.unit) for name in ("Syd", "Vest", "Øst")}}
    visitor = make_resource_person(*found.values())
    make_visit(found["Nord"], visitor, dt.date(2026, 6, 2), state=VisitState.HELD)
    make_visit(found["Syd"], visitor, dt.date(2026, 9, 1), state=VisitState.HELD)
    make_visit(found["Vest"], visitor, dt.date(2026, 12, 8))
    make_offer(found["Øst"], visitor, dt.date(2026, 12, 9))
    return found


def names(client: Client, person: User, words: str = "") -> list[tuple[str, str]]:
    client.force_login(person)
    return [(row.group, row.team.name) for row in client.get(URL, {"q": words} if words else {}).context["rows"]]


def test_who_waited_longest_stands_first(client: Client, teams: dict[str, Team]) -> None:
    expected = [("needs", "Nord"), ("needs", "Syd"), ("waits", "Øst"), ("planned", "Vest")]
    partner = make_learning_partner(teams["Nord"].unit)
    stand_in = make_person("Stine Stedfortræder")
    make_stand_in(teams["Nord"].unit, StandInTask.PLANNING, person=stand_in)
    for person in (partner, make_leader(teams["Nord"].unit), stand_in, Visit.objects.all()[0].visitor):
        assert names(client, person) == expected
    response = client.get(URL)
    assert reverse("observations:visit_book", args=[teams["Nord"].pk]) in response.content.decode()
    row = response.context["rows"][0]
    assert (row.last_on, row.by, row.usual) == (dt.date(2026, 6, 2), dt.date(2026, 9, 2), ("Rikke Ressource",))


def test_it_is_searched_by_team_and_unit(client: Client, teams: dict[str, Team]) -> None:
    partner = make_learning_partner(teams["Nord"].unit)
    assert names(client, partner, "syd") == [("needs", "Syd")]
    assert names(client, partner, "findes ikke") == []


def test_only_her_own_teams_stand_there(client: Client, teams: dict[str, Team]) -> None:
    other = make_team("Langt Væk")
    assert names(client, make_resource_person(other, name="Kaja Kollega")) == [("needs", "Langt Væk")]
    client.force_login(make_member(other))
    assert client.get(URL).status_code == 403


def test_a_list_costs_the_same_whatever_its_length(client: Client, teams: dict[str, Team]) -> None:
    partner = make_learning_partner(teams["Nord"].unit)
    client.force_login(partner)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(3):
        team = make_team(f"Nyt {number}", unit=teams["Nord"].unit)
        visitor = make_resource_person(team, name=f"Vera {number}")
        make_visit(team, visitor, dt.date(2026, 6, 3), state=VisitState.HELD)
        make_offer(team, visitor, dt.date(2026, 12, 10 + number))
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)
