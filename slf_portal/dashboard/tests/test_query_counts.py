"""A list costs the same number of queries with one row and with three."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.enums import VisitState
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from teams.enums import AgreementSource, AgreementState, GrusState, MandateState
from teams.models import Membership, PortfolioUnit, ResourcePerson, SupportRequest, Unit, UnitLeader
from tests.builders import (
    SINCE,
    make_administrator,
    make_agreement,
    make_all_terms,
    make_central,
    make_closure,
    make_goal,
    make_grus,
    make_invitation,
    make_leader,
    make_learning_partner,
    make_line,
    make_mandate,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_stand,
    make_stand_in,
    make_team,
    make_unit,
    make_visit,
)
from tests.cycle_builders import make_template
from tests.world import Place, make_place

# A person with nothing yet, the page's address, and what adds a row to it.
Page = tuple[User, str, Callable[[int], object]]


def _place(number: int, unit: Unit | None = None) -> Place:
    """A team with something of everything, in a unit of its own unless one is given."""
    place = make_place(f"Team {number}", unit or make_unit(f"Enhed {number}"))
    make_member(place.team)
    asked = make_mandate(place.team, state=MandateState.TALK)
    make_line(asked, make_member(place.team), "Hvor mange møder?")
    return place


def leader() -> Page:
    unit = make_unit("Birkeskolen")
    return (
        make_leader(unit),
        reverse("dashboard:leader"),
        lambda number: _place(number, make_unit(f"Afdeling {number}", parent=unit)),
    )


def unit() -> Page:
    unit = make_unit("Birkeskolen")
    make_all_terms(unit=unit)

    def add(number: int) -> None:
        _place(number, unit)
        make_unit(f"Afdeling {number}", parent=unit)
        make_leader(unit)
        make_learning_partner(unit)
        make_closure(dt.date(2027, 1, number), dt.date(2027, 1, number + 1), unit=unit)
        make_goal(unit)

    return make_leader(unit), reverse("dashboard:unit_detail", args=[unit.pk]), add


def team() -> Page:
    place = _place(1)

    def add(number: int) -> None:
        make_member(place.team)
        visitor = make_resource_person(place.team)
        make_agreement(place.team, owner=visitor, is_shared=True, source=AgreementSource.GRUS, source_id=number)
        make_stand(place.team, make_goal(place.unit), dt.date(2026, 11, number))
        for month in (10, 12):
            make_meeting(place.team, dt.date(2026, month, number + 1))
            make_visit(place.team, visitor, dt.date(2026, month, number + 1))
        make_visit(place.team, visitor, dt.date(2026, 11, number + 1), state=VisitState.CANCELLED)
        make_grus(place.team, dt.date(2030 + number, 3, 1), state=GrusState.PLANNED)

    return make_leader(place.unit), reverse("dashboard:team_detail", args=[place.team.pk]), add


def handover_team() -> Page:
    person, _, add = team()
    place_team = UnitLeader.objects.get(person=person).unit.teams.get()

    def add_more(number: int) -> None:
        add(number)
        make_agreement(place_team, owner=make_person(), is_shared=True)

    return person, reverse("dashboard:handover_team", args=[place_team.pk]), add_more


def handover_unit() -> Page:
    person, _, add = unit()
    return person, reverse("dashboard:handover_unit", args=[UnitLeader.objects.get(person=person).unit_id]), add


def handover_resource_person() -> Page:
    unit = make_unit("Birkeskolen")
    person = make_resource_person(make_team(unit=unit))
    leader = make_leader(unit)

    def add(number: int) -> None:
        team = _place(number, unit).team
        ResourcePerson.objects.create(team=team, person=person, starts_on=SINCE)
        make_visit(team, person, dt.date(2026, 12, 20 + number))
        make_agreement(team, owner=person)

    return leader, reverse("teams:handover_resource_person", args=[person.resource_person_rows.get().pk]), add


def resource_person() -> Page:
    person = make_person()

    def add(number: int) -> None:
        team = _place(number).team
        ResourcePerson.objects.create(team=team, person=person, starts_on=SINCE)
        make_agreement(team, owner=person)

    return person, reverse("dashboard:resource_person"), add


def member() -> Page:
    person = make_person()

    def add(number: int) -> None:
        team = _place(number).team
        make_member(team, person=person)
        make_agreement(team, owner=person)

    return person, reverse("dashboard:member"), add


def _with_agreements() -> Page:
    """One of each kind of line in each of a person's teams: her own, the team's, and one to ask about."""
    person = make_person()

    def add(number: int) -> None:
        team = _place(number).team
        make_member(team, person=person)
        for source in (AgreementSource.GRUS, AgreementSource.VISIT):
            make_agreement(team, owner=person, source=source, source_id=number)
            make_agreement(team, source=source, source_id=number)
            done: dict[str, Any] = {"state": AgreementState.DONE, "check_on": dt.date(2026, 11, 20)}
            make_agreement(team, source=source, source_id=number, **done)

    return person, reverse("teams:agreement_list"), add


def agreement_list() -> Page:
    return _with_agreements()


def agreement_list_settled() -> Page:
    person, url, add = _with_agreements()
    return person, f"{url}?vis=faerdige", add


def team_agreements() -> Page:
    place = _place(1)

    def add(number: int) -> None:
        for state in AgreementState:
            owner = make_member(place.team)
            make_agreement(place.team, owner=owner, state=state, source=AgreementSource.GRUS, source_id=number)

    return make_member(place.team), reverse("teams:team_agreements", args=[place.team.pk]), add


def learning_partner() -> Page:
    person = make_learning_partner()

    def add(number: int) -> None:
        unit = _place(number).unit
        PortfolioUnit.objects.create(unit=unit, person=person, starts_on=SINCE)
        taken = {"taken_by": make_person(), "taken_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}
        SupportRequest.objects.create(unit=unit, asked_by=make_leader(unit), text="Kom og lyt med.", **taken)

    return person, reverse("dashboard:learning_partner"), add


def learning_partner_by_status() -> Page:
    person, url, add = learning_partner()
    return person, f"{url}?status=not_agreed", add


def overview() -> Page:
    return make_central(CentralRole.SECTION_LEADER), reverse("dashboard:overview"), _place


def overview_by_status() -> Page:
    return make_central(CentralRole.SECTION_LEADER), reverse("dashboard:overview") + "?status=not_agreed", _place


def overview_as_it_stood() -> Page:
    return make_central(CentralRole.SECTION_LEADER), reverse("dashboard:overview") + "?on=2026-03-01", _place


def administrator() -> Page:
    return make_administrator(), reverse("dashboard:administrator"), lambda _number: make_person()


def team_people() -> Page:
    team = make_team(unit=make_unit("Birkeskolen"))

    def add(number: int) -> None:
        make_invitation(make_member(team), token=f"kode {number}")
        make_resource_person(team)
        left = {"starts_on": SINCE, "ends_on": dt.date(2026, 10, number)}
        for model in (Membership, ResourcePerson):
            model.objects.create(team=team, person=make_person(), **left)

    return make_leader(team.unit), reverse("teams:team_people", args=[team.pk]), add


def team_history() -> Page:
    person, url, add = team_people()
    return person, url.replace("medlemmer", "historik"), add


def member_add() -> Page:
    person, url, add = team_people()
    return person, f"{url}tilfoej/", add


def stand_ins() -> Page:
    unit = make_unit("Birkeskolen")

    def add(number: int) -> None:
        make_stand_in(unit)
        make_stand_in(unit, starts_on=dt.date(2026, 10, number), ends_on=dt.date(2026, 11, number))

    return make_leader(unit), reverse("teams:stand_in_list", args=[unit.pk]), add


def standing_in() -> Page:
    person = make_person()

    def add(number: int) -> None:
        make_stand_in(make_place(f"Team {number}", make_unit(f"Enhed {number}")).unit, person=person)

    add(9)
    return person, reverse("dashboard:overview"), add


def templates() -> Page:
    return (
        make_central(CentralRole.SECTION_LEADER),
        reverse("learningcycle:template_list"),
        lambda number: make_template(make_unit(f"Enhed {number}"), steps=["Ét punkt"] * number),
    )


def template_edit() -> Page:
    """A further version with more steps each time."""
    unit = make_unit("Birkeskolen")
    template = make_template(unit)

    def add(number: int) -> None:
        version = template.versions.create(number=number + 1, title="Ny")
        for position in range(1, 4 * number):
            version.steps.create(position=position, title="Ét punkt", minutes=9)

    return make_leader(unit), reverse("learningcycle:template_edit", args=[template.pk]), add


def template_detail() -> Page:
    person, url, add = template_edit()
    return person, url.removesuffix("ret/"), add


PAGES = (
    leader,
    unit,
    team,
    team_people,
    team_history,
    member_add,
    stand_ins,
    standing_in,
    handover_team,
    handover_unit,
    handover_resource_person,
    resource_person,
    member,
    agreement_list,
    agreement_list_settled,
    team_agreements,
    learning_partner,
    learning_partner_by_status,
    overview,
    overview_by_status,
    overview_as_it_stood,
    administrator,
    templates,
    template_detail,
    template_edit,
)


@pytest.mark.django_db
@pytest.mark.parametrize("make_page", PAGES, ids=lambda make_page: make_page.__name__)
def test_three_rows_cost_what_one_costs(client: Client, make_page: Callable[[], Page], tuesday: dt.date) -> None:
    person, url, add = make_page()
    client.force_login(person)
    add(1)
    count(client, url)  # what is read once per process
    with_one = count(client, url)
    add(2)
    add(3)
    assert count(client, url) == with_one


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
