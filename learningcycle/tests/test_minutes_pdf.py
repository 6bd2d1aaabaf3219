"""The minutes on paper and as a tagged PDF."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from learningcycle.models import Conversation
from learningcycle.tests.conftest import WRITTEN
from tests.documents import read, root_of, tags_of, words_of


def pdf(client: Client, conversation: Conversation) -> PdfReader:
    response = client.get(reverse("learningcycle:minutes_pdf", args=[conversation.meeting_id]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="Referat Nord 2026-11-24.pdf"'
    return read(response.content)


def test_it_is_tagged_danish_and_says_its_title(client: Client, closed: Conversation) -> None:
    document = pdf(client, closed)
    root, metadata = root_of(document), document.metadata
    assert metadata is not None
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], metadata.title) == (True, "da", "Referat · Nord")
    assert {"/H1", "/H2", "/P", "/L", "/LI"} <= tags_of(document)


def test_it_holds_every_word(client: Client, closed: Conversation) -> None:
    words = words_of(pdf(client, closed)).replace("- ", "")
    said = (
        "endeligt", "Mette Medlem", "3 personer", "Bedre spørgsmål", "Reflektér og sæt mål", "Hvad gør stilhed?",
        *WRITTEN.split("\n"), "Vi tæller til fem.", "tirsdag 8. december", "Flere taler.", "Halvdelen siger noget.",
        "Pauser er arbejde.", "Roligt.", "Hvor længe?", "Vi mødes tirsdag 8. december kl. 10.00",
    )  # fmt: skip
    assert [text for text in said if " ".join(text.split()).replace("- ", "") not in words] == []


def test_the_print_page_shows_the_same(client: Client, closed: Conversation) -> None:
    shown = client.get(reverse("learningcycle:minutes_print", args=[closed.meeting_id])).content.decode()
    assert all(text in shown for text in ("Vi prøvede at vente.", "&lt;b&gt;Ikke fed&lt;/b&gt;", "Pauser er arbejde."))
    assert reverse("learningcycle:minutes_pdf", args=[closed.meeting_id]) in shown


def test_nasty_text_breaks_nothing(
    client: Client, closed: Conversation, nasty: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # some signs stand in no typeface
    closed.items.filter(position=2).update(text=f"Før.\n{nasty}\nEfter.")
    # Lines break anywhere in such text, and pypdf reads a typeface with rare signs as two bytes a letter.
    letters = re.sub(r"[\x00 -]", "", words_of(pdf(client, closed)))
    said = ("Før.", "Efter.", "<script>alert(", "DROPTABLEusers")
    assert [text for text in said if text not in letters] == []
