"""PDF files as tests read them."""

import io
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def root_of(document: PdfReader) -> Any:
    return document.trailer["/Root"]


def words_of(document: PdfReader) -> str:
    """Everything the pages say, on one line."""
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def fonts_of(document: PdfReader) -> set[str]:
    """The families of the fonts that are embedded, without the prefix of a subset."""
    resources: list[Any] = [page["/Resources"] for page in document.pages]
    fonts = [font.get_object() for one in resources for font in one["/Font"].values()]
    return {str(font["/BaseFont"]).removeprefix("/").partition("+")[2] for font in fonts}


def tags_of(document: PdfReader) -> set[str]:
    """The kinds of elements in the tree that a screen reader follows; none in a PDF that is not tagged."""
    return set(_tags(root_of(document).get("/StructTreeRoot")))


def _tags(node: Any) -> list[str]:
    node = node.get_object() if node is not None else None
    if isinstance(node, list):
        return [tag for kid in node for tag in _tags(kid)]
    if not isinstance(node, DictionaryObject):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return [*own, *_tags(node.get("/K"))]
