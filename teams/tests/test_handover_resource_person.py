"""A leader lets another resource person take over teams, all of them the same day."""

import datetime as dt
import uuid
from typing import Any

import pghistory.core
import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.actions import agree
from teams.models import Agreement, ResourcePerson, Team, Unit
from tests.builders import make_leader, make_member, make_person, make_resource_person, make_team, make_unit, make_visit

DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def north(unit: Unit) -> Team:
    return make_team("Nord", unit=unit)


@pytest.fixture
def south(unit: Unit) -> Team:
    return make_team("Syd", unit=unit)


@pytest.fixture
def leaver(north: Team, south: Team) -> User:
    return make_resource_person(north, south, name="Rikke")


@pytest.fixture
def successor(south: Team) -> User:
    return make_member(south, "Sanne")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(leader: User, leaver: User, north: Team) -> str:
    return reverse("teams:handover_resource_person", args=[service(leaver, north)])


def service(person: User, team: Team) -> int:
    return ResourcePerson.objects.get(person=person, team=team).pk


def form_of(leaver: User, teams: list[Team], successor: User, **values: Any) -> dict[str, Any]:
    services = [service(leaver, team) for team in teams]
    return {"services": services, "successor": successor.pk, "day": today().isoformat(), "with_plans": "on", **values}


def spans() -> list[tuple[str, str, dt.date, dt.date | None]]:
    rows = ResourcePerson.objects.order_by("team__name", "starts_on", "pk").select_related("team", "person")
    return [(row.team.name, row.person.name, row.starts_on, row.ends_on) for row in rows]


SINCE = dt.date(2020, 1, 1)


def test_service_ends_and_begins_the_same_day_in_the_chosen_teams(
    client: Client, url: str, north: Team, south: Team, leaver: User, successor: User
) -> None:
    on = today() + 7 * DAY
    response = client.post(url, form_of(leaver, [north], successor, day=on.isoformat()))
    assert response["Location"] == reverse("dashboard:handover_team", args=[north.pk])
    assert spans() == [
        ("Nord", "Rikke", SINCE, on),
        ("Nord", "Sanne", on, None),
        ("Syd", "Rikke", SINCE, None),
    ]


@pytest.mark.parametrize("moves", [True, False])
def test_her_visits_from_that_day_on_move_along_when_it_is_chosen(
    client: Client, url: str, north: Team, south: Team, leaver: User, successor: User, *, moves: bool
) -> None:
    on = today() + 7 * DAY
    before, after = make_visit(north, leaver, on - DAY), make_visit(north, leaver, on)
    elsewhere, others = make_visit(south, leaver, on), make_visit(north, make_person("Per"), on + DAY)
    form = form_of(leaver, [north], successor, day=on.isoformat(), with_plans="on" if moves else "")
    client.post(url, form)
    visits = {row.pk: (row.visitor.name, row.sequence) for row in Visit.objects.select_related("visitor")}
    assert visits == {
        before.pk: ("Rikke", 0),
        after.pk: ("Sanne", 1) if moves else ("Rikke", 0),
        elsewhere.pk: ("Rikke", 0),
        others.pk: ("Per", 0),
    }


def test_the_page_tells_what_goes_with_it_and_not_what_the_team_keeps_to_itself(
    client: Client, url: str, north: Team, leaver: User
) -> None:
    make_visit(north, leaver, today() + DAY)
    member = make_member(north)
    agree(by=member, team=north, text="Vi prøver den nye dagsorden.", due_on=today() + 9 * DAY, owner=leaver)
    agree(by=member, team=north, text="Rikke spørger lederen om tid.", due_on=today() + 9 * DAY, owner=leaver)
    agree(by=member, team=north, text="Alle læser kapitlet.", due_on=today() + 9 * DAY)
    Agreement.objects.filter(text__startswith="Rikke").update(is_shared=True)
    response = client.get(url)
    (one, other) = response.context["services"]
    assert one.planned == ["besøg onsdag 25. november kl. 10.00-11.00"]
    assert ([agreement.text for agreement in one.agreements], one.unshared) == (["Rikke spørger lederen om tid."], 1)
    assert (other.planned, other.agreements, other.unshared) == ([], [], 0)
    assert "dagsorden" not in response.content.decode()


def test_who_serves_a_chosen_team_already_is_refused(
    client: Client, url: str, north: Team, south: Team, leaver: User, successor: User
) -> None:
    ResourcePerson.objects.create(team=south, person=successor, starts_on=SINCE)
    before = spans()
    response = client.post(url, form_of(leaver, [north, south], successor))
    form = response.context["form"]
    assert form.errors == {"successor": ["Sanne er allerede ressourceperson for Syd."]}
    assert form["services"].value() == [str(service(leaver, north)), str(service(leaver, south))]
    assert spans() == before


@pytest.mark.parametrize("days", [-1, 366])
def test_a_day_that_has_passed_or_is_far_off_is_refused(
    client: Client, url: str, north: Team, leaver: User, successor: User, days: int
) -> None:
    day = (today() + days * DAY).isoformat()
    response = client.post(url, form_of(leaver, [north], successor, day=day))
    assert list(response.context["form"].errors) == ["day"]


def test_all_or_none(client: Client, url: str, north: Team, south: Team, leaver: User, successor: User) -> None:
    """She begins in one of the teams only after the day."""
    ResourcePerson.objects.filter(team=south).update(starts_on=today() + 30 * DAY)
    before = spans()
    response = client.post(url, form_of(leaver, [north, south], successor))
    assert response.context["form"].non_field_errors() == [
        "Rikke begynder først i Syd torsdag 24. december. Vælg en senere dag."
    ]
    assert spans() == before


def test_only_colleagues_take_over_and_never_the_one_who_leaves(
    client: Client, url: str, north: Team, leader: User, leaver: User, successor: User
) -> None:
    stranger = make_member(make_team("Andetsteds"), "Fremmed")
    choices = client.get(url).context["form"].fields["successor"].queryset
    assert list(choices) == [leader, successor]
    for person in (stranger, leaver):
        response = client.post(url, form_of(leaver, [north], person))
        assert list(response.context["form"].errors) == ["successor"]


def test_a_team_that_is_not_the_leaders_is_no_choice(client: Client, url: str, leaver: User, successor: User) -> None:
    elsewhere = make_team("Andetsteds")
    ResourcePerson.objects.create(team=elsewhere, person=leaver, starts_on=SINCE)
    before = spans()
    response = client.post(url, form_of(leaver, [elsewhere], successor))
    assert list(response.context["form"].errors) == ["services"]
    assert spans() == before


def test_a_double_click_hands_over_once(client: Client, url: str, north: Team, leaver: User, successor: User) -> None:
    form = {**form_of(leaver, [north], successor), "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert len(spans()) == 3


def test_handing_over_a_second_time_is_refused(
    client: Client, url: str, north: Team, leaver: User, successor: User
) -> None:
    client.post(url, form_of(leaver, [north], successor))
    response = client.post(url, form_of(leaver, [north], make_member(north, "Tina")))
    assert list(response.context["form"].errors) == ["services"]
    assert len(spans()) == 3


def test_the_history_says_who_let_whom_take_over(
    client: Client, url: str, north: Team, leader: User, leaver: User, successor: User
) -> None:
    client.post(url, form_of(leaver, [north], successor))
    (event_model,) = pghistory.core.event_models(tracks_model=ResourcePerson)
    events: models.QuerySet[Any] = models.QuerySet(event_model)
    told = [event.pgh_context.metadata for event in events.filter(pgh_context__isnull=False)]
    assert told == [{"person": leader.pk, "verb": "hand over resource person"}] * 2
