"""The sheet for meetings without screens: one page of A4, whatever stands on it."""

import datetime as dt
import re
from itertools import product
from typing import Any

import pytest
import segno
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import ConversationRole
from learningcycle.models import AgendaItem, Meeting
from learningcycle.rules import ruled_lines
from learningcycle.templatetags.sheets import QUIET_ZONE, qr_code
from slf_portal.accounts.models import User
from teams.models import Team, TeamContract
from tests.builders import make_agreement, make_contract, make_leader, make_meeting, make_resource_person, make_team
from tests.cycle_builders import make_conversation, make_template

TITLES = [
    "Tjek ind",
    "Siden sidst",
    "Fokuspersonens perspektiv",
    "Data på bordet",
    "Fælles undersøgelse",
    "Mål, tegn og prøvehandling",
    "Tjek ud",
]
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("learningcycle:meeting_sheet", args=[meeting.pk])


def sheet(client: Client, url: str) -> Any:
    return client.get(url).context["sheet"]


def test_before_anybody_prepared_it_has_the_teams_usual_agenda(client: Client, url: str) -> None:
    steps = sheet(client, url).steps
    assert [(step.title, step.minutes) for step in steps] == list(zip(TITLES, (4, 8, 6, 8, 20, 9, 5), strict=True))
    content = client.get(url).content.decode()
    assert "Hvordan kan det forstås, og hvad er vores egen andel?" in content
    assert "Nord" in content
    assert "tirsdag 8. december kl. 10.00-11.00" in content
    assert all(words in content for words in ("Det prøver vi", "Vi mødes igen", "Mødeleder", "Tidsholder"))


def test_the_units_own_agenda_is_its_teams_usual_one(client: Client, url: str, team: Team) -> None:
    make_template(team.unit, steps=("Runde", "Punktet", "Slut"))
    assert [step.title for step in sheet(client, url).steps] == ["Runde", "Punktet", "Slut"]


def test_prepared_it_has_the_meetings_own_agenda_question_and_roles(
    client: Client, url: str, meeting: Meeting, member: User
) -> None:
    conversation = make_conversation(
        meeting,
        agenda="laeringssamtale-30",
        focus="Hvordan får vi tavse til at tale?",
        roles={ConversationRole.MEETING_LEADER: member},
    )
    conversation.items.filter(position=2).update(title="Vores tal", text="Skrevet på skærmen.")
    found = sheet(client, url)
    assert [step.title for step in found.steps] == ["Siden sidst", "Vores tal", *TITLES[4:]]
    assert found.focus == "Hvordan får vi tavse til at tale?"
    assert found.roles == [("mødeleder", "Mette Medlem"), ("referent", ""), ("tidsholder", ""), ("fokusperson", "")]
    assert "Skrevet på skærmen." not in client.get(url).content.decode()


def test_the_contracts_lines_and_at_most_six_open_agreements(client: Client, url: str, team: Team) -> None:
    make_contract(team, dt.date(2026, 11, 1), texts=("Vi lærer sammen.",))
    TeamContract.objects.update(first_line="Vi lægger bøvlet på bordet.", second_line="Vi spørger, før vi svarer.")
    for number in range(1, 10):
        make_agreement(team, f"Aftale nummer {number}", due_on=dt.date(2026, 12, number))
    content = client.get(url).content.decode()
    found = sheet(client, url)
    assert [agreement.text for agreement in found.agreements] == [f"Aftale nummer {number}" for number in range(1, 7)]
    assert "og 3 til, i portalen" in content
    assert "Vi lægger bøvlet på bordet." in content
    assert "Vi spørger, før vi svarer." in content


def test_room_to_write_goes_by_the_minutes(client: Client, url: str) -> None:
    assert [step.lines for step in sheet(client, url).steps] == [2, 4, 3, 3, 9, 4, 2]


@pytest.mark.parametrize(
    ("minutes", "room", "lines"),
    [
        ([4, 8, 6, 8, 20, 9, 5], 150.0, [2, 3, 2, 3, 7, 3, 2]),
        ([10], 50.0, [7]),
        ([1, 240], 60.0, [2, 6]),
        ([10, 10, 10], 26.0, [1, 1, 1]),
        ([10, 10, 10, 10], 26.0, [1, 1]),
        ([], 100.0, []),
        ([10], 5.0, []),
    ],
)
def test_the_page_is_shared_by_the_minutes(minutes: list[int], room: float, lines: list[int]) -> None:
    assert ruled_lines(minutes, room) == lines


def test_an_agenda_that_is_longer_than_the_page_says_so(client: Client, url: str, meeting: Meeting) -> None:
    fill(meeting, count=60)
    found = sheet(client, url)
    assert len(found.steps) + found.left_out == 60
    assert f"og {found.left_out} punkter til, i portalen" in client.get(url).content.decode()


def test_the_code_leads_to_noting_the_meeting(client: Client, url: str, team: Team) -> None:
    response = client.get(url)
    address = settings.PORTAL_URL + reverse("learningcycle:meeting_log", args=[team.pk])
    assert response.context["log_url"] == address
    content = response.content.decode()
    assert f'<span class="sheet-address">{address}</span>' in content
    assert "<title>QR-kode: notér mødet i portalen</title>" in content
    assert dark_modules(content) == dark_modules_of(address)


def dark_modules(page: str) -> set[tuple[int, int]]:
    """The dark modules of the code that is drawn on the page."""
    bars = [tuple(int(number) for number in bar) for bar in BAR.findall(page)]
    assert all(length == back for _, _, length, back in bars)
    return {(x + step, y) for x, y, length, _ in bars for step in range(length)}


def dark_modules_of(address: str) -> set[tuple[int, int]]:
    matrix = segno.make(address, error="m", micro=False).matrix
    return {(x + QUIET_ZONE, y + QUIET_ZONE) for y, x in product(range(len(matrix)), repeat=2) if matrix[y][x]}


def test_the_words_of_a_code_are_words() -> None:
    assert "<title>&lt;b&gt;</title>" in qr_code("https://portal.invalid/", "<b>")


def test_a_leader_of_the_team_is_refused_and_a_stranger_finds_nothing(client: Client, url: str, team: Team) -> None:
    found = []
    for person in (make_resource_person(team), make_leader(team.unit), make_resource_person(make_team("Øst"))):
        client.force_login(person)
        found.append([client.get(address).status_code for address in (url, f"{url}pdf/")])
    assert found == [[200, 200], [403, 403], [404, 404]]


def test_many_agreements_and_items_cost_what_one_costs(client: Client, url: str, meeting: Meeting, team: Team) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get(url)
        return len(made)

    fill(meeting, count=1)
    make_agreement(team)
    queries()
    with_one = queries()
    for _ in range(9):
        make_agreement(team)
    AgendaItem.objects.bulk_create(
        AgendaItem(conversation=meeting.conversation, position=number, title="Mere", minutes=5)
        for number in range(2, 9)
    )
    assert queries() == with_one


def fill(meeting: Meeting, *, count: int, words: str = "Et punkt") -> None:
    """An agenda of so many items instead of the usual one."""
    conversation = make_conversation(meeting)
    conversation.items.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            conversation=conversation,
            position=number,
            title=words[:80],
            question=words[:400],
            minutes=min(5 * number, 240),
        )
        for number in range(1, count + 1)
    )
