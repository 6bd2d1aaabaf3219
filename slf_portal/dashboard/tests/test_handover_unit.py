"""What whoever takes over a unit must know."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.models import SupportRequest, TeamLeader, Unit, UnitLeader
from tests.builders import (
    make_all_terms,
    make_closure,
    make_leader,
    make_person,
    make_resource_person,
    make_team,
    make_team_leader,
    make_unit,
)

DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    """She took over twenty days ago."""
    began = today() - 20 * DAY
    UnitLeader.objects.create(unit=unit, person=make_person("Før"), starts_on=dt.date(2020, 1, 1), ends_on=began)
    person = make_person("Lone")
    UnitLeader.objects.create(unit=unit, person=person, title="skoleleder", starts_on=began)
    client.force_login(person)
    return person


def sections(client: Client, unit: Unit) -> dict[str, Any]:
    response = client.get(reverse("dashboard:handover_unit", args=[unit.pk]))
    return {section.key: section.content for section in response.context["sections"]}


def test_a_unit_with_nothing_says_so(client: Client, unit: Unit, leader: User) -> None:
    found = sections(client, unit)
    assert list(found) == ["unit_waiting", "unit_teams", "unit_leaders", "unit_resource_persons", "unit_terms"]
    assert (found["unit_teams"]["rows"], found["unit_resource_persons"]["people"]) == ([], [])
    assert (found["unit_waiting"]["todos"], found["unit_waiting"]["requests"]) == ([], [])


def test_it_tells_teams_leaders_resource_persons_and_closed_days(client: Client, unit: Unit, leader: User) -> None:
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    north, south = make_team("Nord", unit=unit), make_team("Syd", unit=part)
    make_team("Andetsteds")
    make_team_leader(north, "Tove")
    make_resource_person(north, south, name="Rikke")
    make_closure(today() + DAY, today() + 3 * DAY, unit=unit)
    found = sections(client, unit)
    assert [row.name for row in found["unit_teams"]["rows"]] == ["Nord", "Syd"]
    leaders = found["unit_leaders"]
    assert [row.person.name for key in ("leaders", "before") for row in leaders[key]] == ["Lone", "Før"]
    assert [(person.name, len(rows)) for person, rows in leaders["of_teams"]] == [("Tove", 1)]
    people = [(person.name, [row.team for row in rows]) for person, rows in found["unit_resource_persons"]["people"]]
    assert people == [("Rikke", [north, south])]
    assert len(found["unit_closures"]["closures"]) == 1


def test_what_waits_is_this_units_and_no_others(client: Client, unit: Unit, leader: User) -> None:
    other = make_unit("Østerskolen")
    UnitLeader.objects.create(unit=other, person=leader, starts_on=today() - DAY)
    for place in (unit, other):
        make_team(f"Team i {place.name}", unit=place)
        SupportRequest.objects.create(unit=place, asked_by=leader, text=f"Hjælp {place.name}.")
    waiting = sections(client, unit)["unit_waiting"]
    assert [item.text for item in waiting["todos"]] == ["Birkeskolen har ikke valgt en rytme."]
    assert [request.text for request in waiting["requests"]] == ["Hjælp Birkeskolen."]
    make_all_terms(unit=unit)
    assert "har ikke valgt" not in str(sections(client, unit)["unit_waiting"]["todos"])


@pytest.mark.parametrize(("days", "is_shown"), [(59, True), (60, False)])
def test_her_front_page_leads_here_for_sixty_days(
    client: Client, unit: Unit, leader: User, days: int, *, is_shown: bool
) -> None:
    UnitLeader.objects.filter(person__name="Før").delete()
    UnitLeader.objects.filter(person=leader).update(starts_on=today() - days * DAY)
    link = reverse("dashboard:handover_unit", args=[unit.pk]).encode()
    assert (link in client.get(reverse("dashboard:leader")).content) is is_shown


def test_a_new_leader_of_one_team_finds_its_handover(client: Client, unit: Unit) -> None:
    team, person = make_team("Nord", unit=unit), make_person("Tove")
    TeamLeader.objects.create(team=team, person=person, starts_on=today() - DAY)
    client.force_login(person)
    taken_over = client.get(reverse("dashboard:leader")).context["taken_over"]
    assert [(place.name, place.url) for place in taken_over] == [
        ("Nord", reverse("dashboard:handover_team", args=[team.pk]))
    ]


def test_the_units_page_leads_its_leaders_here_and_to_the_school_year(client: Client, unit: Unit) -> None:
    client.force_login(make_leader(unit))
    page = client.get(reverse("dashboard:unit_detail", args=[unit.pk])).content
    names = ("dashboard:handover_unit", "teams:school_year")
    assert [reverse(name, args=[unit.pk]).encode() in page for name in names] == [True, True]
