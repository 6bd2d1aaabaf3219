"""The team proposes a day for its GRUS; it is not arranged before the leader says yes."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.fundament.queries import fundament
from teams.enums import GrusSide, GrusState, Promise, Status
from teams.models import Grus, Team
from tests.builders import make_all_terms, make_grus, make_leader, make_member, make_resource_person, make_team

THURSDAY = dt.date(2026, 12, 3)
FORM = {"on": THURSDAY.isoformat(), "begins": "09:00", "ends": "11:00", "line": "Passer det dig?"}


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Rekruttering")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def url(team: Team, member: User) -> str:
    return reverse("teams:grus_propose", args=[team.pk])


def test_the_proposal_waits_for_the_leader(client: Client, url: str, team: Team, member: User) -> None:
    response = client.post(url, FORM)
    assert response["Location"] == reverse("teams:grus_list", args=[team.pk])
    grus = Grus.objects.get()
    assert (grus.on, grus.state, grus.waits_for) == (THURSDAY, GrusState.PROPOSED, GrusSide.LEADER)
    assert (grus.proposed_by, grus.line, grus.questions.count()) == (member, "Passer det dig?", 5)


def test_a_proposed_day_does_not_count_as_arranged(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    make_all_terms(unit=team.unit)
    make_grus(team, dt.date(2025, 12, 1))

    def status() -> Status:
        return fundament([team], tuesday)[team.pk][Promise.GRUS].status

    before = status()
    client.post(url, FORM)
    proposed = status()
    Grus.objects.filter(state=GrusState.PROPOSED).update(state=GrusState.PLANNED)
    assert (before, proposed, status()) == (Status.SOON, Status.SOON, Status.PLANNED)


def test_a_resource_person_proposes_for_the_team(client: Client, url: str, team: Team) -> None:
    client.force_login(make_resource_person(team))
    assert client.post(url, FORM).status_code == 302


def test_a_new_proposal_takes_the_place_of_the_one_before(client: Client, url: str) -> None:
    client.post(url, {**FORM, "on": "2026-12-01"})
    first = Grus.objects.get()
    client.post(url, {**FORM, "line": ""})
    grus = Grus.objects.get()
    assert (grus.pk, grus.on, grus.line, grus.version) == (first.pk, THURSDAY, "", first.version + 1)
    assert grus.questions.count() == 5


def test_a_closed_day_is_refused_at_its_field(client: Client, url: str) -> None:
    response = client.post(url, {**FORM, "on": "2026-12-05"})
    assert dict(response.context["form"].errors) == {
        "on": ["Lørdag 5. december holder I lukket: det er weekend. Vælg en anden dag."]
    }
    assert Grus.objects.count() == 0


def test_a_cpr_number_is_refused_until_it_is_explained(client: Client, url: str, member: User) -> None:
    form: dict[str, Any] = {**FORM, "line": "Ring på 010190-1234."}
    assert list(client.post(url, form).context["form"].errors) == ["line"]
    assert client.post(url, {**form, "not_cpr": "on"}).status_code == 302
    assert Grus.objects.get().line == "Ring på 010190-1234."
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.Grus.line")


def test_a_leader_plans_and_does_not_propose(client: Client, url: str, team: Team) -> None:
    client.force_login(make_leader(team.unit))
    assert client.get(url).status_code == 403
