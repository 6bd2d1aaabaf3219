"""The start fails when an address has no row in docs/access.md."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks.registry import registry
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from pytest_django.fixtures import Settings

from slf_portal.common import checks


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Urls:
    urlpatterns = (
        path("", _view, name="home"),
        path("nameless/", _view),
        path("team/", include(([path("<int:pk>/", _view, name="show")], "teams"))),
        path("admin/", include(([path("", _view, name="index"), path("", include([path("x/", _view)]))], "admin"))),
    )


PAGE = """
Who may open `what`:

| address | methods |
|---|---|
| `home` `nameless/` | GET |
| | POST |
| `teams:show` | `GET` |
| `admin:*` | all |
"""


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    page = tmp_path / "access.md"
    page.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(checks, "ACCESS_PAGE", page)
    settings.ROOT_URLCONF = Urls
    return page


def found() -> list[str]:
    return [f"{error.id}: {error.msg}" for error in checks.check_access_is_declared()]


def test_the_portal_asks_at_its_start() -> None:
    asked: list[Any] = list(registry.get_checks())
    assert checks.check_access_is_declared in asked


def test_every_address_has_a_row() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("| `home` `nameless/` | GET |", ["home", "nameless/"]),
        ("| `teams:show` | `GET` |", ["teams:show"]),
        ("| `admin:*` | all |", ["admin:index", "admin:x/"]),
    ],
)
def test_an_address_without_a_row(page: Path, row: str, missing: list[str]) -> None:
    page.write_text(PAGE.replace(row, ""), encoding="utf-8")
    assert found() == [f"portal.E002: The address {name} has no row in access.md." for name in missing]


def test_no_page(page: Path) -> None:
    page.unlink()
    assert found() == ["portal.E001: access.md is missing: it says who may open what."]
