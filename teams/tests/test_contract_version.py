"""One version of a contract beside the one before: three versions of a contract as long as real ones are."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import ContractState
from teams.models import Team, TeamContract
from teams.queries import SectionDifference
from tests.builders import make_contract, make_member, make_team

FORMS_OF_MEETINGS = (
    "Vi mødes den anden torsdag i måneden kl. 10-11 og begynder med at tjekke ind. Dagsordenen ligger klar tre dage "
    "før, og den, der har et punkt, skriver selv, hvad hun vil have ud af det. Vi bruger læringscirklen på hvert møde, "
    "også når der er travlt.\n\nDen, der er fokusperson, bringer data med: en observation, et uddrag, en optælling. Vi "
    "beskriver, før vi fortolker, og vi fortolker, før vi beslutter."
)
DISAGREEMENT = (
    "Vi lægger bøvlet på bordet. Er vi uenige, siger vi det i rummet og ikke på gangen. Vi spørger én gang mere, før "
    "vi svarer igen, og vi skriver uenigheden ned, når vi ikke når til bunds i den."
)
SAFETY = "Alle kommer til orde, før nogen taler to gange. Det, der bliver sagt her, bliver her."
FIRST = (FORMS_OF_MEETINGS, DISAGREEMENT, SAFETY)
SECOND = (
    FORMS_OF_MEETINGS.replace("torsdag", "tirsdag").replace("tre dage før,", "en uge før,"),
    DISAGREEMENT,
    SAFETY + " Nye kolleger får en makker den første måned.",
)
THIRD = (SECOND[0], "", SECOND[2])


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def versions(team: Team, client: Client) -> list[TeamContract]:
    client.force_login(make_member(team))
    days = (dt.date(2024, 11, 14), dt.date(2025, 11, 13), dt.date(2026, 11, 12))
    states = (ContractState.REPLACED, ContractState.REPLACED, ContractState.IN_FORCE)
    every = zip((FIRST, SECOND, THIRD), days, states, strict=True)
    return [make_contract(team, day, state=state, texts=texts) for texts, day, state in every]


def differences(client: Client, version: TeamContract) -> list[SectionDifference]:
    found: list[SectionDifference] = client.get(reverse("teams:contract_version", args=[version.pk])).context[
        "differences"
    ]
    return found


def marked(section: SectionDifference) -> list[str]:
    signs = {(True, False): "+", (False, True): "-"}
    return [
        signs[piece.is_added, piece.is_removed] + piece.text.strip()
        for piece in section.pieces
        if piece.is_added or piece.is_removed
    ]


def test_of_the_first_version_everything_is_new(client: Client, versions: list[TeamContract]) -> None:
    assert [marked(section) for section in differences(client, versions[0])] == [[f"+{text}"] for text in FIRST]


def test_each_change_is_marked_where_it_is_and_nothing_else(client: Client, versions: list[TeamContract]) -> None:
    assert [marked(section) for section in differences(client, versions[1])] == [
        ["-torsdag", "+tirsdag", "-tre dage", "+en uge"],
        [],
        ["+Nye kolleger får en makker den første måned."],
    ]


def test_a_section_that_was_taken_out_is_shown_struck_through(client: Client, versions: list[TeamContract]) -> None:
    assert [marked(section) for section in differences(client, versions[2])] == [[], [f"-{DISAGREEMENT}"], []]


def test_it_can_be_read_without_colours_and_without_eyes(client: Client, versions: list[TeamContract]) -> None:
    shown = client.get(reverse("teams:contract_version", args=[versions[1].pk])).content.decode()
    assert '<del><span class="visually-hidden">[taget ud: </span>torsdag' in shown
    assert '<ins><span class="visually-hidden">[nyt: </span>tirsdag' in shown


def test_who_stood_by_it_then_is_named_with_that_version(
    client: Client, team: Team, versions: list[TeamContract]
) -> None:
    versions[0].yes_rows.create(person=make_member(team, "Tina Tidligere"))
    pages = [client.get(reverse("teams:contract_version", args=[version.pk])) for version in versions]
    assert [[yes.person.name for yes in page.context["said_yes"]] for page in pages] == [["Tina Tidligere"], [], []]


def test_a_draft_is_not_a_version(client: Client, team: Team, versions: list[TeamContract]) -> None:
    draft = make_contract(team, None, texts=("Under skrivning.",))
    assert client.get(reverse("teams:contract_version", args=[draft.pk])).status_code == 404
