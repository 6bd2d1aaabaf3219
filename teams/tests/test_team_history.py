"""Everything that was changed about a team and its people, whoever made it."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from teams.models import Team
from tests.builders import (
    make_administrator,
    make_leader,
    make_learning_partner,
    make_member,
    make_resource_person,
    make_stand_in,
    make_team,
    make_team_leader,
    make_unit,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def url(team: Team) -> str:
    return reverse("teams:team_history", args=[team.pk])


def test_it_is_about_the_team_its_roles_and_the_units_stand_ins(client: Client, url: str, team: Team) -> None:
    member = make_member(team)
    make_resource_person(team)
    make_team_leader(team)
    make_stand_in(team.unit)
    make_member(make_team("Syd", unit=team.unit))
    client.force_login(member)
    about = [change.about for change in client.get(url).context["page"]]
    assert sorted(about) == [
        "Ansvarlig leder for et team",
        "Medlemskab",
        "Ressourceperson for et team",
        "Stedfortræder",
        "Team",
    ]


def test_a_change_in_the_portal_names_the_person(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    row = make_member(team).membership_rows.get()
    client.force_login(make_leader(team.unit))
    client.post(reverse("teams:member_end", args=[row.pk]), {"on": tuesday})
    (ended,) = (change for change in client.get(url).context["page"] if change.what == "ændret")
    assert (ended.by, ended.about) == ("Lone Leder", "Medlemskab")


def test_a_change_typed_in_sql_is_shown_with_the_database_role(client: Client, url: str, team: Team) -> None:
    client.force_login(make_member(team))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE teams_membership SET ends_on = '2027-01-01' WHERE team_id = %s", [team.pk])
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    response = client.get(url)
    (ended,) = (change for change in response.context["page"] if change.what == "ændret")
    assert ended.by == f"uden om portalen, af databaserollen {role}"
    assert ended.by in response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [(make_member, 200), (make_resource_person, 200), (make_team_leader, 200), (lambda team: make_administrator(), 200),
     (lambda team: make_learning_partner(team.unit), 403), (lambda team: make_member(make_team()), 404)],
    ids=["member", "resource person", "leader", "administrator", "learning partner", "stranger"],
)  # fmt: skip
def test_who_may_see_the_names_may_read_it(client: Client, url: str, team: Team, who: object, status: int) -> None:
    client.force_login(who(team))  # type: ignore[operator]
    assert client.get(url).status_code == status


def test_it_comes_by_the_page(client: Client, url: str, team: Team, settings: object) -> None:
    settings.PAGE_SIZE = 2  # type: ignore[attr-defined]
    for _ in range(3):
        make_member(team)
    client.force_login(make_leader(team.unit))
    page = client.get(url, {"page": 2}).context["page"]
    assert (page.paginator.count, page.number, len(page)) == (4, 2, 2)
