"""What whoever takes over a team must know."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.enums import AgreementState
from teams.models import ResourcePerson, Team, TeamContract
from tests.builders import (
    make_agreement,
    make_contract,
    make_grus,
    make_leader,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_visit,
)
from tests.cycle_builders import make_cycle

DAY = dt.timedelta(days=1)
SECTIONS = ["status", "people", "contract", "plans", "grus", "agreements"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def successor(team: Team, client: Client) -> User:
    """She took over twenty days ago."""
    person, before = make_person("Sanne"), make_resource_person(team, name="Rikke")
    began = today() - 20 * DAY
    ResourcePerson.objects.filter(person=before).update(ends_on=began)
    ResourcePerson.objects.create(team=team, person=person, starts_on=began)
    client.force_login(person)
    return person


def page(client: Client, team: Team) -> Any:
    return client.get(reverse("dashboard:handover_team", args=[team.pk]))


def sections(response: Any) -> dict[str, Any]:
    return {section.key: section.content for section in response.context["sections"]}


def test_a_team_of_which_nothing_is_known_yet_has_every_section(client: Client, team: Team, successor: User) -> None:
    response = page(client, team)
    assert list(sections(response)) == SECTIONS
    assert sections(response)["contract"]["contract"] is None


def test_it_tells_who_was_there_before(client: Client, team: Team, successor: User) -> None:
    make_member(team, "Anne")
    people = sections(page(client, team))["people"]
    told = {key: [row.person.name for row in people[key]] for key in ("serving", "before", "members")}
    assert told == {"serving": ["Sanne"], "before": ["Rikke"], "members": ["Anne"]}
    assert not people["may_hand_over"]


def test_it_tells_the_two_lines_the_plans_and_the_last_grus(client: Client, team: Team, successor: User) -> None:
    contract = make_contract(team, today() - 30 * DAY, texts=("Vi lærer sammen.",))
    TeamContract.objects.filter(pk=contract.pk).update(first_line="Vi lægger bøvlet på bordet.")
    make_meeting(team, today() + DAY)
    make_visit(team, successor, today() + 2 * DAY)
    make_grus(team, today() - 90 * DAY)
    make_grus(team, today() - 400 * DAY)
    response = page(client, team)
    found = sections(response)
    assert b"Vi l\xc3\xa6gger b\xc3\xb8vlet p\xc3\xa5 bordet." in response.content
    assert b"Vi l\xc3\xa6rer sammen." not in response.content
    assert [meeting.on for meeting in found["plans"]["meetings"]] == [today() + DAY]
    assert [visit.on for visit in found["plans"]["visits"]] == [today() + 2 * DAY]
    assert found["grus"]["last"].on == today() - 90 * DAY


def test_it_tells_which_cycle_the_team_is_in(client: Client, team: Team, successor: User) -> None:
    make_cycle(team, "Afsluttet", begun_on=today() - 90 * DAY, closed_on=today() - 30 * DAY)
    make_cycle(team, "Bedre spørgsmål", phase=2, goal="Flere kommer til orde.", focus="Hvem taler?")
    response = page(client, team)
    told = [(cycle.title, cycle.phase.title) for cycle in sections(response)["cycles"]["cycles"]]
    assert told == [("Bedre spørgsmål", "Observér")]
    assert "Flere kommer til orde." in response.content.decode()
    client.force_login(make_leader(team.unit))
    assert "Hvem taler?" not in page(client, team).content.decode()


def test_what_was_the_predecessors_to_do_needs_somebody_else(client: Client, team: Team, successor: User) -> None:
    before = User.objects.get(name="Rikke")
    member = make_member(team)
    for text, owner in (("hers", before), ("ours", None), ("mine", member)):
        make_agreement(team, text, due_on=today() + 9 * DAY, owner=owner)
    make_agreement(team, "done", state=AgreementState.DONE)
    told = sections(page(client, team))["agreements"]["agreements"]
    assert [(row.text, row.owner_has_left) for row in told] == [("hers", True), ("ours", False), ("mine", False)]


def test_a_leader_reads_only_what_the_team_has_shared(client: Client, team: Team) -> None:
    make_agreement(team, "kun os")
    make_agreement(team, "også lederen", is_shared=True)
    client.force_login(make_leader(team.unit))
    response = page(client, team)
    assert [row.text for row in sections(response)["agreements"]["agreements"]] == ["også lederen"]
    assert b"kun os" not in response.content


def test_a_leader_finds_the_way_to_let_another_take_over(client: Client, team: Team, successor: User) -> None:
    url = reverse("teams:handover_resource_person", args=[ResourcePerson.objects.get(person=successor).pk]).encode()
    assert url not in page(client, team).content
    client.force_login(make_leader(team.unit))
    assert url in page(client, team).content


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (59, True), (60, False)])
def test_her_front_page_leads_here_for_sixty_days(
    client: Client, team: Team, successor: User, days: int, *, is_shown: bool
) -> None:
    ResourcePerson.objects.filter(person=successor).update(starts_on=today() - days * DAY)
    link = reverse("dashboard:handover_team", args=[team.pk]).encode()
    assert (link in client.get(reverse("dashboard:resource_person")).content) is is_shown


def test_nothing_is_taken_over_in_a_team_that_began_with_her(client: Client, team: Team, successor: User) -> None:
    Team.objects.filter(pk=team.pk).update(starts_on=today() - 20 * DAY)
    assert client.get(reverse("dashboard:resource_person")).context["taken_over"] == []


def test_the_teams_page_leads_here(client: Client, team: Team, successor: User) -> None:
    link = reverse("dashboard:handover_team", args=[team.pk]).encode()
    assert link in client.get(reverse("dashboard:team_detail", args=[team.pk])).content
    client.force_login(make_member(team))
    assert link not in client.get(reverse("dashboard:team_detail", args=[team.pk])).content
