"""A stand-in does what she was given, in the unit it was given for, and nothing more: asked of every address."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from slf_portal.audit.queries import history_of
from slf_portal.common.dates import today
from teams.enums import StandInTask
from teams.models import UnitLeader
from teams.queries import standing_of
from tests.access_addresses import address_of, form_of
from tests.access_table import Row, read_rows
from tests.builders import PASSWORD, make_person, make_stand_in
from tests.calendar_server import CalendarServer
from tests.gathering_builders import ics
from tests.test_access_matrix import Visitor
from tests.world import OWN, PART, SAME_UNIT, UNIT_LEADER, WITHOUT_ROLES, World, make_world

HERS = {OWN, SAME_UNIT, PART}
# What everyone who belongs to the unit may read, and the team's page.
EVERYBODYS = {
    "dashboard:team_detail",
    *(f"dashboard:{name}" for name in ("year_wheel", "year_wheel_print", "year_wheel_pdf")),
    *(f"learningcycle:{name}" for name in ("meeting_detail", "cycle_list", "cycle_detail")),
    *(f"observations:{name}" for name in ("visit_detail", "offer_detail")),
    "teams:staircase_detail",
    "teams:staircase_history",
    "teams:role_description",
}
# What is somebody's own, or the unit's tools: there for those who take part, for nobody else.
NOT_HERS = (
    *(f"learningcycle:{name}_" for name in ("gathering", "gatherings", "snag", "template")),
    *(f"observations:{name}_" for name in ("absence", "peer")),
)
HERS_ALL_THE_SAME = {"learningcycle:gathering_series_create"}
PLANS = ("meeting_plan", "meeting_move", "meeting_cancel", "meetings_import", "rhythm", "rhythm_end")
PLANNING = {
    *(f"learningcycle:{name}" for name in PLANS),
    *(f"observations:visit_{name}" for name in ("book", "move", "cancel", "hand_over")),
    *(f"observations:offer_{name}" for name in ("times", "answer", "withdraw")),
    "observations:partner_visit_detail",
    "observations:due_list",
}
PEOPLE = {
    f"teams:{name}"
    for name in ("team_people", "team_history", "member_add", "member_invite", "member_invite_again", "member_end")
}
OPENED = {StandInTask.PLANNING: EVERYBODYS | PLANNING, StandInTask.PEOPLE: EVERYBODYS | PEOPLE}
FRONT = {"dashboard:home": "onward", "dashboard:overview": "yes", "learningcycle:template_list": "yes"}
ROWS = [row for row in read_rows() if not row.name.startswith(("demo:", "admin:"))]


@pytest.fixture
def world(db: None, outside: CalendarServer) -> World:
    outside.give("/mig.ics", ics())
    return make_world()


@pytest.fixture
def person(db: None) -> User:
    return make_person("Stine Stedfortræder", password=PASSWORD)


def give(world: World, person: User, *tasks: StandInTask) -> None:
    leader = world.people[UNIT_LEADER]
    make_stand_in(world.places[OWN].unit, *tasks, person=person, leader=leader)


def agreed(row: Row, opened: set[str], method: str) -> set[str]:
    """What the table says of her: as someone without roles, but where she stands in refused instead of hidden."""
    word = row.answers[WITHOUT_ROLES]
    is_hidden = row.name.startswith(NOT_HERS) and row.name not in HERS_ALL_THE_SAME
    if row.relation in HERS and not is_hidden:
        word = "yes" if row.name in opened else "no"
    elif not row.relation and row.name in opened:
        word = "yes"
    word = FRONT.get(row.name, word)
    as_read = Row(row.name, row.relation, row.methods, {WITHOUT_ROLES: word})
    return as_read.agreed(WITHOUT_ROLES, method)


@pytest.mark.parametrize("task", StandInTask)
def test_every_address_answers_a_stand_in_as_her_task_says(
    client: Client, world: World, person: User, task: StandInTask
) -> None:
    give(world, person, task)
    world.people[WITHOUT_ROLES] = person
    visitor = Visitor(client)
    visitor.arrive_as(world, WITHOUT_ROLES)
    wrong = [
        f"{method} {row.name} ({row.relation}): {found}, agreed: {expected}"
        for row in ROWS
        for method in ("GET", "POST")
        if (found := visitor.ask(method, address_of(row, world), form_of(row, world)))
        not in (expected := agreed(row, OPENED[task], method))
    ]
    assert "\n".join(wrong) == ""


def team_page(world: World) -> str:
    return reverse("dashboard:team_detail", args=[world.places[OWN].team.pk])


@pytest.mark.parametrize(("starts_in", "ends_in", "status"), [(-7, 7, 200), (0, 1, 200), (1, 7, 404), (-7, 0, 404)])
def test_it_holds_in_its_period_only(
    client: Client, world: World, person: User, starts_in: int, ends_in: int, status: int
) -> None:
    day = dt.timedelta(days=1)
    span = {"starts_on": today() + starts_in * day, "ends_on": today() + ends_in * day}
    make_stand_in(world.places[OWN].unit, person=person, leader=world.people[UNIT_LEADER], **span)
    client.force_login(person)
    assert client.get(team_page(world)).status_code == status


@pytest.mark.parametrize(("field", "days"), [("ends_on", 0), ("starts_on", 1)])
def test_it_holds_while_the_leader_who_gave_it_leads(
    client: Client, world: World, person: User, field: str, days: int
) -> None:
    give(world, person)
    client.force_login(person)
    assert client.get(team_page(world)).status_code == 200
    lost = {field: today() + dt.timedelta(days=days)}
    UnitLeader.objects.filter(person=world.people[UNIT_LEADER]).update(**lost)
    assert client.get(team_page(world)).status_code == 404


def test_it_does_not_outlive_the_leaders_access(client: Client, world: World, person: User) -> None:
    give(world, person)
    User.objects.filter(pk=world.people[UNIT_LEADER].pk).update(is_active=False)  # type: ignore[union-attr]
    client.force_login(person)
    assert client.get(team_page(world)).status_code == 404


def test_a_leader_of_the_whole_may_give_it_for_a_part(client: Client, world: World, person: User) -> None:
    make_stand_in(world.places[PART].unit, person=person, leader=world.people[UNIT_LEADER])
    client.force_login(person)
    part = reverse("dashboard:team_detail", args=[world.places[PART].team.pk])
    assert (client.get(part).status_code, client.get(team_page(world)).status_code) == (200, 404)


def test_she_finds_her_way_and_reads_what_she_may(client: Client, world: World, person: User) -> None:
    give(world, person, StandInTask.PLANNING)
    client.force_login(person)
    response = client.get(reverse("dashboard:home"), follow=True)
    page = " ".join(response.content.decode().split())
    assert response.redirect_chain == [(reverse("dashboard:overview"), 302)]
    assert [(place.url, place.label) for place in response.context["nav"]] == [
        (reverse("dashboard:overview"), "Stedfortræder")
    ]
    assert "Du er stedfortræder for Lone Leder i Birkeskolen til og med" in page
    assert "Du må planlægge, flytte og aflyse møder og besøg." in page
    assert {row.name for row in response.context["rows"]} == {"Nord", "Syd", "Indskoling"}


def test_what_she_plans_is_in_her_own_name(client: Client, world: World, person: User) -> None:
    give(world, person, StandInTask.PLANNING)
    client.force_login(person)
    on = today() + dt.timedelta(days=9)
    plan = reverse("learningcycle:meeting_plan", args=[world.places[OWN].team.pk])
    client.post(plan, {"on": on, "begins": "13:00", "ends": "14:00"})
    (change,) = history_of(Meeting.objects.latest("pk"))
    assert change.by == person.name


def test_she_stands_in_a_single_query(world: World, person: User) -> None:
    give(world, person)
    with CaptureQueriesContext(connection) as queries:
        standing = standing_of(person, today())
    assert (len(queries), len(standing.plans_for_units), len(standing.keeps_people_of_units)) == (1, 2, 2)
