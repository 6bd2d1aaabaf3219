"""The conventions that no linter knows. A red test says what to do instead; each list holds what breaks the rule."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pghistory.models
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise

from slf_portal.common.fields import FreeTextField, FreeTextFormField

ROOT: Path = settings.BASE_DIR
APPS = [app for app in apps.get_app_configs() if Path(app.path).parent in {ROOT, ROOT / "slf_portal"}]
MODELS = [model for app in APPS for model in app.get_models() if not issubclass(model, pghistory.models.Event)]
ROOMS = {ROOT / Path(app.path).relative_to(ROOT).parts[0] for app in APPS}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What the portal writes itself, and nobody edits.
NOT_TYPED_BY_PEOPLE = {
    "notifications.Envelope.body_text",
    "notifications.Envelope.body_html",
    "notifications.Envelope.last_error",
    "notifications.Envelope.calendar",
}
# The machinery's own rows: kept for a while, or a history already.
MACHINERY = {"SpentToken", "TextOverride", "Envelope", "LedgerEntry", "Heartbeat"}
# Derived from rows whose history is kept.
DERIVED = {"Booking"}
# What is promised to be gone one day, or to be nobody's: no history may keep it.
PROMISED_TO_GO = {
    "Attendance",
    "BusyAddress",
    "BusyTime",
    "EvaluationAnswer",
    "GrusPreparation",
    "PeerLine",
    "PeerObservation",
    "PrivateNote",
    "SilentNote",
    "Snag",
    "VisitCount",
    "VisitLine",
}
NOT_TRACKED = MACHINERY | DERIVED | PROMISED_TO_GO
LONGEST_NAME = 200


def code() -> list[Path]:
    files = [path for room in (*ROOMS, ROOT / "tests") for path in room.rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fields() -> Iterator[tuple[str, Any]]:
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, models.Field):
                yield f"{model._meta.label}.{field.name}", field


def own_forms(base: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    for form in base.__subclasses__():
        if any(form.__module__.startswith(f"{app.name}.") for app in APPS) and ".tests." not in form.__module__:
            yield form
        yield from own_forms(form)


def own_addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from own_addresses(pattern)
        elif any(pattern.callback.__module__.startswith(f"{app.name}.views") for app in APPS):
            yield pattern


# Made here, so that every view is loaded, and with it every form.
ADDRESSES = list(own_addresses(get_resolver()))


def test_prose_is_stored_in_free_text_fields() -> None:
    """FreeTextField has a limit and the check for CPR numbers; a TextField has neither."""
    texts = {name for name, field in fields() if isinstance(field, models.TextField)}
    checked = {name for name, field in fields() if isinstance(field, FreeTextField)}
    assert texts - checked - NOT_TYPED_BY_PEOPLE == set()


def test_one_line_fields_hold_names_not_prose() -> None:
    """A longer text is prose: store it in a FreeTextField."""
    long = {name for name, field in fields() if (field.max_length or 0) > LONGEST_NAME and field.editable}
    prose_or_address = {name for name, field in fields() if isinstance(field, (FreeTextField, models.EmailField))}
    assert long - prose_or_address - NOT_TYPED_BY_PEOPLE == set()


def test_prose_is_typed_into_free_text_fields() -> None:
    """FreeTextFormField lets PortalForm ask about digits that look like a CPR number."""
    assert [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in own_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea) and not isinstance(field, FreeTextFormField)
    ] == []


def test_every_model_has_a_name_in_both_languages() -> None:
    """Give Meta a verbose_name and a verbose_name_plural in gettext_lazy: the admin and the history show them."""
    names = {model._meta.label: (model._meta.verbose_name, model._meta.verbose_name_plural) for model in MODELS}
    assert [label for label, both in names.items() if not all(isinstance(name, Promise) for name in both)] == []


def test_every_model_has_a_history() -> None:
    """Decorate it with `tracked` from audit.history, or add it to NOT_TRACKED if it is the machinery's own."""
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    tracked = {event.pgh_tracked_model for event in events if event.pgh_tracked_model is not None}
    untracked = {model.__name__ for model in MODELS if model not in tracked}
    assert untracked == NOT_TRACKED


def test_templates_hold_no_style_script_or_handler() -> None:
    """The content security policy forbids them, so they would not work: use a class, or static/portal.js."""
    forbidden = re.compile(r"<style|<script(?![^>]*\ssrc=)|<[^>]*\s(?:style|on[a-z]+)\s*=|javascript:", re.IGNORECASE)
    assert [named(path) for path in TEMPLATES if forbidden.search(path.read_text(encoding="utf-8"))] == []


def test_templates_fit_on_two_screens() -> None:
    """Move a part of it to templates/components, or to a partial beside the page."""
    assert [named(path) for path in TEMPLATES if len(path.read_text(encoding="utf-8").splitlines()) > 120] == []


def test_files_of_code_stay_short() -> None:
    """Split it by what its parts are about."""
    assert [named(path) for path in code() if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_no_page_waits_for_the_queue() -> None:
    """The database says what is to be done, and beat wakes the workers: a page must work while the queue is down."""
    enqueues = re.compile(r"\.(?:delay|apply_async|send_task)\(")
    own = ROOT / "slf_portal" / "notifications"
    paths = [path for path in code() if "tests" not in path.parts and not path.is_relative_to(own)]
    assert [named(path) for path in paths if enqueues.search(path.read_text(encoding="utf-8"))] == []


def test_an_address_and_its_view_have_the_same_name() -> None:
    """One word finds the address, the view, the template and the test."""
    assert [pattern.name for pattern in ADDRESSES if pattern.callback.__name__ != pattern.name] == []


def test_every_room_stands_in_the_order_of_imports() -> None:
    """Give the new app its place in both orders in pyproject.toml: lint-imports is silent on rooms it does not know."""
    settings_of_tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    rooms, drawers, *_ = settings_of_tools["importlinter"]["contracts"]
    ordered = {room.strip() for layer in rooms["layers"] for room in layer.split("|")}
    names = {app.name for app in APPS}
    assert (names - ordered, names - {*drawers["containers"], "slf_portal.common"}) == (set(), set())


def test_every_dependency_has_a_reason() -> None:
    """Write behind it what the portal needs it for."""
    lists = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.in", "requirements-dev.in")]
    lines = [line for text in lists for line in text.splitlines() if line and not line.startswith(("#", "-r"))]
    assert [line for line in lines if " # " not in line] == []
