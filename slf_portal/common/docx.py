"""The writer of Word documents: headings, text and lists in Word's own styles, in Danish. Nothing in it can be run."""

import io
import re

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "da-DK"
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


class WordDocument:
    """A document that is written from top to bottom."""

    def __init__(self, *, title: str, author: str) -> None:
        self._document = Document()
        known = self._document.core_properties
        known.title, known.author, known.language, known.comments = _clean(title), _clean(author), LANGUAGE, ""
        known.created = known.modified = timezone.now().replace(tzinfo=None)
        self._speak_danish()

    def heading(self, text: str, *, level: int = 2) -> None:
        self._document.add_heading(_clean(text), level)

    def text(self, text: str) -> None:
        """Plain text as it was typed: an empty line begins a paragraph, a line break stays one."""
        for paragraph in _PARAGRAPHS.split(_clean(text).strip("\n")):
            self._document.add_paragraph(paragraph)

    def fact(self, term: str, answer: str) -> None:
        """A line with its term in bold, as "Mødeleder: Anne"."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(f"{_clean(term)}: ").bold = True
        paragraph.add_run(_clean(answer))

    def bullets(self, texts: list[str]) -> None:
        for text in texts:
            self._document.add_paragraph(_clean(text), style="List Bullet")

    def content(self) -> bytes:
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _speak_danish(self) -> None:
        """Spelling and hyphens follow the language of the text, which Word's template has as American English."""
        defaults = self._document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        language = defaults.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            defaults.append(language)
        language.set(qn("w:val"), LANGUAGE)


def docx_response(document: WordDocument, *, filename: str) -> HttpResponse:
    """The document, to be saved under `filename`."""
    response = HttpResponse(document.content(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
    return response


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
