"""Changing a template: all of it on one page, each saving a new version."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.defaults import DEFAULT_CYCLE
from learningcycle.enums import AgendaPart, PhaseRule
from learningcycle.models import MethodTemplate, TemplateStep, TemplateVersion
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import Unit
from tests.builders import make_administrator, make_leader, make_team, make_unit
from tests.cycle_addresses import template_form as form
from tests.cycle_builders import make_cycle, make_template, shipped

NASTY = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org")',
    "Robert'); DROP TABLE learningcycle_templatestep;--",
    "{{ 7 * 7 }} {% now 'Y' %} %s %(minutes)d",
    "Ω≈ç√∫µ≤≥÷ 田中さん مرحبا 👩‍👩‍👧‍👦",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
]


def write_again(
    template: MethodTemplate, title: str, steps: Sequence[str], *, minutes: int | None = 10
) -> TemplateVersion:
    """A further version of the template."""
    version = TemplateVersion.objects.create(template=template, number=template.versions.count() + 1, title=title)
    for position, name in enumerate(steps, start=1):
        TemplateStep.objects.create(version=version, position=position, title=name, minutes=minutes)
    return version


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def template(unit: Unit) -> MethodTemplate:
    """An agenda of Siden sidst, Vores sag and Tjek ud."""
    return make_template(unit, "Birkes måde", steps=("Siden sidst", "Vores sag", "Tjek ud"))


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(template: MethodTemplate, leader: User) -> str:
    return reverse("learningcycle:template_edit", args=[template.pk])


def steps(template: MethodTemplate, *columns: str) -> list[Any]:
    """What the newest version's steps say, in order."""
    newest = template.versions.all()[0]
    return list(newest.steps.values_list(*(columns or ("title",)), flat=len(columns) < 2))


def test_everything_can_be_changed_and_is_a_new_version(
    client: Client, url: str, template: MethodTemplate, leader: User
) -> None:
    changes = {"title": "Vores nye", "description": "God om fredagen.", "source": "Efter Birgit"}
    of_the_step = {"title_2": "Én sag", "question_2": "Hvad\r\nser vi?", "minutes_2": "25", "part_2": "inquiry"}
    response = client.post(url, form(template, **changes, **of_the_step))
    assert response["Location"] == reverse("learningcycle:template_detail", args=[template.pk])
    newest, before = template.versions.all()
    assert (newest.number, newest.title, newest.description) == (2, "Vores nye", "God om fredagen.")
    assert (newest.source, newest.made_by) == ("Efter Birgit", leader)
    said = ("position", "title", "question", "minutes", "part")
    assert steps(template, *said) == [
        (1, "Siden sidst", "", 10, ""),
        (2, "Én sag", "Hvad\nser vi?", 25, AgendaPart.INQUIRY),
        (3, "Tjek ud", "", 10, ""),
    ]
    assert (before.title, list(before.steps.values_list("title", flat=True))) == (
        "Birkes måde",
        ["Siden sidst", "Vores sag", "Tjek ud"],
    )


def test_a_phase_has_something_to_write_and_a_rule(client: Client, db: None) -> None:
    client.force_login(make_administrator())
    template = shipped("pdsa").template
    url = reverse("learningcycle:template_edit", args=[template.pk])
    client.post(url, form(template, to_write_2="Det, I så.", rule_2=PhaseRule.DATA, rule_3=""))
    assert steps(template, "title", "to_write", "rule", "minutes")[1:3] == [
        ("Gør", "Det, I så.", PhaseRule.DATA, None),
        ("Undersøg", "Forskellen på det, I troede, og det, der skete.", "", None),
    ]


def test_nothing_new_is_no_new_version(client: Client, url: str, template: MethodTemplate) -> None:
    response = client.post(url, form(template), follow=True)
    assert "Der var ikke noget nyt at gemme" in response.content.decode()
    assert template.versions.count() == 1


@pytest.mark.parametrize("key", ["laeringscirklen", "laeringssamtale-60", "undersoegelsesspiral"])
def test_no_shipped_template_is_changed_by_being_opened_and_saved(client: Client, db: None, key: str) -> None:
    client.force_login(make_administrator())
    template = shipped(key).template
    client.post(reverse("learningcycle:template_edit", args=[template.pk]), form(template))
    assert template.versions.count() == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"place_3": "1"}, ["Tjek ud", "Siden sidst", "Vores sag"]),
        ({"place_1": "3"}, ["Vores sag", "Tjek ud", "Siden sidst"]),
        ({"place_1": "2", "place_2": "1"}, ["Vores sag", "Siden sidst", "Tjek ud"]),
        ({"place_1": "30", "place_2": "20", "place_3": "10"}, ["Tjek ud", "Vores sag", "Siden sidst"]),
        ({"place_2": ""}, ["Siden sidst", "Vores sag", "Tjek ud"]),
        ({"remove_2": "on"}, ["Siden sidst", "Tjek ud"]),
        ({"remove_1": "on", "place_3": "1"}, ["Tjek ud", "Vores sag"]),
        ({"title_4": "Kaffe", "minutes_4": "5"}, ["Siden sidst", "Vores sag", "Tjek ud", "Kaffe"]),
        ({"title_5": "Kaffe", "minutes_5": "5", "place_5": "2"}, ["Siden sidst", "Kaffe", "Vores sag", "Tjek ud"]),
        ({"title_14": "Kaffe", "minutes_14": "5", "place_14": "1"}, ["Kaffe", "Siden sidst", "Vores sag", "Tjek ud"]),
    ],
)
def test_steps_are_moved_taken_out_and_added(
    client: Client, url: str, template: MethodTemplate, changes: dict[str, str], expected: list[str]
) -> None:
    assert client.post(url, form(template, **changes)).status_code == 302
    assert steps(template) == expected
    assert steps(template, "position") == list(range(1, len(expected) + 1))


def test_two_steps_may_have_the_same_title(client: Client, url: str, template: MethodTemplate) -> None:
    client.post(url, form(template, title_4="Tjek ud", minutes_4="5"))
    assert steps(template) == ["Siden sidst", "Vores sag", "Tjek ud", "Tjek ud"]


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"title": ""}, "title", "Dette felt er påkrævet."),
        ({"title_2": ""}, "title_2", "Giv det en titel, eller fjern det."),
        ({"question_4": "Hvad med kaffen?", "minutes_4": "5"}, "title_4", "Giv det en titel, eller fjern det."),
        ({"minutes_2": ""}, "minutes_2", "Skriv, hvor mange minutter det tager."),
        ({"minutes_2": "0"}, "minutes_2", "Et punkt tager mellem 1 og 240 minutter."),
        ({"minutes_2": "600"}, "minutes_2", "Et punkt tager mellem 1 og 240 minutter."),
        ({"minutes_2": "ti"}, "minutes_2", "Et punkt tager mellem 1 og 240 minutter."),
        ({"place_2": "0"}, "place_2", "Skriv et tal mellem 1 og 99."),
        ({"part_2": "findes ikke"}, "part_2", "Marker en gyldig valgmulighed"),
        ({"title_2": "x" * 81}, "title_2", "højst have 80 tegn"),
        ({"question_2": "x" * 401}, "question_2", "højst have 400 tegn"),
        ({"question_2": "Æ" * 200_000}, "question_2", "højst have 400 tegn"),
        ({"question_2": "Ring 010190-1234"}, "question_2", "CPR"),
        ({"description": "x" * 601}, "description", "højst have 600 tegn"),
        ({"title_2": "Sag\x00"}, "title_2", "Null-tegn"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_is_kept(
    client: Client, url: str, template: MethodTemplate, changes: dict[str, str], field: str, told: str
) -> None:
    shown = client.post(url, form(template, title_3="Tjek helt ud", **changes)).context["form"]
    assert list(shown.errors) == [field]
    assert told in shown.errors[field][0]
    assert {name: shown[name].value() for name in changes} == changes
    assert shown["title_3"].value() == "Tjek helt ud"
    assert template.versions.count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {f"minutes_{row}": "200" for row in (1, 2, 3)},
            "Dagsordenen tager 600 minutter i alt. Den skal tage mellem 5",
        ),
        ({f"minutes_{row}": "1" for row in (1, 2, 3)}, "Dagsordenen tager 3 minutter i alt."),
        ({f"remove_{row}": "on" for row in (1, 2, 3)}, "Der er intet tilbage. En skabelon har mindst ét trin."),
        (
            {f"{name}_{row}": "5" for row in range(4, 14) for name in ("title", "minutes")},
            "En skabelon har højst tolv trin.",
        ),
    ],
)
def test_a_whole_that_cannot_be_is_told_and_what_was_typed_is_kept(
    client: Client, url: str, template: MethodTemplate, changes: dict[str, str], told: str
) -> None:
    shown = client.post(url, form(template, **changes)).context["form"]
    assert told in shown.non_field_errors()[0]
    typed = {name: value for name, value in changes.items() if not name.startswith("remove")}
    assert {name: shown[name].value() for name in typed} == typed
    assert template.versions.count() == 1


def test_twelve_steps_and_four_hours_are_the_most(client: Client, url: str, template: MethodTemplate) -> None:
    full = {f"title_{row}": f"Punkt {row}" for row in range(1, 13)}
    client.post(url, form(template, **full, **{f"minutes_{row}": "20" for row in range(1, 13)}))
    assert len(steps(template)) == 12
    again = form(template, remove_1="on", title_13="Punkt 13", minutes_13="20")
    assert client.post(url, again).status_code == 302
    assert steps(template)[-1] == "Punkt 13"


def test_what_is_taken_out_needs_no_correcting_first(client: Client, url: str, template: MethodTemplate) -> None:
    wrong = {"title_2": "x" * 81, "question_2": "Ring 010190-1234", "minutes_2": "", "place_2": "0", "remove_2": "on"}
    assert client.post(url, form(template, **wrong)).status_code == 302
    assert steps(template) == ["Siden sidst", "Tjek ud"]


def test_words_of_any_kind_are_plain_text(client: Client, url: str, template: MethodTemplate) -> None:
    typed = {f"question_{row}": text for row, text in enumerate(NASTY, start=1)}
    filled = {f"{name}_{row}": "9" for row in range(1, 7) for name in ("title", "minutes")}
    client.post(url, form(template, **filled, **typed))
    assert steps(template, "question") == NASTY
    page = client.get(reverse("learningcycle:template_detail", args=[template.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page


def test_of_two_who_edit_the_second_is_told_and_sees_what_stands_now(
    client: Client, url: str, template: MethodTemplate
) -> None:
    hers, his = form(template, title_1="Hendes ord"), form(template, title_1="Hans ord")
    client.post(url, hers)
    response = client.post(url, his)
    shown = response.context["form"]
    assert "En anden har ændret" in shown.non_field_errors()[0]
    assert (shown["title_1"].value(), shown["version"].value()) == ("Hans ord", 2)
    assert "Hendes ord" in response.content.decode()
    assert steps(template)[0] == "Hendes ord"
    client.post(url, {**his, "version": "2"})
    assert (steps(template)[0], template.versions.count()) == ("Hans ord", 3)


def test_a_running_cycle_keeps_the_version_it_began_with(client: Client, unit: Unit) -> None:
    began_with = shipped(DEFAULT_CYCLE)
    cycle = make_cycle(make_team(unit=unit), phase=3)
    client.force_login(make_administrator())
    central = reverse("learningcycle:template_edit", args=[began_with.template_id])
    client.post(central, form(began_with.template, title_3="Vælg et mål", remove_6="on"))
    assert (shipped(DEFAULT_CYCLE).number, shipped(DEFAULT_CYCLE).steps.count()) == (2, 5)
    cycle.refresh_from_db()
    assert (cycle.version_used, cycle.phase.title) == (began_with, "Reflektér og sæt mål")
    assert [step.title for step in cycle.version_used.steps.all()] == [
        "Fokusér",
        "Observér",
        "Reflektér og sæt mål",
        "Planlæg",
        "Afprøv",
        "Evaluér og justér",
    ]


def test_digits_that_are_no_cpr_number_are_confirmed_and_logged(
    client: Client, url: str, template: MethodTemplate, leader: User
) -> None:
    client.post(url, form(template, question_1="Ring 010190-1234", not_cpr="on"))
    assert steps(template, "question")[0] == "Ring 010190-1234"
    assert TextOverride.objects.values_list("person", "place").get() == (leader.pk, "learningcycle.TemplateVersion")


def test_empty_rows_stand_ready(client: Client, url: str) -> None:
    shown = client.get(url).context["form"]
    assert [row.number for row in shown.open_rows] == [1, 2, 3, 4, 5]
    assert [row.number for row in shown.waiting_rows] == list(range(6, 15))
