"""The front page leads to the person's first role."""

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import (
    make_administrator,
    make_central,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_team_leader,
)


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord")


def first_page(client: Client, person: User) -> str:
    client.force_login(person)
    return client.get(reverse("dashboard:home"))["Location"]


def test_each_role_has_its_page(client: Client, team: Team) -> None:
    pages = {
        "leader": make_leader(team.unit),
        "resource_person": make_resource_person(team),
        "learning_partner": make_learning_partner(team.unit),
        "member": make_member(team),
        "administrator": make_administrator(),
        "overview": make_central(CentralRole.SECTION_LEADER),
    }
    found = {page: first_page(client, person) for page, person in pages.items()}
    assert found == {page: reverse(f"dashboard:{page}") for page in pages}


def test_who_leads_a_team_opens_the_leader_s_page(client: Client, team: Team) -> None:
    assert first_page(client, make_team_leader(team)) == reverse("dashboard:leader")


def test_who_holds_several_roles_sees_each_of_them_in_the_navigation(client: Client, team: Team) -> None:
    person = make_resource_person(team)
    make_member(make_team("Syd"), person=person)
    assert first_page(client, person) == reverse("dashboard:resource_person")
    nav = client.get(reverse("dashboard:member")).context["nav"]
    assert [(place.url, place.is_current) for place in nav] == [
        (reverse("dashboard:resource_person"), False),
        (reverse("dashboard:member"), True),
        (reverse("teams:agreement_list"), False),
    ]


def test_who_has_no_role_is_told_whom_to_ask(client: Client, db: None) -> None:
    client.force_login(make_person())
    response = client.get(reverse("dashboard:home"))
    assert (response.status_code, response.context["nav"]) == (200, [])
