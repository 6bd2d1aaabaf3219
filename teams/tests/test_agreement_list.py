"""My tasks: what one does oneself, what one's teams do together, and for a leader what comes from GRUS."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import AgreementSource, AgreementState, Helped
from teams.models import Membership, Team
from tests.builders import (
    make_agreement,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_unit,
)

DONE, DROPPED = AgreementState.DONE, AgreementState.DROPPED


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


def context(client: Client, query: str = "") -> Any:
    return client.get(reverse("teams:agreement_list") + query).context


def groups(client: Client) -> list[tuple[str, list[str]]]:
    return [(str(heading), [task.text for task in tasks]) for heading, tasks, _ in context(client)["groups"]]


def test_ones_own_stand_first_by_day_then_the_teams(client: Client, team: Team, member: User) -> None:
    other = make_team("Syd", unit=team.unit)
    make_member(other, person=member)
    make_agreement(team, "teamets")
    make_agreement(other, "det andet teams", due_on=dt.date(2026, 11, 25))
    make_agreement(team, "min", owner=member, due_on=dt.date(2026, 12, 9))
    make_agreement(other, "min, overskredet", owner=member, due_on=dt.date(2026, 11, 2))
    make_agreement(team, "en kollegas", owner=make_member(team, "Karl Kollega"))
    make_agreement(team, "min, gjort", owner=member, state=DONE)
    make_agreement(make_team("Vest"), "fremmedes")
    assert groups(client) == [
        ("Dine egne", ["min, overskredet", "min"]),
        ("Teamets fælles", ["det andet teams", "teamets"]),
    ]


def test_a_resource_person_has_the_tasks_of_the_teams_she_serves(client: Client, team: Team) -> None:
    visitor = make_resource_person(team)
    make_agreement(team, "teamets")
    make_agreement(team, "min", owner=visitor)
    client.force_login(visitor)
    assert groups(client) == [("Dine egne", ["min"]), ("Teamets fælles", ["teamets"])]


def test_a_leader_has_her_own_and_what_comes_from_grus(client: Client, team: Team) -> None:
    leader = make_leader(team.unit)
    from_grus: dict[str, Any] = {"source": AgreementSource.GRUS, "source_id": 1}
    make_agreement(team, "teamets")
    make_agreement(team, "delt med hende", is_shared=True)
    make_agreement(team, "hendes", owner=leader)
    make_agreement(team, "hendes fra GRUS", owner=leader, **from_grus)
    make_agreement(team, "fra GRUS", owner=make_member(team), **from_grus)
    make_agreement(make_team("Vest"), "fra en andens GRUS", **from_grus)
    client.force_login(leader)
    assert groups(client) == [
        ("Dine egne", ["hendes", "hendes fra GRUS"]),
        ("Fra GRUS med dine teams", ["fra GRUS"]),
    ]
    content = client.get(reverse("teams:agreement_list")).content.decode()
    assert [content.count(f"<span>{name}</span>") for name in ("Mette Medlem", "Lone Leder")] == [1, 0]


def test_the_tasks_of_a_team_one_has_left_or_that_has_ended_are_gone(client: Client, team: Team, member: User) -> None:
    make_agreement(team, owner=member)
    left, ended = make_team("Syd", unit=team.unit), make_team("Vest", ends_on=dt.date(2026, 11, 24))
    make_agreement(left, owner=member)
    Membership.objects.create(team=left, person=member, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 11, 24))
    make_agreement(ended, owner=member)
    make_member(ended, person=member)
    assert [task.team for task in context(client)["page"]] == [team]


def test_what_was_settled_in_the_last_months_has_a_page_of_its_own(client: Client, team: Team, member: User) -> None:
    make_agreement(team, "åben", owner=member)
    make_agreement(team, "gjort", owner=member, state=DONE, settled_on=dt.date(2026, 11, 1))
    make_agreement(team, "droppet", state=DROPPED, settled_on=dt.date(2026, 11, 3))
    make_agreement(team, "for længe siden", owner=member, state=DONE, settled_on=dt.date(2026, 5, 24))
    make_agreement(team, "en kollegas", owner=make_member(team, "Karl Kollega"), state=DONE)
    page = context(client, "?vis=faerdige")["page"]
    assert [task.text for task in page] == ["droppet", "gjort"]


def test_whether_it_helped_is_asked_when_its_day_has_come_and_not_for_ever(
    client: Client, team: Team, member: User
) -> None:
    def make(text: str, check_on: dt.date | None, **values: Any) -> None:
        make_agreement(team, text, state=DONE, check_on=check_on, **values)

    today = dt.date(2026, 11, 24)
    make("i dag", today)
    make("min", dt.date(2026, 11, 20), owner=member)
    make("i morgen", dt.date(2026, 11, 25))
    make("for længe siden", dt.date(2026, 9, 24))
    make("endnu", dt.date(2026, 9, 25))
    make("uden dag", None)
    make("besvaret", today, helped=Helped.NO, helped_on=today)
    make("en kollegas", today, owner=make_member(team, "Karl Kollega"))
    assert [task.text for task in context(client)["questions"]] == ["endnu", "min", "i dag"]


def test_a_leader_is_not_asked_about_what_others_did(client: Client, team: Team) -> None:
    leader = make_leader(team.unit)
    from_grus: dict[str, Any] = {"source": AgreementSource.GRUS, "source_id": 1, "check_on": dt.date(2026, 11, 20)}
    make_agreement(team, "teamets", state=DONE, **from_grus)
    make_agreement(team, "hendes", state=DONE, owner=leader, **from_grus)
    client.force_login(leader)
    assert [task.text for task in context(client)["questions"]] == ["hendes"]


def test_only_some_questions_come_at_a_time(client: Client, team: Team, member: User) -> None:
    for _ in range(6):
        make_agreement(team, state=DONE, check_on=dt.date(2026, 11, 20))
    assert len(context(client)["questions"]) == 5


def test_someone_without_a_team_meets_an_empty_page_and_no_link_to_it(client: Client, team: Team, member: User) -> None:
    link = reverse("teams:agreement_list")
    assert link in [place.url for place in context(client)["nav"]]
    for stranger in (make_person(), make_learning_partner(team.unit)):
        client.force_login(stranger)
        found = context(client)
        assert (list(found["page"]), link in [place.url for place in found["nav"]]) == ([], False)


@pytest.mark.parametrize("query", ["?vis=andet", "?page=99", "?page=x"])
def test_an_address_that_makes_no_sense_shows_what_is_open(
    client: Client, team: Team, member: User, query: str
) -> None:
    make_agreement(team, "teamets")
    assert [task.text for task in context(client, query)["page"]] == ["teamets"]


def test_the_list_comes_by_the_page(client: Client, team: Team, member: User, settings: Any) -> None:
    settings.PAGE_SIZE = 2
    for day in (1, 2, 3):
        make_agreement(team, str(day), due_on=dt.date(2026, 12, day))
    assert [task.text for task in context(client, "?page=2")["page"]] == ["3"]
