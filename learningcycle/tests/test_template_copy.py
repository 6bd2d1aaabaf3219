"""Giving a unit a template of its own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.defaults import DEFAULT_CYCLE
from learningcycle.enums import PhaseRule, TemplateKind
from learningcycle.models import MethodTemplate, TemplateStep
from learningcycle.queries import usual_version
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import PortfolioUnit, Unit
from tests.builders import SINCE, make_administrator, make_leader, make_learning_partner, make_team, make_unit
from tests.cycle_builders import shipped

TOKEN = "6d0f5a3c-5a5f-4c89-9f0d-0b0e5b0f7c11"  # noqa: S105 - of a form


@pytest.fixture
def unit(db: None) -> Unit:
    make_unit("Østerskolen")
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(leader: User) -> str:
    return reverse("learningcycle:template_copy", args=[shipped(DEFAULT_CYCLE).template_id])


def form(to: Unit, **values: Any) -> dict[str, Any]:
    return {"unit": to.pk, "title": "Birkes cirkel", "token": TOKEN, **values}


def test_the_unit_gets_its_own_with_the_same_steps(client: Client, url: str, unit: Unit, leader: User) -> None:
    response = client.post(url, form(unit))
    original = shipped(DEFAULT_CYCLE)
    copy = MethodTemplate.objects.get(unit=unit)
    assert response["Location"] == reverse("learningcycle:template_detail", args=[copy.pk])
    assert (copy.kind, copy.key, copy.copied_from, copy.is_offered) == ("cycle", "", original.template, True)
    version = copy.versions.get()
    assert (version.number, version.title, version.source) == (1, "Birkes cirkel", original.source)
    assert version.made_by == leader
    said = ("position", "title", "question", "to_write", "rule", "minutes", "part")
    assert list(version.steps.values_list(*said)) == list(original.steps.values_list(*said))
    assert TemplateStep.objects.filter(version=version, rule=PhaseRule.ACTION).count() == 1


def test_its_teams_begin_with_it(client: Client, url: str, unit: Unit) -> None:
    client.post(url, form(unit))
    assert usual_version(make_team(unit=unit), TemplateKind.CYCLE).title == "Birkes cirkel"
    assert usual_version(make_team(), TemplateKind.CYCLE).title == "Læringscirklen"


def test_the_only_unit_and_the_title_stand_there(client: Client, url: str, unit: Unit) -> None:
    shown = client.get(url).context["form"]
    assert (shown["unit"].value(), shown["title"].value()) == (unit.pk, "Læringscirklen")
    assert [label for _value, label in shown.fields["unit"].choices] == ["Birkeskolen"]


def test_a_double_click_makes_one_copy(client: Client, url: str, unit: Unit) -> None:
    for _click in range(2):
        assert client.post(url, form(unit)).status_code == 302
    assert MethodTemplate.objects.filter(unit=unit).count() == 1


def test_the_units_to_choose_are_ones_own_to_give(client: Client, url: str, unit: Unit) -> None:
    part = make_unit("Indskolingen", parent=unit)
    partner = make_learning_partner(unit)
    PortfolioUnit.objects.create(unit=Unit.objects.get(name="Østerskolen"), person=partner, starts_on=SINCE)
    found = []
    for person in (make_leader(part), make_leader(unit), partner, make_administrator()):
        client.force_login(person)
        choices = client.get(url).context["form"].fields["unit"].choices
        found.append([label for value, label in choices if value])
    assert found == [
        ["Indskolingen (Birkeskolen)"],
        ["Birkeskolen", "Indskolingen (Birkeskolen)"],
        ["Birkeskolen", "Indskolingen (Birkeskolen)", "Østerskolen"],
        ["Birkeskolen", "Indskolingen (Birkeskolen)", "Østerskolen"],
    ]


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"title": ""}, "title", "Dette felt er påkrævet."),
        ({"title": "x" * 81}, "title", "højst have 80 tegn"),
        ({"title": "Ring 010190-1234"}, "title", "CPR"),
        ({"unit": ""}, "unit", "Dette felt er påkrævet."),
        ({"unit": "987654321"}, "unit", "Marker en gyldig valgmulighed"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_is_kept(
    client: Client, url: str, unit: Unit, values: dict[str, Any], field: str, told: str
) -> None:
    shown = client.post(url, form(unit, **values)).context["form"]
    assert list(shown.errors) == [field]
    assert told in shown.errors[field][0]
    assert shown["title"].value() == values.get("title", "Birkes cirkel")
    assert not MethodTemplate.objects.filter(unit__isnull=False).exists()


def test_a_unit_that_is_not_ones_own_is_no_choice(client: Client, url: str, unit: Unit) -> None:
    other = Unit.objects.get(name="Østerskolen")
    assert list(client.post(url, form(other)).context["form"].errors) == ["unit"]
    assert not MethodTemplate.objects.filter(unit__isnull=False).exists()


def test_digits_that_are_no_cpr_number_are_confirmed_and_logged(
    client: Client, url: str, unit: Unit, leader: User
) -> None:
    client.post(url, form(unit, title="Ring 010190-1234", not_cpr="on"))
    assert MethodTemplate.objects.get(unit=unit).versions.get().title == "Ring 010190-1234"
    assert TextOverride.objects.values_list("person", "place").get() == (leader.pk, "learningcycle.TemplateVersion")
