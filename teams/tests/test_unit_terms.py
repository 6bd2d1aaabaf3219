"""A leader agrees on the rhythm of her unit."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.common.dates import today
from slf_portal.fundament.queries import fundament
from teams.enums import Promise, Status, UnitKind
from teams.models import PromiseTerms, Unit
from teams.queries import terms_of_unit
from tests.builders import make_leader, make_member, make_team, make_unit


@pytest.fixture
def school(db: None) -> Unit:
    return make_unit("Åkildeskolen")


@pytest.fixture
def as_leader(client: Client, school: Unit) -> Client:
    client.force_login(make_leader(school))
    return client


def answers(**changed: str) -> dict[str, str]:
    return {"meeting": "2", "contract": "12", "grus": "0", "visit": "0", "token": str(uuid.uuid4()), **changed}


def choose(client: Client, unit: Unit, **changed: str) -> Any:
    return client.post(reverse("teams:unit_terms", args=[unit.pk]), answers(**changed))


def agreed(unit: Unit) -> dict[str, int]:
    return {promise.value: terms.interval_months for promise, terms in terms_of_unit(unit, today()).items()}


def test_nothing_is_agreed_until_the_leader_chooses(as_leader: Client, school: Unit) -> None:
    team = make_team(unit=school)
    assert {one.status for one in fundament([team], today())[team.pk].values()} == {Status.NOT_AGREED}
    choose(as_leader, school)
    assert agreed(school) == {"meeting": 2, "contract": 12}
    statuses = fundament([team], today())[team.pk]
    assert (statuses[Promise.GRUS].status, statuses[Promise.VISIT].status) == (Status.NOT_AGREED, Status.NOT_AGREED)
    assert statuses[Promise.MEETING].status != Status.NOT_AGREED


def test_another_choice_the_same_day_takes_the_place_of_the_first(as_leader: Client, school: Unit) -> None:
    choose(as_leader, school)
    choose(as_leader, school, meeting="1", contract="0")
    assert agreed(school) == {"meeting": 1}


def test_the_same_choice_again_writes_nothing(as_leader: Client, school: Unit) -> None:
    choose(as_leader, school)
    rows = PromiseTerms.objects.filter(unit=school).count()
    choose(as_leader, school)
    assert PromiseTerms.objects.filter(unit=school).count() == rows


def test_an_office_cannot_leave_the_fundament_and_needs_no_rows_of_its_own(client: Client, db: None) -> None:
    office = make_unit("HR og Organisation", kind=UnitKind.CENTRAL_OFFICE)
    client.force_login(make_leader(office))
    response = choose(client, office)
    assert sorted(response.context["form"].errors) == ["grus", "visit"]
    choose(client, office, meeting="1", grus="12", visit="2")
    assert list(PromiseTerms.objects.filter(unit=office).values_list("promise", "interval_months")) == [("visit", 2)]
    assert agreed(office) == {"meeting": 1, "contract": 12, "grus": 12, "visit": 2}


def test_a_member_may_not_and_a_stranger_is_told_nothing(client: Client, school: Unit) -> None:
    client.force_login(make_member(make_team(unit=school)))
    assert choose(client, school).status_code == 403
    client.force_login(make_member(make_team()))
    assert choose(client, school).status_code == 404
    assert agreed(school) == {}
