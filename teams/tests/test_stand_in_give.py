"""A unit's leader hands tasks over to a stand-in for a period, and takes them back."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import StandInTask
from teams.models import StandIn, Unit, UnitLeader
from tests.builders import make_leader, make_member, make_stand_in, make_team, make_team_leader, make_unit


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def person(unit: Unit) -> User:
    return make_member(make_team("Nord", unit=unit), "Stine Stedfortræder")


@pytest.fixture
def url(unit: Unit, leader: User) -> str:
    return reverse("teams:stand_in_give", args=[unit.pk])


@pytest.fixture
def form(person: User) -> dict[str, object]:
    return {
        "person": person.pk,
        "tasks": ["planning"],
        "starts_on": "2026-11-24",
        "last_day": "2026-12-24",
        "reason": "Mens jeg er på kursus.",
    }


def test_the_tasks_are_hers_for_the_period(
    client: Client, url: str, form: dict[str, object], unit: Unit, leader: User, person: User
) -> None:
    response = client.post(url, form, follow=True)
    row = StandIn.objects.get()
    assert (row.unit, row.leader, row.person, row.tasks) == (unit, leader, person, [StandInTask.PLANNING])
    assert (row.starts_on, row.ends_on) == (dt.date(2026, 11, 24), dt.date(2026, 12, 25))
    assert response.redirect_chain == [(reverse("teams:stand_in_list", args=[unit.pk]), 302)]
    told = [str(message) for message in response.context["messages"]]
    assert told == ["Stine Stedfortræder er stedfortræder til og med torsdag 24. december."]


def test_the_page_says_that_the_responsibility_stays(client: Client, url: str) -> None:
    assert "aldrig ledelsesansvaret" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"tasks": []}, "tasks"),
        ({"tasks": ["grus"]}, "tasks"),
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2026-11-23"}, "last_day"),
        ({"starts_on": "2026-12-25"}, "last_day"),
        ({"last_day": "2027-11-24"}, "last_day"),
        ({"person": ""}, "person"),
        ({"reason": "Ring på 010190-1234."}, "reason"),
    ],
)
def test_wrong_input_gives_nothing_and_keeps_what_was_typed(
    client: Client, url: str, form: dict[str, object], changed: dict[str, object], wrong: str
) -> None:
    shown = client.post(url, {**form, **changed}).context["form"]
    assert list(shown.errors) == [wrong]
    assert shown["reason"].value() == changed.get("reason", form["reason"])
    assert not StandIn.objects.exists()


def test_a_year_is_the_longest(client: Client, url: str, form: dict[str, object]) -> None:
    client.post(url, {**form, "last_day": "2027-11-23"})
    assert StandIn.objects.get().ends_on == dt.date(2027, 11, 24)


def test_nobody_stands_in_twice_at_a_time(client: Client, url: str, form: dict[str, object]) -> None:
    client.post(url, form)
    shown = client.post(url, {**form, "starts_on": "2026-12-24"}).context["form"]
    assert shown.errors == {"person": ["Personen har allerede opgaver her i en del af perioden. Afslut dem først."]}


def test_the_choice_is_the_people_of_the_unit_but_herself(
    client: Client, url: str, form: dict[str, object], person: User, leader: User
) -> None:
    stranger = make_member(make_team("Øst"))
    assert list(client.get(url).context["form"].fields["person"].queryset) == [person]
    for chosen in (stranger, leader):
        assert list(client.post(url, {**form, "person": chosen.pk}).context["form"].errors) == ["person"]


def test_a_double_click_gives_once(client: Client, url: str, form: dict[str, object]) -> None:
    sent = {**form, "token": str(uuid.uuid4())}
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert StandIn.objects.count() == 1


def test_confirmed_digits_are_logged(client: Client, url: str, form: dict[str, object], leader: User) -> None:
    client.post(url, {**form, "reason": "Sag 010190-1234.", "not_cpr": "on"})
    assert TextOverride.objects.values_list("person", "place").get() == (leader.pk, "teams.StandIn.reason")


def test_the_list_shows_who_stands_in_and_who_has(client: Client, unit: Unit, leader: User, tuesday: dt.date) -> None:
    now = make_stand_in(unit, leader=leader)
    over = make_stand_in(unit, leader=leader, starts_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 4, 1))
    make_stand_in(unit, leader=leader, starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2025, 4, 1))
    context = client.get(reverse("teams:stand_in_list", args=[unit.pk])).context
    assert [(given.row, given.is_given) for given in context["stand_ins"]] == [(now, True)]
    assert list(context["former"]) == [over]


def test_the_list_says_when_the_giver_leads_no_more(client: Client, unit: Unit, leader: User) -> None:
    row = make_stand_in(unit)
    UnitLeader.objects.filter(person=row.leader).update(ends_on=dt.date(2026, 11, 24))
    response = client.get(reverse("teams:stand_in_list", args=[unit.pk]))
    assert [given.is_given for given in response.context["stand_ins"]] == [False]
    assert "Gælder ikke: Liv Leder leder ikke længere enheden." in response.content.decode()


def test_the_tasks_are_taken_back_from_a_day(client: Client, unit: Unit, leader: User, tuesday: dt.date) -> None:
    row = make_stand_in(unit, leader=leader)
    end = reverse("teams:stand_in_end", args=[row.pk])
    assert client.get(end).context["form"]["on"].value() == tuesday
    assert client.post(end, {"on": ""}).context["form"].errors.keys() == {"on"}
    assert client.post(end, {"on": tuesday}).headers["Location"] == reverse("teams:stand_in_list", args=[unit.pk])
    row.refresh_from_db()
    assert row.ends_on == tuesday


def test_a_responsible_leader_gives_nothing(client: Client, url: str, form: dict[str, object], person: User) -> None:
    client.force_login(make_team_leader(person.membership_rows.get().team))
    assert client.post(url, form).status_code == 403
    assert not StandIn.objects.exists()
