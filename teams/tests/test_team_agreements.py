"""What a team has agreed on, as far as each may read it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import AgreementSource, AgreementState, TeamKind
from teams.models import Membership, Team
from teams.queries import open_agreements
from tests.builders import (
    make_agreement,
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_team_leader,
    make_unit,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


def page(client: Client, team: Team, person: User) -> Any:
    client.force_login(person)
    return client.get(reverse("teams:team_agreements", args=[team.pk]))


def texts(client: Client, team: Team, person: User) -> list[str]:
    return [agreement.text for agreement in page(client, team, person).context["page"]]


def test_the_open_stand_first_by_day_then_the_settled_the_latest_first(client: Client, team: Team) -> None:
    make_agreement(team, "for længst gjort", state=AgreementState.DONE, settled_on=dt.date(2026, 1, 10),
                   due_on=dt.date(2026, 1, 12))  # fmt: skip
    make_agreement(team, "lige droppet", state=AgreementState.DROPPED)
    make_agreement(team, "i gang", due_on=dt.date(2026, 12, 1), state=AgreementState.UNDER_WAY)
    make_agreement(team, "overskredet", due_on=dt.date(2026, 11, 1))
    make_agreement(make_team("Syd", unit=team.unit), "naboens")
    assert texts(client, team, make_member(team)) == ["overskredet", "i gang", "lige droppet", "for længst gjort"]
    assert [agreement.text for agreement in open_agreements(team)] == ["overskredet", "i gang"]


@pytest.mark.parametrize("make", [make_member, make_resource_person])
def test_the_team_and_its_resource_persons_read_everything(client: Client, team: Team, make: Any) -> None:
    for state in AgreementState:
        make_agreement(team, state.value, state=state, owner=make_person("En Kollega"))
    response = page(client, team, make(team))
    assert len(response.context["page"]) == 4
    assert response.context["unread"].in_words == ""


@pytest.mark.parametrize("is_team_leader", [True, False])
def test_a_leader_reads_what_is_hers_and_of_the_rest_how_much_there_is(
    client: Client, team: Team, *, is_team_leader: bool
) -> None:
    leader = make_team_leader(team) if is_team_leader else make_leader(team.unit)
    colleague = make_person("En Kollega")
    make_agreement(team, "fra GRUS", source=AgreementSource.GRUS, source_id=1, owner=make_person("Gerda Grus"))
    make_agreement(team, "hendes egen", owner=leader)
    make_agreement(team, "delt", is_shared=True)
    make_agreement(team, "teamets", owner=colleague)
    make_agreement(team, "fra et besøg", source=AgreementSource.VISIT, source_id=1, owner=colleague)
    make_agreement(team, "i gang", state=AgreementState.UNDER_WAY, owner=colleague)
    make_agreement(team, "gjort", state=AgreementState.DONE, owner=colleague)
    make_agreement(team, "droppet", state=AgreementState.DROPPED, reason="Ingen tid.", owner=colleague)
    response = page(client, team, leader)
    content = response.content.decode()
    assert [agreement.text for agreement in response.context["page"]] == ["fra GRUS", "hendes egen", "delt"]
    assert "2 åbne, 1 i gang, 1 gjort" in content
    assert [word in content for word in ("Gerda Grus", "En Kollega", "teamets<", "fra et besøg", "Ingen tid.")] == [
        True, False, False, False, False,
    ]  # fmt: skip


def test_what_was_settled_long_ago_is_not_counted(client: Client, team: Team) -> None:
    make_agreement(team, "gammel", state=AgreementState.DONE, settled_on=dt.date(2026, 5, 24))
    make_agreement(team, "nyere", state=AgreementState.DONE, settled_on=dt.date(2026, 5, 25))
    assert page(client, team, make_leader(team.unit)).context["unread"].in_words == "1 gjort"


def test_a_leader_who_is_a_member_as_well_reads_as_a_member(client: Client, team: Team) -> None:
    leader = make_leader(team.unit)
    make_member(team, person=leader)
    make_agreement(team, "teamets")
    assert texts(client, team, leader) == ["teamets"]


def test_a_learning_partner_is_refused(client: Client, team: Team) -> None:
    assert page(client, team, make_learning_partner(team.unit)).status_code == 403


def test_one_who_has_left_is_said_to_have_left(client: Client, team: Team) -> None:
    whole = make_unit("Skoledistriktet")
    team.unit.parent = whole
    team.unit.save()
    former = make_person("Frida Forhenværende")
    span = {"starts_on": dt.date(2025, 1, 1), "ends_on": dt.date(2026, 11, 1)}
    Membership.objects.create(team=team, person=former, **span)
    owners = {
        former: True,
        make_member(team, person=make_person("Dorte", is_active=False)): True,
        make_member(make_team("Syd", unit=team.unit), "Silas Syd"): True,
        make_leader(make_unit("Østerskolen")): True,
        make_resource_person(team): False,
        make_team_leader(team): False,
        make_leader(team.unit): False,
        make_leader(whole): False,
        None: False,
    }
    for owner in owners:
        make_agreement(team, owner=owner)
    found = page(client, team, make_member(team)).context["page"]
    assert {agreement.owner: agreement.owner_has_left for agreement in found} == owners


def test_who_may_not_change_it_is_offered_no_button(client: Client, team: Team) -> None:
    leader = make_leader(team.unit)
    shared = make_agreement(team, "delt", is_shared=True)
    own = make_agreement(team, "hendes", owner=leader)
    content = page(client, team, leader).content.decode()
    offered = {
        name: [reverse(f"teams:{name}", args=[row.pk]) in content for row in (shared, own)]
        for name in ("agreement_state", "agreement_drop", "agreement_edit")
    }
    assert offered == {
        "agreement_state": [False, True],
        "agreement_drop": [False, True],
        "agreement_edit": [False, False],
    }
    assert reverse("teams:agreement_add", args=[team.pk]) not in content


def test_the_list_comes_by_the_page(client: Client, team: Team, settings: Any) -> None:
    settings.PAGE_SIZE = 2
    for day in (1, 2, 3):
        make_agreement(team, str(day), due_on=dt.date(2026, 12, day))
    client.force_login(make_member(team))
    response = client.get(reverse("teams:team_agreements", args=[team.pk]), {"page": 2})
    assert [agreement.text for agreement in response.context["page"]] == ["3"]


def test_a_group_without_promises_agrees_as_well(client: Client, tuesday: dt.date, db: None) -> None:
    group = make_team("Ledelsen", kind=TeamKind.LEADERSHIP)
    make_agreement(group, "Vi holder en dag.")
    assert texts(client, group, make_member(group)) == ["Vi holder en dag."]
