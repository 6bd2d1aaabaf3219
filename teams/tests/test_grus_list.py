"""A team's GRUS: the one to come or the first step towards it, then the earlier ones."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import GrusSide, GrusState
from teams.models import Team
from tests.builders import (
    make_grus,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_team,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Rekruttering")


def page(client: Client, team: Team, person: User, **query: str) -> Any:
    client.force_login(person)
    return client.get(reverse("teams:grus_list", args=[team.pk]), query)


def links(client: Client, team: Team, person: User) -> dict[str, bool]:
    """Which of the two first steps the person is offered."""
    content = page(client, team, person).content.decode()
    return {name: reverse(f"teams:{name}", args=[team.pk]) in content for name in ("grus_plan", "grus_propose")}


def test_without_one_the_leader_plans_and_the_team_proposes(client: Client, team: Team) -> None:
    assert links(client, team, make_leader(team.unit)) == {"grus_plan": True, "grus_propose": False}
    assert links(client, team, make_member(team)) == {"grus_plan": False, "grus_propose": True}
    assert links(client, team, make_resource_person(team)) == {"grus_plan": False, "grus_propose": True}


def test_the_coming_stand_apart_from_the_earlier(client: Client, team: Team) -> None:
    held = make_grus(team, dt.date(2025, 11, 20))
    cancelled = make_grus(team, dt.date(2026, 1, 20), state=GrusState.CANCELLED)
    planned = make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED)
    proposed = make_grus(team, dt.date(2026, 12, 1), state=GrusState.PROPOSED)
    context = page(client, team, make_member(team)).context
    assert [grus for grus, _ in context["coming"]] == [proposed, planned]
    assert list(context["page"]) == [cancelled, held]
    assert context["to_hold"] is None


@pytest.mark.parametrize("day", [20, 24])
def test_one_whose_day_has_come_is_to_be_held(client: Client, team: Team, day: int) -> None:
    due = make_grus(team, dt.date(2026, 11, day), state=GrusState.PLANNED)
    response = page(client, team, make_member(team))
    assert response.context["to_hold"] == due
    assert reverse("teams:grus_hold", args=[due.pk]) in response.content.decode()


@pytest.mark.parametrize(("waits_for", "expected"), [(GrusSide.LEADER, [True, False]), (GrusSide.TEAM, [False, True])])
def test_a_proposal_is_answered_by_the_side_that_is_asked(
    client: Client, team: Team, waits_for: GrusSide, expected: list[bool]
) -> None:
    proposal = make_grus(team, dt.date(2026, 12, 3), state=GrusState.PROPOSED, waits_for=waits_for)
    link = reverse("teams:grus_answer", args=[proposal.pk]).encode()
    people = (make_leader(team.unit), make_member(team))
    assert [link in page(client, team, person).content for person in people] == expected


def test_who_only_supports_sees_status_and_not_the_list(client: Client, team: Team) -> None:
    assert page(client, team, make_learning_partner(team.unit)).status_code == 403
    assert page(client, team, make_person()).status_code == 404


def test_many_come_by_the_page_with_the_same_queries(client: Client, team: Team, settings: Any) -> None:
    settings.PAGE_SIZE = 3
    member = make_member(team)
    counts = []
    for years in ([2010], [2011, 2012, 2013]):
        for year in years:
            make_grus(team, dt.date(year, 3, 1), leader=make_person())
            make_grus(team, dt.date(year + 20, 3, 1), state=GrusState.PLANNED, leader=make_person())
        page(client, team, member)
        with CaptureQueriesContext(connection) as queries:
            page(client, team, member)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert [grus.on.year for grus in page(client, team, member, page="2").context["page"]] == [2010]
