"""Observation and feedback on paper and as a tagged PDF; and the page of the visit afterwards."""

import datetime as dt
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from observations.enums import RecordState, VisitState
from observations.models import PrivateNote, Visit, VisitCount, VisitFocus, VisitLine, VisitRecord
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.enums import AgreementSource
from teams.models import Team
from tests.builders import make_agreement, make_leader, make_visit
from tests.documents import read, root_of, tags_of, words_of
from tests.visit_after_world import make_answers, make_record

READERS = "Teamet, jeres ressourcepersoner og den, der besøger. Lederen kan ikke se det i portalen."
NASTY = "Før.\n<b>ikke fed</b> & \u202edet\u0301 her\u200b 😀\nEfter."


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    visit = make_visit(team, visitor, tuesday, state=VisitState.HELD)
    VisitFocus.objects.create(visit=visit, position=1, text="Hvem taler?")
    moment = at(tuesday, dt.time(10, 12))
    VisitLine.objects.create(visit=visit, author=visitor, text="Rammesætningen tog 12 minutter.", at=moment)
    VisitCount.objects.create(visit=visit, label="Undersøgelse", minutes=21)
    PrivateNote.objects.create(visit=visit, author=visitor, text="Kun for mig.")
    make_record(visit, RecordState.SHARED, kept="Vi venter, før vi svarer.")
    make_answers(visit, "Vi lyttede.", "Vi ventede.", "Vi skrev.")
    make_agreement(
        team, "Vi prøver en runde.", due_on=dt.date(2026, 12, 8), source=AgreementSource.VISIT, source_id=visit.pk
    )
    return visit


def pdf(client: Client, visit: Visit) -> PdfReader:
    response = client.get(reverse("observations:visit_pdf", args=[visit.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="Observation og feedback Nord 2026-11-24.pdf"'
    return read(response.content)


def test_it_is_tagged_danish_and_says_its_title(client: Client, visit: Visit) -> None:
    document = pdf(client, visit)
    root, metadata = root_of(document), document.metadata
    assert metadata is not None
    said = (root["/MarkInfo"]["/Marked"], root["/Lang"], metadata.title)
    assert said == (True, "da", "Observation og feedback · Nord")
    assert {"/H1", "/H2", "/P", "/L", "/LI"} <= tags_of(document)


def test_it_holds_every_word_and_no_private_one(client: Client, visit: Visit) -> None:
    words = words_of(pdf(client, visit)).replace("- ", "")
    said = (
        "Det er ikke tilsyn", "Hvem taler?", "10.12", "Rammesætningen tog 12 minutter.", "Undersøgelse: 21 min",
        "Vi venter, før vi svarer.", "Hvad gjorde samtalen godt?", "Vi lyttede.", "Vi prøver en runde.",
        "teamet, tirsdag 8. december", "delt med teamet", "Rikke Ressource",
    )  # fmt: skip
    assert [text for text in said if text not in words] == []
    assert "Kun for mig" not in words


def test_a_draft_says_so(client: Client, visit: Visit) -> None:
    VisitRecord.objects.update(state=RecordState.DRAFT)
    assert "kladde" in words_of(pdf(client, visit))
    VisitRecord.objects.all().delete()
    assert "kladde" in words_of(pdf(client, visit))


def test_nasty_text_breaks_nothing(client: Client, visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)  # some signs stand in no typeface
    VisitRecord.objects.update(kept=NASTY)
    VisitLine.objects.update(text=NASTY)
    letters = re.sub(r"[\x00 -]", "", words_of(pdf(client, visit)))
    assert [text for text in ("Før.", "<b>ikkefed</b>", "Efter.") if text not in letters] == []


def test_the_print_page_shows_the_same(client: Client, visit: Visit) -> None:
    shown = client.get(reverse("observations:visit_paper", args=[visit.pk])).content.decode()
    assert all(text in shown for text in ("Vi venter, før vi svarer.", "Vi prøver en runde.", "ikke tilsyn"))
    assert reverse("observations:visit_pdf", args=[visit.pk]) in shown


# The page of the visit afterwards --------------------------------------------------------------------------------


def page(client: Client, visit: Visit) -> str:
    return client.get(reverse("observations:visit_detail", args=[visit.pk])).content.decode()


def test_the_page_says_the_teams_words_and_who_reads_them(client: Client, visit: Visit) -> None:
    shown = page(client, visit)
    said = ("Vi venter, før vi svarer.", "Vi lyttede.", "Vi prøver en runde.", READERS, "ikke tilsyn")
    assert [text for text in said if text not in shown] == []
    client.force_login(make_leader(visit.team.unit))
    shown = page(client, visit)
    assert [text for text in said[:3] if text in shown] == []


def test_before_its_day_there_is_nothing_to_press(client: Client, team: Team, visitor: User, tuesday: dt.date) -> None:
    coming = make_visit(team, visitor, dt.date(2026, 12, 8))
    shown = page(client, coming)
    assert reverse("observations:visit_evaluate", args=[coming.pk]) not in shown
    assert reverse("observations:visit_share", args=[coming.pk]) not in shown
