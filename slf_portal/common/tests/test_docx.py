"""Word documents: Word's own styles, Danish, and nothing that breaks the file."""

import io

from docx import Document
from docx.oxml.ns import qn

from slf_portal.common.docx import WordDocument, docx_response


def test_headings_text_and_lists_are_in_words_own_styles() -> None:
    document = WordDocument(title="Referat · Nord", author="SLF-portalen")
    document.heading("Referat", level=1)
    document.heading("Siden sidst")
    document.text("Vi prøvede.\nDet gik.\n\n\nNæste afsnit.\n")
    document.fact("Mødeleder", "Rosa")
    document.bullets(["Vi tæller.", "Vi venter."])
    read = Document(io.BytesIO(document.content()))
    assert [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in read.paragraphs] == [
        ("Heading 1", "Referat"),
        ("Heading 2", "Siden sidst"),
        ("Normal", "Vi prøvede.\nDet gik."),
        ("Normal", "Næste afsnit."),
        ("Normal", "Mødeleder: Rosa"),
        ("List Bullet", "Vi tæller."),
        ("List Bullet", "Vi venter."),
    ]


def test_it_says_its_title_and_language() -> None:
    read = Document(io.BytesIO(WordDocument(title="Referat · Nord", author="SLF-portalen").content()))
    known = read.core_properties
    assert (known.title, known.author, known.language, known.comments) == (
        "Referat · Nord", "SLF-portalen", "da-DK", "",
    )  # fmt: skip
    languages = {node.get(qn("w:val")) for node in read.styles.element.iter(qn("w:lang"))}
    assert languages == {"da-DK"}


def test_what_xml_cannot_hold_is_left_out_and_markup_stays_text() -> None:
    document = WordDocument(title="\x01Titel", author="\ufffe")
    document.text("a\x00\x08\x0b\ud800\uffff b <w:br/> & ]]> æøå 👍\tc")
    read = Document(io.BytesIO(document.content()))
    assert read.core_properties.title == "Titel"
    assert [paragraph.text for paragraph in read.paragraphs] == ["a b <w:br/> & ]]> æøå 👍\tc"]


def test_it_is_saved_under_its_name() -> None:
    response = docx_response(WordDocument(title="x", author="y"), filename="Referat Åby.docx")
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Referat%20%C3%85by.docx"
