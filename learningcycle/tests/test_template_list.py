"""Everyone's templates and the units' own, each to whom it concerns."""

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.defaults import DEFAULT_AGENDA
from learningcycle.enums import TemplateKind
from learningcycle.models import MethodTemplate, TemplateStep, TemplateVersion
from learningcycle.tests.test_template_edit import write_again
from slf_portal.accounts.enums import CentralRole
from teams.models import Unit
from tests.builders import (
    make_administrator,
    make_central,
    make_leader,
    make_learning_partner,
    make_member,
    make_team,
    make_unit,
)
from tests.cycle_builders import make_template, shipped

URL = reverse("learningcycle:template_list")
SHIPPED_CYCLES = [
    "Læringscirklen",
    "Didaktisk samtale i fire faser",
    "Undersøgelsesspiralen",
    "Forbedringscirklen (PDSA)",
    "Aktionslæring",
    "Fem trin",
    "De fire spørgsmål",
]
SHIPPED_AGENDAS = [
    "Teamets læringssamtale, 60 minutter",
    "Kort læringssamtale, 30 minutter",
    "Læringssamtale med besøg, 75 minutter",
]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def own(unit: Unit) -> MethodTemplate:
    """The template of Birkeskolen, beside one of another unit."""
    make_template(make_unit("Østerskolen"), "Øster måde")
    return make_template(unit, "Birkes måde")


def titles(client: Client, **asked: str) -> list[str]:
    return [version.title for version in client.get(URL, asked).context["page"]]


def test_those_for_all_come_first_and_then_the_units_own(client: Client, unit: Unit, own: MethodTemplate) -> None:
    client.force_login(make_member(make_team(unit=unit)))
    page = client.get(URL).content.decode()
    assert titles(client) == [*SHIPPED_CYCLES, *SHIPPED_AGENDAS, "Birkes måde"]
    assert page.index("For alle") < page.index("Læringscirklen") < page.index("Birkeskolen") < page.index("Birkes måde")
    assert "Det er ikke programmets officielle." in page


def test_a_line_tells_what_it_is_good_for_its_length_and_whose_idea(
    client: Client, unit: Unit, own: MethodTemplate
) -> None:
    client.force_login(make_member(make_team(unit=unit)))
    page = " ".join(client.get(URL).content.decode().split())
    assert "God til at prøve noget lille" in page
    assert "Efter Deming" in page
    assert "Læringscirkel · 4 faser" in page
    assert "Dagsorden · 7 punkter · 60 minutter" in page
    assert "Dagsorden · 3 punkter · 30 minutter" in page


def test_the_list_is_narrowed_to_a_kind(client: Client, unit: Unit, own: MethodTemplate) -> None:
    client.force_login(make_member(make_team(unit=unit)))
    assert titles(client, kind="cycle") == SHIPPED_CYCLES
    assert titles(client, kind="agenda") == [*SHIPPED_AGENDAS, "Birkes måde"]
    assert len(titles(client, kind="findes ikke")) == 11


def test_who_sees_every_unit_sees_every_units_in_danish_order(client: Client, own: MethodTemplate) -> None:
    make_template(make_unit("Aarhus Friskole"), "Friskolens måde")
    client.force_login(make_central(CentralRole.SECTION_LEADER))
    assert titles(client)[10:] == ["Birkes måde", "Øster måde", "Friskolens måde"]


def test_the_newest_version_stands_on_the_list(client: Client, unit: Unit, own: MethodTemplate) -> None:
    write_again(own, "Birkes nye måde", ("Ét punkt",))
    client.force_login(make_leader(unit))
    assert titles(client)[-1] == "Birkes nye måde"
    assert "1 punkt · 10 minutter" in " ".join(client.get(URL).content.decode().split())


def test_one_not_offered_is_there_for_who_can_offer_it_again(client: Client, unit: Unit, own: MethodTemplate) -> None:
    MethodTemplate.objects.filter(pk=own.pk).update(is_offered=False)
    client.force_login(make_member(make_team(unit=unit)))
    assert titles(client)[10:] == []
    client.force_login(make_leader(unit))
    assert titles(client)[10:] == ["Birkes måde"]
    assert "tilbydes ikke" in client.get(URL).content.decode()


def test_one_for_all_not_offered_is_there_for_learning_partners(
    client: Client, unit: Unit, own: MethodTemplate
) -> None:
    MethodTemplate.objects.filter(key="pdsa").update(is_offered=False)
    client.force_login(make_learning_partner())
    assert titles(client) == [*SHIPPED_CYCLES, *SHIPPED_AGENDAS]
    client.force_login(make_leader(unit))
    assert "Forbedringscirklen (PDSA)" not in titles(client)


def test_without_templates_the_page_says_what_would_stand_there(client: Client, db: None) -> None:
    for model in (TemplateStep, TemplateVersion, MethodTemplate):
        model.objects.all().delete()
    client.force_login(make_administrator())
    assert "Her står de faser og dagsordener" in client.get(URL).content.decode()
    assert "Ingen skabelon passer til valget." in client.get(URL, {"kind": "cycle"}).content.decode()


def test_the_list_is_read_by_the_page(client: Client, unit: Unit, own: MethodTemplate) -> None:
    for number in range(45):
        make_template(unit, f"Måde {number}", kind=TemplateKind.CYCLE)
    client.force_login(make_leader(unit))
    assert (len(titles(client)), len(titles(client, page="2"))) == (50, 6)


def test_the_unit_page_and_the_homes_lead_to_it(client: Client, unit: Unit, own: MethodTemplate) -> None:
    client.force_login(make_leader(unit))
    assert f'href="{URL}"' in client.get(reverse("dashboard:unit_detail", args=[unit.pk])).content.decode()
    client.force_login(make_learning_partner())
    assert f'href="{URL}"' in client.get(reverse("dashboard:learning_partner")).content.decode()
    client.force_login(make_administrator())
    assert f'href="{URL}"' in client.get(reverse("admin:index")).content.decode()


def test_the_shipped_agenda_is_an_hour(db: None) -> None:
    assert sum(step.minutes or 0 for step in shipped(DEFAULT_AGENDA).steps.all()) == 60
