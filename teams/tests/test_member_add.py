"""A leader adds a member among the people of the unit and its neighbours."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Membership, Team, Unit
from tests.builders import make_leader, make_member, make_person, make_team, make_unit


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen", parent=make_unit("Ådalens Skoledistrikt"))


@pytest.fixture
def team(unit: Unit) -> Team:
    return make_team("Nord", unit=unit)


@pytest.fixture
def person(unit: Unit) -> User:
    return make_member(make_team("Syd", unit=unit), "Åse Østergård")


@pytest.fixture
def url(team: Team, client: Client) -> str:
    client.force_login(make_leader(team.unit))
    return reverse("teams:member_add", args=[team.pk])


def choices(client: Client, url: str, **asked: str) -> list[str]:
    field = client.get(url, asked).context["form"].fields["person"]
    return [label.split(",")[0] for _pk, label in field.choices]


def test_she_is_a_member_from_the_day(client: Client, url: str, team: Team, person: User) -> None:
    response = client.post(url, {"person": person.pk, "starts_on": "2026-12-01"}, follow=True)
    assert response.redirect_chain == [(reverse("teams:team_people", args=[team.pk]), 302)]
    assert [str(said) for said in response.context["messages"]] == ["Åse Østergård er medlem fra tirsdag 1. december."]
    row = Membership.objects.get(team=team)
    assert (row.person, row.starts_on, row.ends_on) == (person, dt.date(2026, 12, 1), None)


def test_the_choice_is_the_people_near_in_danish_order(client: Client, url: str, unit: Unit, person: User) -> None:
    make_member(make_team("Nabo", unit=make_unit("Egeskolen", parent=unit.parent)), "Bo Nabo")
    make_member(make_team("Fjern", unit=make_unit("Andetsteds")), "Frede Fjern")
    make_member(make_team("Vest", unit=unit), "Dorte", person=make_person("Dorte", is_active=False))
    assert choices(client, url) == ["Bo Nabo", "Lone Leder", "Åse Østergård"]


@pytest.mark.parametrize("words", ["aase", "ÅSE", "øster", "aase@"])
def test_the_search_finds_by_name_and_e_mail(client: Client, url: str, person: User, words: str) -> None:
    User.objects.filter(pk=person.pk).update(email="aase@example.org")
    assert choices(client, url, q=words) == ["Åse Østergård"]


def test_a_search_that_finds_nobody_says_so_and_offers_the_invitation(client: Client, url: str, team: Team) -> None:
    response = client.get(url, {"q": "ukendt"})
    assert choices(client, url, q="ukendt") == []
    assert reverse("teams:member_invite", args=[team.pk]) in response.content.decode()


def test_a_search_for_a_cpr_number_is_refused(client: Client, url: str) -> None:
    assert list(client.get(url, {"q": "010190-1234"}).context["filters"].errors) == ["q"]


def test_long_lists_are_cut_and_say_so(client: Client, url: str, unit: Unit) -> None:
    for number in range(25):
        make_member(make_team(f"Hold {number}", unit=unit), f"Person {number:02}")
    form = client.get(url).context["form"]
    assert (len(form.fields["person"].choices), form.fields["person"].help_text != "") == (20, True)


def test_who_is_a_member_already_is_told_at_the_field(client: Client, url: str, team: Team, person: User) -> None:
    make_member(team, person=person)
    response = client.post(url, {"person": person.pk, "starts_on": "2026-11-24"})
    assert response.context["form"].errors == {"person": ["Personen er allerede medlem i en del af perioden."]}
    assert response.context["form"]["starts_on"].value() == "2026-11-24"
    assert Membership.objects.filter(team=team).count() == 1


def test_nobody_joins_a_team_that_has_ended(client: Client, url: str, team: Team, person: User) -> None:
    Team.objects.filter(pk=team.pk).update(ends_on=dt.date(2026, 12, 1))
    response = client.post(url, {"person": person.pk, "starts_on": "2026-12-01"})
    assert list(response.context["form"].errors) == ["person"]
    client.post(url, {"person": person.pk, "starts_on": "2026-11-30"})
    assert Membership.objects.get(team=team).person == person


@pytest.mark.parametrize("starts_on", ["", "x", "31.02.2026"])
def test_what_is_missing_or_no_day_is_asked_for(client: Client, url: str, starts_on: str) -> None:
    response = client.post(url, {"person": "", "starts_on": starts_on})
    assert sorted(response.context["form"].errors) == ["person", "starts_on"]


def test_someone_from_elsewhere_is_no_choice(client: Client, url: str, team: Team) -> None:
    stranger = make_member(make_team("Fjern", unit=make_unit("Andetsteds")), "Frede Fjern")
    response = client.post(url, {"person": stranger.pk, "starts_on": "2026-11-24"})
    assert list(response.context["form"].errors) == ["person"]
    assert "Frede Fjern" not in response.content.decode()
    assert not Membership.objects.filter(team=team).exists()


def test_a_double_click_adds_once(client: Client, url: str, team: Team, person: User) -> None:
    form = {"person": person.pk, "starts_on": "2026-11-24", "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Membership.objects.filter(team=team).count() == 1
