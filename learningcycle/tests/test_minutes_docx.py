"""The minutes as a Word document, and as LibreOffice opens it."""

import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from learningcycle.models import Conversation
from learningcycle.tests.conftest import WRITTEN
from tests.documents import words_of


def content(client: Client, conversation: Conversation) -> bytes:
    response = client.get(reverse("learningcycle:minutes_docx", args=[conversation.meeting_id]))
    assert response["Content-Disposition"] == 'attachment; filename="Referat Nord 2026-11-24.docx"'
    return response.content


def paragraphs(content: bytes) -> list[tuple[Any, str]]:
    """Style and text of each."""
    found = Document(io.BytesIO(content)).paragraphs
    return [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in found]


def test_it_says_what_the_page_says(client: Client, closed: Conversation) -> None:
    first, second = WRITTEN.split("\n\n")
    assert paragraphs(content(client, closed)) == [
        ("Heading 1", "Referat: Nord"),
        ("Normal", "Tirsdag 24. november kl. 8.00-9.00"),
        ("Normal", "Status: endeligt"),
        ("Normal", "Mødeleder: Mette Medlem"),
        ("Normal", "Antal til stede: 3"),
        ("Normal", "Til stede: Mette Medlem"),
        ("Normal", "Læringscirkel: Bedre spørgsmål"),
        ("Normal", "Fase: Reflektér og sæt mål"),
        ("Heading 2", "Dagens spørgsmål"),
        ("Normal", "Hvad gør stilhed?"),
        ("Heading 2", "Siden sidst"),
        ("Normal", first),
        ("Normal", second),
        ("Heading 2", "Det prøver vi"),
        ("List Bullet", "Vi tæller til fem. (Mette Medlem, tirsdag 8. december)"),
        ("Heading 2", "Læringscirklens mål"),
        ("Normal", "Flere taler."),
        ("Heading 2", "Tegn, vi kigger efter"),
        ("List Bullet", "Halvdelen siger noget."),
        ("Heading 2", "Det lærte vi i dag"),
        ("Normal", "Pauser er arbejde."),
        ("Heading 2", "Sådan gik samtalen"),
        ("Normal", "Roligt."),
        ("Heading 2", "Det er vi ikke enige om endnu"),
        ("Normal", "Hvor længe?"),
        ("Heading 2", "Næste gang"),
        ("Normal", "Vi mødes: tirsdag 8. december kl. 10.00-11.00"),
        ("Normal", "Fokusperson: Mette Medlem"),
    ]


def test_a_draft_says_so_and_empty_parts_are_left_out(client: Client, closed: Conversation) -> None:
    Conversation.objects.update(closed_at=None, focus="", learning="", next_focus_person=None)
    found = [text for _style, text in paragraphs(content(client, closed))]
    assert "Status: kladde" in found
    assert {"Dagens spørgsmål", "Det lærte vi i dag", "Fokusperson: Mette Medlem"} & set(found) == set()


def test_nasty_text_breaks_nothing(client: Client, closed: Conversation, nasty: str) -> None:
    closed.items.filter(position=2).update(text=nasty)
    found = [text for _style, text in paragraphs(content(client, closed))]
    written = "\n".join(found[found.index("Siden sidst") + 1 : found.index("Det prøver vi")])
    lines = [line for line in nasty.split("\n") if line.strip()]
    assert [line for line in lines if line.replace("\ufffe", "") not in written] == []


def test_libreoffice_opens_it(client: Client, closed: Conversation, nasty: str, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        assert "CI" not in os.environ, "install libreoffice-writer-nogui"
        pytest.skip("LibreOffice is not installed")
    closed.items.filter(position=3).update(text=f"Før.\n\n{nasty}\n\nEfter.")
    document = tmp_path / "referat.docx"
    document.write_bytes(content(client, closed))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(document)]
    subprocess.run(convert, check=True, capture_output=True, timeout=240)  # noqa: S603 - a list of our own words
    words = words_of(PdfReader(tmp_path / "referat.pdf"))
    said = (
        "Referat: Nord", "Vi prøvede at vente.", "Det blev stille & godt.", "<b>Ikke fed</b>", "Vi tæller til fem.",
        "Pauser er arbejde.", "Før.", "Efter.",
    )  # fmt: skip
    assert [text for text in said if text not in words] == []
