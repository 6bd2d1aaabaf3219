"""The sheet as a tagged PDF: one page, with long words and many agreements too."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from learningcycle.models import Conversation, Meeting
from learningcycle.tests.test_meeting_sheet import fill
from slf_portal.accounts.models import User
from teams.models import Team, TeamContract
from tests.builders import make_agreement, make_contract, make_meeting
from tests.documents import fonts_of, read, root_of, tags_of, words_of

PROSE = "Hvordan kan vi forstå det, der sker i læringsfællesskaberne, og hvad er vores egen andel i det? " * 6
WIDE = "WÅM" * 200


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


def document(client: Client, meeting: Meeting) -> PdfReader:
    response = client.get(reverse("learningcycle:meeting_sheet_pdf", args=[meeting.pk]))
    assert response["Content-Type"] == "application/pdf"
    return read(response.content)


def sizes(found: PdfReader) -> list[tuple[int, int]]:
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in found.pages]


def agree(team: Team, words: str) -> None:
    make_contract(team, dt.date(2026, 11, 1), texts=("Vi lærer sammen.",))
    TeamContract.objects.update(first_line=words[:160], second_line=words[:160])
    for _ in range(40):
        make_agreement(team, words[:280])


def test_it_is_one_tagged_page_that_says_what_it_is(
    client: Client, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    make_agreement(meeting.team, "Vi prøver en ny dagsorden.")
    found = document(client, meeting)
    assert sizes(found) == [(595, 842)]
    root, metadata = root_of(found), found.metadata
    assert metadata is not None
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "da")
    assert metadata.title == "Mødeark · Nord · tirsdag 8. december"
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/L", "/Figure"} <= tags_of(found)
    assert {font.partition("-")[0] for font in fonts_of(found)} == {"Source"}
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_it_is_saved_under_the_teams_name_and_the_day(client: Client, meeting: Meeting) -> None:
    response = client.get(reverse("learningcycle:meeting_sheet_pdf", args=[meeting.pk]))
    assert "M%C3%B8deark%20Nord%202026-12-08.pdf" in response["Content-Disposition"]


def test_it_holds_every_word(client: Client, meeting: Meeting) -> None:
    agree(meeting.team, "Vi lægger bøvlet på bordet.")
    words = words_of(document(client, meeting))
    said = (
        "Nord",
        "tirsdag 8. december kl. 10.00-11.00",
        "Mødeleder",
        "Dagens spørgsmål",
        "Vi lægger bøvlet på bordet.",
        "og 34 til, i portalen",
        "Fælles undersøgelse",
        "Hvordan kan det forstås, og hvad er vores egen andel?",
        "Hvem har hvilken rolle, og hvad er fokus i dag?",
        "Det prøver vi",
        "Vi mødes igen",
    )
    assert "/moeder/log/" in words.replace(" ", "")
    assert [text for text in said if text not in words] == []


@pytest.mark.parametrize(
    ("words", "count"),
    [(PROSE, 12), (WIDE, 1), (WIDE, 7), (WIDE, 12), (WIDE, 40)],
    ids=["prose, 12", "wide, 1", "wide, 7", "wide, 12", "wide, 40"],
)
def test_it_is_one_page_with_as_much_as_there_can_be(client: Client, meeting: Meeting, words: str, count: int) -> None:
    agree(meeting.team, words)
    fill(meeting, count=count, words=words)
    Conversation.objects.update(focus=words[:300])
    Team.objects.update(name=words[:100])
    found = document(client, meeting)
    assert sizes(found) == [(595, 842)]
    assert "Vi mødes igen" in words_of(found)


def test_an_agenda_of_twelve_items_keeps_them_all(client: Client, meeting: Meeting) -> None:
    agree(meeting.team, PROSE)
    fill(meeting, count=12, words="Et punkt med et navn")
    assert words_of(document(client, meeting)).count("Et punkt med et navn") == 24
