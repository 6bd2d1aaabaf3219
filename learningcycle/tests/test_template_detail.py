"""Reading a template, and the versions it has had."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.defaults import DEFAULT_AGENDA, DEFAULT_CYCLE
from learningcycle.models import MethodTemplate
from learningcycle.tests.test_template_edit import write_again
from slf_portal.accounts.enums import CentralRole
from teams.models import Unit, UnitLeader
from tests.builders import (
    SINCE,
    make_central,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_team,
    make_unit,
)
from tests.cycle_builders import make_conversation, make_cycle, make_template, shipped


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def template(unit: Unit) -> MethodTemplate:
    return make_template(unit, "Birkes måde")


@pytest.fixture
def url(template: MethodTemplate) -> str:
    return reverse("learningcycle:template_detail", args=[template.pk])


def words(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_the_phases_are_told_with_their_questions_and_reminders(client: Client, unit: Unit) -> None:
    client.force_login(make_member(make_team(unit=unit)))
    page = words(client, reverse("learningcycle:template_detail", args=[shipped(DEFAULT_CYCLE).template_id]))
    assert "Hvad undrer vi os over, og hvilket mål hænger det sammen med?" in page
    assert "Data med periode og gruppe, beskrevet uden at vurdere." in page
    assert "Husk, før I går videre: et mål og mindst ét tegn at kigge efter" in page
    assert "Portalens forslag, ikke programmets officielle faser" in page


def test_an_item_is_told_with_its_minutes_and_what_stands_beside_it(client: Client, unit: Unit) -> None:
    client.force_login(make_member(make_team(unit=unit)))
    page = words(client, reverse("learningcycle:template_detail", args=[shipped(DEFAULT_AGENDA).template_id]))
    assert "20 minutter" in page
    assert "Dagsorden, 60 minutter" in page
    assert "Ved siden af vises: siden sidst" in page


def test_earlier_versions_can_be_read(client: Client, unit: Unit, template: MethodTemplate, url: str) -> None:
    write_again(template, "Birkes nye måde", ("Alt på én gang",))
    client.force_login(make_leader(unit))
    newest, first = words(client, url), words(client, f"{url}?version=1")
    assert ("<h1>Birkes nye måde</h1>" in newest, "Alt på én gang" in newest, "Tjek ud" in newest) == (
        True,
        True,
        False,
    )
    assert ("<h1>Birkes måde</h1>" in first, "Alt på én gang" in first, "Tjek ud" in first) == (True, False, True)
    assert "Du læser version 1 fra" in first
    assert ("?version=1" in newest, "?version=2" in first) == (True, True)
    assert reverse("learningcycle:template_edit", args=[template.pk]) not in first


@pytest.mark.parametrize("asked", ["0", "2", "x", "", "9" * 30, "१"])
def test_a_version_that_is_not_there_is_not_found(client: Client, unit: Unit, url: str, asked: str) -> None:
    client.force_login(make_leader(unit))
    assert client.get(url, {"version": asked}).status_code == 404


def test_what_is_under_way_with_any_version_is_counted(client: Client, unit: Unit, url: str) -> None:
    default = shipped(DEFAULT_CYCLE)
    team = make_team(unit=unit)
    make_cycle(team)
    make_cycle(team, closed_on=dt.date.today())  # noqa: DTZ011 - any day
    client.force_login(make_member(team))
    cycle_url = reverse("learningcycle:template_detail", args=[default.template_id])
    assert "<dd>1 læringscirkel</dd>" in words(client, cycle_url)
    write_again(default.template, "Ny", ("Fokusér",), minutes=None)
    make_cycle(team, "Den nye", version_used=shipped(DEFAULT_CYCLE))
    assert "<dd>2 læringscirkler</dd>" in words(client, cycle_url)
    assert "intet lige nu" in words(client, url)
    make_conversation(make_meeting(team, dt.date(2030, 1, 8)))
    agenda_url = reverse("learningcycle:template_detail", args=[shipped(DEFAULT_AGENDA).template_id])
    assert "1 samtale, der ikke er afsluttet" in words(client, agenda_url)


def test_who_may_do_what_is_offered_that(client: Client, unit: Unit, template: MethodTemplate, url: str) -> None:
    pages = [reverse(f"learningcycle:template_{page}", args=[template.pk]) for page in ("copy", "edit", "offer")]
    seen = {}
    for name, person in {
        "member": make_member(make_team(unit=unit)),
        "leader": make_leader(unit),
        "section leader": make_central(CentralRole.SECTION_LEADER),
    }.items():
        client.force_login(person)
        page = client.get(url).content.decode()
        seen[name] = [action in page for action in pages]
    assert seen == {"member": [False] * 3, "leader": [True] * 3, "section leader": [False] * 3}


def test_a_leader_copies_what_is_for_all_and_a_learning_partner_changes_it(
    client: Client, unit: Unit, template: MethodTemplate
) -> None:
    central = shipped("pdsa").template
    url = reverse("learningcycle:template_detail", args=[central.pk])
    copy, edit = (reverse(f"learningcycle:template_{page}", args=[central.pk]) for page in ("copy", "edit"))
    client.force_login(make_leader(unit))
    assert [page in client.get(url).content.decode() for page in (copy, edit)] == [True, False]
    client.force_login(make_learning_partner())
    assert [page in client.get(url).content.decode() for page in (copy, edit)] == [False, True]
    client.force_login(make_learning_partner(unit))
    assert [page in client.get(url).content.decode() for page in (copy, edit)] == [True, True]


def test_its_origin_is_told_to_who_may_read_that(client: Client, unit: Unit, template: MethodTemplate) -> None:
    other = make_unit("Østerskolen")
    copy = make_template(other, "Østers måde")
    MethodTemplate.objects.filter(pk=copy.pk).update(copied_from=template)
    url = reverse("learningcycle:template_detail", args=[copy.pk])
    person = make_leader(other)
    client.force_login(person)
    assert "Birkes måde" not in words(client, url)
    UnitLeader.objects.create(unit=unit, person=person, starts_on=SINCE)
    assert "Birkes måde" in words(client, url)
