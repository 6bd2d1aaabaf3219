"""The team's learning cycles: what runs, what is closed, and to whom."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_leader, make_learning_partner
from tests.cycle_builders import make_cycle


@pytest.fixture
def url(team: Team, tuesday: dt.date) -> str:
    return reverse("learningcycle:cycle_list", args=[team.pk])


def test_a_team_without_a_cycle_is_offered_the_first_step(client: Client, url: str, team: Team, member: User) -> None:
    page = client.get(url).content.decode()
    assert "Ingen læringscirkel i gang" in page
    assert f'href="{reverse("learningcycle:cycle_begin", args=[team.pk])}">Begynd en læringscirkel' in page


def test_a_leader_is_not_asked_to_begin_one(client: Client, url: str, team: Team) -> None:
    client.force_login(make_leader(team.unit))
    page = client.get(url).content.decode()
    assert "Ingen læringscirkel i gang" in page
    assert reverse("learningcycle:cycle_begin", args=[team.pk]) not in page


def test_what_runs_stands_before_what_is_closed(
    client: Client, url: str, team: Team, member: User, tuesday: dt.date
) -> None:
    make_cycle(team, "En rolig start", begun_on=dt.date(2026, 3, 2), closed_on=dt.date(2026, 6, 1))
    make_cycle(team, "Fælles sprog", begun_on=dt.date(2026, 6, 2), closed_on=dt.date(2026, 9, 1))
    make_cycle(team, "Bedre spørgsmål", phase=3)
    context = client.get(url).context
    assert [(cycle.title, is_asked) for cycle, is_asked in context["running"]] == [("Bedre spørgsmål", False)]
    assert [cycle.title for cycle in context["page"]] == ["Fælles sprog", "En rolig start"]


@pytest.mark.parametrize(("begun", "asked"), [(dt.date(2026, 5, 24), True), (dt.date(2026, 5, 25), False)])
def test_six_months_old_it_asks_to_adjust_or_close(
    client: Client,
    url: str,
    team: Team,
    member: User,
    begun: dt.date,
    asked: bool,  # noqa: FBT001 - expected
) -> None:
    make_cycle(team, begun_on=begun)
    assert ("Juster eller afslut?" in client.get(url).content.decode()) is asked


def test_who_supports_the_team_sees_titles_and_phases(client: Client, url: str, team: Team) -> None:
    make_cycle(team, "Bedre spørgsmål", phase=2, focus="Kun vores.", begun_on=dt.date(2025, 11, 24))
    client.force_login(make_learning_partner(team.unit))
    page = client.get(url).content.decode()
    assert "Bedre spørgsmål" in page
    assert "Observér" in page
    assert "Kun vores." not in page
    assert "Juster eller afslut?" not in page


def test_closed_ones_come_by_the_page(client: Client, url: str, team: Team, member: User) -> None:
    for number in range(60):
        make_cycle(team, f"Cirkel {number}", begun_on=dt.date(2025, 1, 1), closed_on=dt.date(2025, 6, 1))
    assert client.get(url).context["page"].has_next()


def test_more_cycles_cost_no_more_queries(client: Client, url: str, team: Team, member: User) -> None:
    def add(number: int) -> None:
        make_cycle(team, f"I gang {number}", begun_on=dt.date(2025, 1, 1))
        make_cycle(team, f"Afsluttet {number}", begun_on=dt.date(2025, 1, 1), closed_on=dt.date(2025, 6, 1))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    add(1)
    asked()
    with_one = asked()
    add(2)
    add(3)
    assert asked() == with_one
