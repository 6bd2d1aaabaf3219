"""The picture of the year: who sees which teams, what stands in a month, and the sheet it is printed on."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import MeetingState
from observations.enums import VisitState
from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months
from teams.enums import ContractState, GrusState, TeamKind
from teams.models import Team, Unit
from tests.builders import (
    make_all_terms,
    make_closure,
    make_contract,
    make_grus,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_unit,
    make_visit,
)
from tests.documents import fonts_of, read, root_of, tags_of, words_of

D = dt.date
MONTHS = ("08", "09", "10", "11", "12", "01", "02", "03", "04", "05", "06", "07")


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    unit = make_unit("Birkeskolen")
    make_all_terms(unit=unit)
    return unit


def page(client: Client, unit: Unit, person: User, query: str = "") -> Any:
    client.force_login(person)
    return client.get(reverse("dashboard:year_wheel", args=[unit.pk]) + query)


def year_of(client: Client, team: Team, query: str = "") -> dict[str, str]:
    """What stands in each month of the team that holds something, by the month's number."""
    wheel = page(client, team.unit, make_leader(team.unit), query).context["wheel"]
    (row,) = [row for row in wheel.rows if row.name == team.name]
    said = {f"{cell.month:%m}": ", ".join(mark.words for mark in cell.marks) or cell.quiet_words for cell in row.cells}
    assert tuple(said) == MONTHS
    return {month: words for month, words in said.items() if words}


def fill(team: Team, day: int = 3) -> None:
    """A busy year: a meeting each month, a visit every third, a GRUS and a contract."""
    visitor = make_resource_person(team)
    for month in range(11):
        on = add_months(D(2026, 8, day), month)
        is_held = on < D(2026, 11, 24)
        make_meeting(team, on, state=MeetingState.HELD if is_held else MeetingState.PLANNED)
        if month % 3 == day % 3:
            make_visit(team, visitor, on, state=VisitState.HELD if is_held else VisitState.PLANNED)
    make_grus(team, D(2026, 9, 14))
    make_contract(team, D(2026, 2, day))


def test_a_teams_year_says_what_was_held_what_is_planned_and_what_nobody_noted(client: Client, unit: Unit) -> None:
    team = make_team("Nord", unit=unit)
    visitor = make_resource_person(team)
    make_meeting(team, D(2026, 8, 1), state=MeetingState.HELD)
    make_meeting(team, D(2026, 9, 30))
    make_meeting(team, D(2026, 10, 5), state=MeetingState.CANCELLED)
    make_meeting(team, D(2026, 11, 24))
    make_visit(team, visitor, D(2026, 10, 7), state=VisitState.HELD)
    make_visit(team, visitor, D(2026, 12, 1))
    make_visit(team, visitor, D(2026, 12, 8), state=VisitState.CANCELLED)
    make_grus(team, D(2026, 12, 3), state=GrusState.PLANNED)
    make_grus(team, D(2026, 12, 4), state=GrusState.PROPOSED)
    make_contract(team, D(2025, 2, 8), state=ContractState.REPLACED)
    make_contract(team, D(2026, 2, 9))
    make_contract(team, None)

    assert year_of(client, team) == {
        "08": "møde holdt 1. aug.",
        "09": "møde, ikke noteret endnu 30. sept.",
        "10": "besøg holdt 7. okt.",
        "11": "møde planlagt 24. nov.",
        "12": "besøg planlagt 1. dec., GRUS planlagt 3. dec.",
        "02": "teamkontrakten skal fornyes 9. feb.",
        "07": "pause",
    }
    earlier = year_of(client, team, "?fra=2025-08")
    assert earlier == {"02": "teamkontrakt trådte i kraft 9. feb. 2026", "07": "pause"}


def test_a_month_without_an_open_day_and_a_month_before_or_after_the_team_are_quiet(client: Client, unit: Unit) -> None:
    team = make_team("Nord", unit=unit, starts_on=D(2026, 10, 20), ends_on=D(2027, 5, 1))
    make_closure(D(2026, 12, 1), D(2027, 1, 1))
    make_closure(D(2027, 2, 8), D(2027, 2, 20))
    outside = dict.fromkeys(("08", "09", "05", "06", "07"), "teamet er der ikke")

    assert year_of(client, team) == {**outside, "12": "lukket"}


@pytest.mark.parametrize(
    ("asked", "first", "later"),
    [
        ("", D(2026, 8, 1), True),
        ("?fra=2027-03", D(2026, 8, 1), True),
        ("?fra=2027-08", D(2027, 8, 1), False),
        ("?fra=2025-08", D(2025, 8, 1), True),
        ("?fra=2028-08", D(2026, 8, 1), True),
        ("?fra=0001-01", D(2026, 8, 1), True),
        ("?fra=nonsens", D(2026, 8, 1), True),
    ],
)
def test_the_school_year_is_this_one_unless_another_is_asked_for(
    client: Client,
    unit: Unit,
    asked: str,
    first: dt.date,
    later: bool,  # noqa: FBT001
) -> None:
    wheel = page(client, unit, make_leader(unit), asked).context["wheel"]
    assert (wheel.first, wheel.earlier, wheel.later is not None) == (first, add_months(first, -12), later)


def test_the_units_teams_stand_first_then_those_of_its_parts_each_in_danish_order(client: Client, unit: Unit) -> None:
    part = make_unit("Afdeling Æblehaven", parent=unit)
    for name in ("Ørnene", "Ålene", "Zebraerne"):
        make_team(name, unit=unit)
    make_team("Ænderne", unit=part)
    make_team("Ledelsen", unit=unit, kind=TeamKind.LEADERSHIP)
    make_team("Nedlagt i år", unit=unit, ends_on=D(2026, 10, 1))
    make_team("Nedlagt før", unit=unit, ends_on=D(2026, 8, 1))
    make_team("Andetsteds")
    groups = page(client, unit, make_leader(unit)).context["wheel"].groups

    assert [(group.unit.name, [row.name for row in group.rows]) for group in groups] == [
        ("Birkeskolen", ["Nedlagt i år", "Zebraerne", "Ørnene", "Ålene"]),
        ("Afdeling Æblehaven", ["Ænderne"]),
    ]


def test_a_team_sees_its_own_line_a_leader_and_a_learning_partner_all_and_a_stranger_nothing(
    client: Client, unit: Unit
) -> None:
    own, other = make_team("Nord", unit=unit), make_team("Syd", unit=unit)
    people = {
        "member": make_member(own),
        "resource person": make_resource_person(other),
        "leader": make_leader(unit),
        "partner": make_learning_partner(unit),
    }
    names = {
        who: [row.name for row in page(client, unit, person).context["wheel"].rows] for who, person in people.items()
    }

    assert names == {
        "member": ["Nord"],
        "resource person": ["Syd"],
        "leader": ["Nord", "Syd"],
        "partner": ["Nord", "Syd"],
    }
    for stranger in (make_person(), make_leader(make_unit())):
        for name in ("year_wheel", "year_wheel_print", "year_wheel_pdf"):
            client.force_login(stranger)
            assert client.get(reverse(f"dashboard:{name}", args=[unit.pk])).status_code == 404


def test_the_signs_are_said_in_words_and_the_months_are_headings_of_a_table(client: Client, unit: Unit) -> None:
    fill(make_team("Nord", unit=unit))
    text = page(client, unit, make_leader(unit)).content.decode()

    assert text.count('<th scope="col"') == 13
    assert text.count('aria-current="date"') == 1
    assert "GRUS holdt 14. sept." in text
    assert "besøg planlagt 3. feb." in text


def test_it_is_found_from_the_units_page_the_leaders_home_and_the_teams_page(client: Client, unit: Unit) -> None:
    team = make_team("Nord", unit=unit)
    url = f'href="{reverse("dashboard:year_wheel", args=[unit.pk])}"'
    client.force_login(make_leader(unit))
    pages = (reverse("dashboard:unit_detail", args=[unit.pk]), reverse("dashboard:leader"))
    assert [url in client.get(address).content.decode() for address in pages] == [True, True]
    client.force_login(make_member(team))
    assert url in client.get(reverse("dashboard:team_detail", args=[team.pk])).content.decode()


def test_three_teams_cost_as_many_queries_as_one(client: Client, unit: Unit) -> None:
    leader = make_leader(unit)
    counts = []
    for number in (1, 2, 3):
        fill(make_team(f"Team {number}", unit=make_unit(parent=unit)), number)
        page(client, unit, leader)
        with CaptureQueriesContext(connection) as queries:
            page(client, unit, leader)
        counts.append(len(queries))
    assert counts[0] == counts[2]


# On paper --------------------------------------------------------------------------------------------------------


def pdf(client: Client, unit: Unit, query: str = "") -> Any:
    client.force_login(make_leader(unit))
    return client.get(reverse("dashboard:year_wheel_pdf", args=[unit.pk]) + query)


def test_the_sheet_is_a_tagged_pdf_that_holds_the_words_of_the_signs(
    caplog: pytest.LogCaptureFixture, client: Client, unit: Unit
) -> None:
    fill(make_team("Nord", unit=unit))
    response = pdf(client, unit)
    document = read(response.content)
    root, metadata = root_of(document), document.metadata
    assert metadata is not None

    assert response["Content-Disposition"] == "inline; filename*=utf-8''%C3%85rshjul%20Birkeskolen%202026-27.pdf"
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "da")
    assert metadata.title == "Årshjul · Birkeskolen 2026/27"
    assert {"/H1", "/Table", "/TH", "/TD", "/L"} <= tags_of(document)
    assert {font.partition("-")[0] for font in fonts_of(document)} == {"Source"}
    words = words_of(document)
    assert [said for said in ("GRUS holdt 14. sept.", "møde planlagt 3. dec.", "1 / 1") if said not in words] == []
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


@pytest.mark.parametrize(("query", "size"), [("", (842, 595)), ("?papir=a3", (1191, 842)), ("?papir=a5", (842, 595))])
def test_twenty_five_teams_fit_on_one_sheet(client: Client, unit: Unit, query: str, size: tuple[int, int]) -> None:
    part = make_unit("Afdeling Æblehaven", parent=unit)
    for number in range(1, 26):
        fill(make_team(f"Team nummer {number}", unit=unit if number % 5 else part), number)
    document = read(pdf(client, unit, query).content)

    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in document.pages] == [size]
    assert "Team nummer 25" in words_of(document)


def test_more_teams_than_a_sheet_holds_go_on_the_next_with_the_months_on_top(client: Client, unit: Unit) -> None:
    for number in range(1, 61):
        make_team(f"Team nummer {number}", unit=unit)
    pages = [" ".join(page.extract_text().split()) for page in read(pdf(client, unit).content).pages]

    assert [("aug 2026 sept" in text, f"{number} / 2" in text) for number, text in enumerate(pages, start=1)] == [
        (True, True),
        (True, True),
    ]


def test_the_print_page_shows_the_same_and_leads_to_the_other_size(client: Client, unit: Unit) -> None:
    fill(make_team("Nord", unit=unit))
    client.force_login(make_leader(unit))
    shown = client.get(reverse("dashboard:year_wheel_print", args=[unit.pk]) + "?fra=2025-08").content.decode()

    assert "teamkontrakt trådte i kraft 3. feb." in shown
    for end in ("?fra=2025-08", "?fra=2025-08&amp;papir=a4", "?fra=2025-08&amp;papir=a3"):
        assert f'{end}"' in shown


def test_a_year_without_teams_says_so_on_every_page(client: Client, unit: Unit) -> None:
    client.force_login(make_leader(unit))
    for name in ("year_wheel", "year_wheel_print"):
        text = client.get(reverse(f"dashboard:{name}", args=[unit.pk])).content.decode()
        assert "Ingen SLF-partnerteams i det år" in text
    assert pdf(client, unit).status_code == 200
