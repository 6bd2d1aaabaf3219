"""A leader asks a team, a resource person, or her about one team, to take something on."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import MandateState
from teams.models import Mandate, Team
from tests.builders import make_leader, make_resource_person, make_team, make_team_leader, make_unit


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def leader(team: Team, client: Client) -> User:
    person = make_leader(team.unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(team: Team, leader: User) -> str:
    return reverse("teams:mandate_write", args=[team.unit_id])


def form(**values: Any) -> dict[str, Any]:
    return {
        "title": "Lærende møder",
        "what": "Prøv en ny dagsorden af.",
        "why": "Så møderne giver mening for alle.",
        "expectation": "At I prøver, ikke at det lykkes.",
        "hours_per_month": "7,5",
        "due_on": "2027-02-01",
        **values,
    }


def test_a_team_is_asked_and_everything_is_kept(client: Client, url: str, team: Team, leader: User) -> None:
    response = client.post(url, form(team=team.pk))
    assert response["Location"] == reverse("teams:mandate_list")
    row = Mandate.objects.get()
    assert (row.unit, row.team, row.recipient, row.given_by) == (team.unit, team, None, leader)
    assert (row.title, row.what) == ("Lærende møder", "Prøv en ny dagsorden af.")
    assert (row.why, row.expectation) == ("Så møderne giver mening for alle.", "At I prøver, ikke at det lykkes.")
    assert (row.hours_per_month, row.due_on, row.state) == (Decimal("7.5"), dt.date(2027, 2, 1), MandateState.SENT)


def test_a_resource_person_is_asked_about_a_team_or_about_none(client: Client, url: str, team: Team) -> None:
    person = make_resource_person(team)
    client.post(url, form(recipient=person.pk, team=team.pk))
    client.post(url, form(recipient=person.pk))
    assert list(Mandate.objects.order_by("pk").values_list("recipient", "team")) == [
        (person.pk, team.pk),
        (person.pk, None),
    ]


def test_a_mandate_to_a_team_of_a_part_belongs_to_the_part(client: Client, url: str, team: Team) -> None:
    part = make_team("Indskoling", unit=make_unit(parent=team.unit))
    client.post(url, form(team=part.pk))
    assert Mandate.objects.get().unit == part.unit


def test_the_choices_are_her_own_teams_and_those_who_serve_them(
    client: Client, url: str, team: Team, leader: User
) -> None:
    part = make_team("Indskoling", unit=make_unit(parent=team.unit))
    make_team("Nedlagt", unit=team.unit, ends_on=dt.date(2026, 11, 1))
    elsewhere = make_team("Øst")
    person = make_resource_person(team, part)
    make_resource_person(elsewhere, name="Ursula Udefra")
    shown = client.get(url).context["form"]
    assert set(shown.fields["team"].queryset) == {team, part}
    assert list(shown.fields["recipient"].queryset) == [person]


def test_the_team_in_the_address_is_chosen(client: Client, url: str, team: Team) -> None:
    assert client.get(url, {"team": team.pk}).context["form"]["team"].value() == str(team.pk)
    assert client.get(url, {"team": "vrøvl"}).status_code == 200


def test_nobody_is_asked(client: Client, url: str) -> None:
    response = client.post(url, form())
    assert response.context["form"].errors == {"team": ["Vælg et team eller en ressourceperson."]}
    assert Mandate.objects.count() == 0


def test_a_resource_person_who_does_not_serve_the_team(client: Client, url: str, team: Team) -> None:
    other = make_team("Syd", unit=team.unit)
    person = make_resource_person(other, name="Rosa")
    response = client.post(url, form(team=team.pk, recipient=person.pk))
    assert response.context["form"].non_field_errors() == [
        "Rosa er ikke ressourceperson for Nord. Vælg en af de to, eller et andet team."
    ]
    assert response.context["form"]["what"].value() == "Prøv en ny dagsorden af."
    assert Mandate.objects.count() == 0


HOURS = ["Skriv et antal timer over 0 og højst 60, for eksempel 6 eller 7,5."]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("hours_per_month", "0", HOURS),
        ("hours_per_month", "61", HOURS),
        ("hours_per_month", "600", HOURS),
        ("hours_per_month", "-1", HOURS),
        ("hours_per_month", "to", HOURS),
        ("hours_per_month", "2,25", ["Der må maksimalt være 1 decimal."]),
        ("due_on", "2026-11-23", ["Fristen ligger tilbage i tiden. Vælg i dag eller en dag, der kommer."]),
        ("due_on", "i morgen", None),
        ("title", "x" * 81, None),
        ("what", "x" * 2001, None),
        ("why", "", None),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    client: Client, url: str, team: Team, field: str, value: str, said: list[str] | None
) -> None:
    response = client.post(url, form(team=team.pk, **{field: value}))
    shown = response.context["form"]
    assert list(shown.errors) == [field]
    assert said is None or shown.errors[field] == said
    assert {name: shown[name].value() for name in form()} == form(**{field: value})
    assert Mandate.objects.count() == 0


@pytest.mark.parametrize(("hours", "stored"), [("0,1", "0.1"), ("60", "60"), ("7.5", "7.5")])
def test_hours_at_the_edges(client: Client, url: str, team: Team, hours: str, stored: str) -> None:
    client.post(url, form(team=team.pk, hours_per_month=hours, due_on="2026-11-24"))
    assert Mandate.objects.get().hours_per_month == Decimal(stored)


@pytest.mark.parametrize("field", ["title", "what", "why", "expectation"])
def test_a_cpr_number_is_refused_until_it_is_explained(
    client: Client, url: str, team: Team, leader: User, field: str
) -> None:
    digits = form(team=team.pk, **{field: "Ring 010190-1234"})
    assert list(client.post(url, digits).context["form"].errors) == [field]
    assert Mandate.objects.count() == 0
    client.post(url, {**digits, "not_cpr": "on"})
    assert getattr(Mandate.objects.get(), field) == "Ring 010190-1234"
    assert TextOverride.objects.values_list("person", "place").get() == (leader.pk, "teams.Mandate")


def test_a_double_click_asks_once(client: Client, url: str, team: Team) -> None:
    sent = form(team=team.pk, token=str(uuid.uuid4()))
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Mandate.objects.count() == 1


def test_who_is_responsible_for_one_team_asks_that_team(client: Client, team: Team) -> None:
    other = make_team("Syd", unit=team.unit)
    mine, theirs = make_resource_person(team, name="Rosa"), make_resource_person(other, name="Rie")
    client.force_login(make_team_leader(team))
    url = reverse("teams:mandate_write", args=[team.unit_id])
    assert list(client.post(url, form(team=other.pk)).context["form"].errors) == ["team"]
    assert list(client.post(url, form(recipient=mine.pk)).context["form"].errors) == ["team"]
    assert list(client.post(url, form(team=team.pk, recipient=theirs.pk)).context["form"].errors) == ["recipient"]
    assert client.post(url, form(team=team.pk, recipient=mine.pk)).status_code == 302


def test_nobody_gives_herself_a_mandate(client: Client, url: str, team: Team, leader: User) -> None:
    team.resource_person_rows.create(person=leader, starts_on=dt.date(2026, 1, 1))
    assert list(client.post(url, form(recipient=leader.pk)).context["form"].errors) == ["recipient"]
    assert Mandate.objects.count() == 0


def test_a_leader_of_several_units_can_write_from_each(client: Client, url: str, leader: User) -> None:
    other = make_unit("Ådalsskolen")
    other.leader_rows.create(person=leader, starts_on=dt.date(2026, 1, 1))
    assert client.get(url).context["other_units"] == [other]
