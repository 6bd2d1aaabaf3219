"""The writer of PDF: a template that extends layouts/paper.html becomes a tagged document (PDF/UA-1)."""

import io
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# Nothing is fetched from it: it only tells our own files from everything else.
_OWN = "https://portal.invalid/"


class NotOurFileError(FatalURLFetchingError):
    """A document asked for something that is not one of the portal's own static files."""


class _StaticFiles(URLFetcher):
    """Gives style sheets and fonts from disk. A document never asks the network."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = unquote(urlsplit(url).path).removeprefix("/")
        try:
            path = finders.find(name) if url.startswith(_OWN) else None
        except SuspiciousFileOperation:
            path = None
        if path is None:
            raise NotOurFileError(f"not a static file of the portal: {url}")
        kind, _encoding = guess_type(path)
        return URLFetcherResponse(url, body=io.BytesIO(_bytes(Path(path))), headers={"Content-Type": kind or ""})


@lru_cache(maxsize=32)
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def pdf_response(request: HttpRequest, template: str, context: dict[str, Any], *, filename: str) -> HttpResponse:
    """The template as a PDF that opens in the browser and is saved under `filename`."""
    page = render_to_string(template, {**context, "is_pdf": True}, request)
    document = HTML(string=page, base_url=_OWN, url_fetcher=_StaticFiles())  # type: ignore[no-untyped-call]
    content = document.write_pdf(pdf_variant="pdf/ua-1", font_config=FontConfiguration())
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=filename) or ""
    return response
