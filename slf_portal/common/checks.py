"""The start fails when an address has no declared access: a row in docs/access.md."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

ACCESS_PAGE: Path = settings.BASE_DIR / "docs" / "access.md"


def check_access_is_declared(**_kwargs: Any) -> list[CheckMessage]:
    """An error for each address whose name stands in no table of the page; `admin:*` stands for all that begin so."""
    if not ACCESS_PAGE.exists():
        return [Error(f"{ACCESS_PAGE.name} is missing: it says who may open what.", id="portal.E001")]
    declared = _declared(ACCESS_PAGE.read_text(encoding="utf-8"))
    return [
        Error(
            f"The address {name} has no row in {ACCESS_PAGE.name}.",
            hint="Write who may open it; tests/test_access_matrix.py then holds the view to it.",
            id="portal.E002",
        )
        for name in sorted(set(_names(get_resolver())))
        if not any(fnmatchcase(name, row) for row in declared)
    ]


def _declared(page: str) -> list[str]:
    """Every name in backticks in the first cell of a table's row."""
    first_cells = (line.split("|")[1] for line in page.splitlines() if line.startswith("|"))
    return [name for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)]


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The full name of each address; one without a name of its own is called by its route."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        else:
            yield from _names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
