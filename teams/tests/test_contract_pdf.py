"""The contract as a tagged PDF, and the same document to print."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from slf_portal.common import pdf
from teams.models import Team, TeamContract
from tests.builders import make_contract, make_member, make_team
from tests.documents import fonts_of, read, root_of, tags_of, words_of

TEXTS = (
    "Vi lærer sammen, æøå.\nOgså på en tirsdag.",
    "Vi er Nord, og vi samarbejder om læringsfællesskabernes udviklingssamtaler og ressourcepersonernes feedback. " * 4,
)


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def contract(team: Team, client: Client) -> TeamContract:
    client.force_login(make_member(team, "Mette Ærlig"))
    made = make_contract(team, dt.date(2026, 11, 12), texts=TEXTS)
    TeamContract.objects.update(first_line="Vi lægger bøvlet på bordet.")
    made.yes_rows.create(person=team.membership_rows.get().person)
    return made


@pytest.fixture
def document(client: Client, contract: TeamContract) -> PdfReader:
    response = client.get(reverse("teams:contract_pdf", args=[contract.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="Teamkontrakt Nord 2026-11-12.pdf"'
    return read(response.content)


def test_it_is_tagged_and_says_its_language_and_title(document: PdfReader) -> None:
    root, metadata = root_of(document), document.metadata
    assert metadata is not None
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], metadata.title) == (True, "da", "Teamkontrakt · Nord")
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/L"} <= tags_of(document)


def test_it_holds_every_word_of_the_contract(document: PdfReader) -> None:
    words = words_of(document)
    said = (*TEXTS, "Vi lægger bøvlet på bordet.", "Mette Ærlig", "i kraft siden torsdag 12. november")
    # A word that does not fit on its line is hyphenated.
    found = words.replace("- ", "")
    assert [text for text in said if " ".join(text.split()).replace("- ", "") not in found] == []


def test_it_is_set_in_the_portals_own_type_and_has_a_sign_for_every_letter(
    caplog: pytest.LogCaptureFixture, document: PdfReader
) -> None:
    assert {font.partition("-")[0] for font in fonts_of(document)} == {"Source"}
    assert [record.getMessage() for record in caplog.get_records("setup") if record.name == "weasyprint"] == []


def test_it_is_one_page_of_a4(document: PdfReader) -> None:
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in document.pages]
    assert sizes == [(595, 842)]


def test_a_document_asks_for_nothing_but_the_portals_own_files() -> None:
    for url in ("https://example.org/a.css", "file:///etc/passwd", "https://portal.invalid/../settings.py"):
        with pytest.raises(pdf.NotOurFileError):
            pdf._StaticFiles().fetch(url)  # type: ignore[no-untyped-call]


def test_the_print_page_shows_the_same(client: Client, contract: TeamContract) -> None:
    shown = client.get(reverse("teams:contract_print", args=[contract.pk])).content.decode()
    assert all(text in shown for text in TEXTS)
    assert reverse("teams:contract_pdf", args=[contract.pk]) in shown
