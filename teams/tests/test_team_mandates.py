"""What a team has been asked to take on."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_leader, make_mandate, make_member, make_resource_person, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


def page(client: Client, reader: User, team: Team, **query: Any) -> Any:
    client.force_login(reader)
    return client.get(reverse("teams:team_mandates", args=[team.pk]), query)


def test_those_to_the_team_and_about_it_and_no_others(client: Client, team: Team) -> None:
    person = make_resource_person(team)
    to_team, about_team = make_mandate(team), make_mandate(team, person)
    make_mandate(None, person, unit=team.unit)
    make_mandate(make_team("Syd", unit=team.unit))
    assert list(page(client, make_member(team), team).context["page"]) == [to_team, about_team]


def test_the_leader_writes_to_the_team_from_here(client: Client, team: Team) -> None:
    address = f"{reverse('teams:mandate_write', args=[team.unit_id])}?team={team.pk}"
    assert address in page(client, make_leader(team.unit), team).content.decode()
    assert address not in page(client, make_member(team), team).content.decode()


def test_a_deadline_that_has_passed(client: Client, team: Team) -> None:
    make_mandate(team, due_on=dt.date(2026, 11, 3))
    make_mandate(team, due_on=dt.date(2026, 11, 24))
    html = page(client, make_member(team), team).content.decode()
    assert (html.count("fristen var 3. nov."), html.count("frist 24. nov.")) == (1, 1)


def test_it_is_a_place_of_the_team_for_who_may_read_it(client: Client, team: Team) -> None:
    html = page(client, make_member(team), team).content.decode()
    assert f'href="{reverse("teams:team_mandates", args=[team.pk])}" aria-current="page"' in html


def test_three_cost_what_one_costs(client: Client, team: Team) -> None:
    member, person, counts = make_member(team), make_resource_person(team), []
    for number in (1, 1, 2):  # the first reads what is read once per process
        for _ in range(number):
            make_mandate(team, person)
        with CaptureQueriesContext(connection) as queries:
            page(client, member, team)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_it_is_paged(client: Client, team: Team, settings: Any) -> None:
    settings.PAGE_SIZE = 2
    for _ in range(3):
        make_mandate(team)
    assert len(page(client, make_member(team), team, page=2).context["page"]) == 1
