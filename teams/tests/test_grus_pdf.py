"""A GRUS as a tagged PDF, and the same document to print."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from teams.enums import AgreementSource, GrusState
from teams.models import Agreement, Grus
from tests.builders import make_grus, make_leader, make_member, make_team
from tests.documents import fonts_of, read, root_of, tags_of, words_of

SAID = "Vi lytter bedre, æøå.\nOgså på en tirsdag."


@pytest.fixture
def grus(db: None, tuesday: dt.date, client: Client) -> Grus:
    team = make_team("Nord")
    client.force_login(make_member(team, "Mette Ærlig"))
    held = make_grus(team, dt.date(2026, 11, 12), leader=make_leader(team.unit), questions=("Hvad lykkes?",))
    held.questions.update(notes=SAID)
    make_grus(team, dt.date(2027, 11, 11), state=GrusState.PLANNED)
    Agreement.objects.create(
        team=team, text="Vi spørger Løn om tal.", due_on=dt.date(2027, 1, 8),
        source=AgreementSource.GRUS, source_id=held.pk,
    )  # fmt: skip
    return held


@pytest.fixture
def document(client: Client, grus: Grus) -> PdfReader:
    response = client.get(reverse("teams:grus_pdf", args=[grus.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="GRUS Nord 2026-11-12.pdf"'
    return read(response.content)


def test_it_is_tagged_and_says_its_language_and_title(document: PdfReader) -> None:
    root, metadata = root_of(document), document.metadata
    assert metadata is not None
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], metadata.title) == (True, "da", "GRUS · Nord")
    assert {"/H1", "/H2", "/P", "/Table", "/TH"} <= tags_of(document)
    assert {font.partition("-")[0] for font in fonts_of(document)} == {"Source"}


def test_it_holds_what_was_said_and_agreed(document: PdfReader) -> None:
    words = words_of(document)
    told = (
        "torsdag 12. november", "Lone Leder", "Mette Ærlig", "1. Hvad lykkes?", " ".join(SAID.split()),
        "Vi spørger Løn om tal.", "teamet", "8. jan.", "Næste GRUS: torsdag 11. november 2027",
    )  # fmt: skip
    assert [text for text in told if text not in words] == []


def test_before_it_is_held_it_is_the_agenda(client: Client, grus: Grus) -> None:
    coming = make_grus(grus.team, dt.date(2026, 12, 3), state=GrusState.PLANNED, questions=("Hvad nu?", "Og så?"))
    words = words_of(read(client.get(reverse("teams:grus_pdf", args=[coming.pk])).content))
    assert [text in words for text in ("1. Hvad nu?", "2. Og så?", "planlagt", "Vi spørger Løn")] == [True] * 3 + [
        False
    ]


def test_the_print_page_shows_the_same(client: Client, grus: Grus) -> None:
    shown = client.get(reverse("teams:grus_print", args=[grus.pk])).content.decode()
    assert all(text in shown for text in (SAID, "Vi spørger Løn om tal.", reverse("teams:grus_pdf", args=[grus.pk])))
