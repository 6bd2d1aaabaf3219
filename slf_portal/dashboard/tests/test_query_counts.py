"""A list costs the same number of queries with one row and with three."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from teams.models import PortfolioUnit, ResourcePerson, SupportRequest, Unit
from tests.builders import (
    SINCE,
    make_administrator,
    make_all_terms,
    make_central,
    make_closure,
    make_contract,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_unit,
    make_visit,
)
from tests.world import Place, make_place

# A person with nothing yet, the page's address, and what adds a row to it.
Page = tuple[User, str, Callable[[int], object]]


def _place(number: int, unit: Unit | None = None) -> Place:
    """A team with something of everything, in a unit of its own unless one is given."""
    place = make_place(f"Team {number}", unit or make_unit(f"Enhed {number}"))
    make_contract(place.team, dt.date(2026, 1, number))
    make_member(place.team)
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

    return make_leader(unit), reverse("dashboard:unit_detail", args=[unit.pk]), add


def team() -> Page:
    place = _place(1)

    def add(number: int) -> None:
        make_member(place.team)
        visitor = make_resource_person(place.team)
        for month in (10, 12):
            make_meeting(place.team, dt.date(2026, month, number + 1))
            make_visit(place.team, visitor, dt.date(2026, month, number + 1))

    return make_leader(place.unit), reverse("dashboard:team_detail", args=[place.team.pk]), add


def resource_person() -> Page:
    person = make_person()

    def add(number: int) -> None:
        ResourcePerson.objects.create(team=_place(number).team, person=person, starts_on=SINCE)

    return person, reverse("dashboard:resource_person"), add


def member() -> Page:
    person = make_person()
    return person, reverse("dashboard:member"), lambda number: make_member(_place(number).team, person=person)


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


PAGES = (
    leader,
    unit,
    team,
    resource_person,
    member,
    learning_partner,
    learning_partner_by_status,
    overview,
    overview_by_status,
    overview_as_it_stood,
    administrator,
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
