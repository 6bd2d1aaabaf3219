"""A team's people: who they are, since when, who left, and who may do something about it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Membership, Team
from tests.builders import (
    SINCE,
    make_administrator,
    make_invitation,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_team_leader,
    make_unit,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def url(team: Team) -> str:
    return reverse("teams:team_people", args=[team.pk])


def left(team: Team, name: str, ends_on: dt.date) -> User:
    person = make_person(name)
    Membership.objects.create(team=team, person=person, starts_on=SINCE, ends_on=ends_on)
    return person


def test_it_names_everyone_with_a_role_now_or_soon(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    member, serving, leader = make_member(team), make_resource_person(team), make_team_leader(team)
    coming = make_person("Karl Kommer")
    Membership.objects.create(team=team, person=coming, starts_on=tuesday + dt.timedelta(days=7))
    client.force_login(member)
    roles = client.get(url).context["roles"]
    assert [row.person for row in roles.members] == [coming, member]
    assert ([row.person for row in roles.resource_persons], [row.person for row in roles.leaders]) == (
        [serving],
        [leader],
    )


def test_without_a_leader_of_its_own_the_units_leads_the_team(client: Client, url: str, team: Team) -> None:
    client.force_login(make_leader(team.unit))
    response = client.get(url)
    assert (response.context["roles"].leaders, response.context["unit_leaders"]) == ([], ["Lone Leder"])
    assert "Lone Leder <" in response.content.decode().replace("\n", "")


def test_who_left_within_a_year_stands_below_the_latest_first(
    client: Client, url: str, team: Team, tuesday: dt.date
) -> None:
    left(team, "Anna For Længst", tuesday - dt.timedelta(days=400))
    earlier = left(team, "Bo Før", tuesday - dt.timedelta(days=90))
    today = left(team, "Carl I Dag", tuesday)
    left(team, "Dan Kom Aldrig", SINCE)
    client.force_login(make_member(team))
    assert [row.person for row in client.get(url).context["left"]] == [today, earlier]


def test_a_leader_sees_who_has_not_answered_and_can_send_again(client: Client, url: str, team: Team) -> None:
    invited = make_member(team, "Nanna Ny")
    make_invitation(invited, token="kode")  # noqa: S106 - of nobody
    row = invited.membership_rows.get()
    again = reverse("teams:member_invite_again", args=[row.pk])
    client.force_login(make_leader(team.unit))
    assert again in client.get(url).content.decode()
    client.force_login(make_member(team))
    page = client.get(url).content.decode()
    assert ("Nanna Ny" in page, again in page, "Inviteret" in page) == (True, False, False)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (lambda team: make_leader(team.unit), {"add", "end", "serve", "lead", "change", "close"}),
        (make_team_leader, {"add", "end", "serve"}),
        (make_member, set()),
        (make_resource_person, set()),
        (lambda team: make_administrator(), set()),
    ],
    ids=["unit leader", "team leader", "member", "resource person", "administrator"],
)
def test_each_is_offered_what_she_may(client: Client, url: str, team: Team, who: object, offered: set[str]) -> None:
    row = make_member(team, "Mads Medlem").membership_rows.get()
    addresses = {
        "add": reverse("teams:member_add", args=[team.pk]),
        "end": reverse("teams:member_end", args=[row.pk]),
        "serve": reverse("teams:resource_person_add", args=[team.pk]),
        "lead": reverse("teams:team_leader_name", args=[team.pk]),
        "change": reverse("teams:team_change", args=[team.pk]),
        "close": reverse("teams:team_close", args=[team.pk]),
    }
    client.force_login(who(team))  # type: ignore[operator]
    page = client.get(url).content.decode()
    assert {word for word, address in addresses.items() if f'"{address}"' in page} == offered


def test_a_learning_partner_does_not_see_the_members(client: Client, url: str, team: Team) -> None:
    client.force_login(make_learning_partner(team.unit))
    assert client.get(url).status_code == 403


def test_a_stranger_sees_nothing(client: Client, url: str) -> None:
    client.force_login(make_member(make_team("Øst")))
    assert client.get(url).status_code == 404
