"""The history of a row, in words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory.core
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slf_portal.common.fields import FreeTextField

# What moves along by itself.
FOLLOWING = {"id", "sequence"}


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column's name in words, what stood there and what stands there now; empty where nothing did."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row: when, by whom, whether it came, changed or went, and what changed."""

    at: dt.datetime
    by: str
    what: str
    columns: tuple[ColumnChange, ...]


def history_of(row: models.Model) -> list[Change]:
    """Every change of a tracked row, the latest first: one query, one for people and one for each related model."""
    (event_model,) = pghistory.core.event_models(tracks_model=type(row))
    rows: models.QuerySet[Any] = models.QuerySet(event_model)
    events = list(rows.filter(id=row.pk).select_related("pgh_context").order_by("pgh_id"))
    columns = _columns(type(row))
    names = _names_of_related(events, columns)
    people = _names(get_user_model(), {person for event in events if (person := _person_id(event))})
    told = []
    for before, event in zip([None, *events], events, strict=False):
        changed = _column_changes(before, event, columns, names)
        if changed or event.pgh_label != "update":
            told.append(Change(event.pgh_created_at, _who(event, people), _what(event), changed))
    return told[::-1]


def _columns(model: type[models.Model]) -> list[Any]:
    """The columns a person fills in."""
    fields = model._meta.concrete_fields
    return [field for field in fields if field.editable and field.name not in FOLLOWING]


def _person_id(event: Any) -> int | None:
    return event.pgh_context.metadata.get("person") if event.pgh_context else None


def _who(event: Any, people: Mapping[int, str]) -> str:
    if event.pgh_context is None:
        return _("outside the portal")
    person = _person_id(event)
    return people.get(person, "") if person else _("the portal itself")


def _what(event: Any) -> str:
    return {"insert": _("created"), "delete": _("deleted")}.get(event.pgh_label, _("changed"))


def _names_of_related(events: Sequence[Any], columns: Iterable[Any]) -> dict[type[models.Model], dict[int, str]]:
    ids: dict[type[models.Model], set[int]] = {}
    for field in columns:
        if field.is_relation:
            found = {getattr(event, field.attname) for event in events} - {None}
            ids.setdefault(field.related_model, set()).update(found)
    return {model: _names(model, of_model) for model, of_model in ids.items()}


def _names(model: type[models.Model], ids: Iterable[int]) -> dict[int, str]:
    rows: models.QuerySet[Any] = models.QuerySet(model)
    return {pk: str(row) for pk, row in rows.in_bulk(ids).items()}


def _column_changes(
    before: Any, event: Any, columns: Iterable[Any], names: Mapping[type[models.Model], Mapping[int, str]]
) -> tuple[ColumnChange, ...]:
    changes = []
    # Columns left out of the history are not on the event: the password is one.
    for field in (field for field in columns if hasattr(event, field.attname)):
        old = getattr(before, field.attname) if before else None
        new = getattr(event, field.attname) if event.pgh_label != "delete" else None
        told = ColumnChange(capfirst(str(field.verbose_name)), _told(field, old, names), _told(field, new, names))
        if told.before != told.after or (old != new and isinstance(field, FreeTextField)):
            changes.append(told)
    return tuple(changes)


def _told(field: Any, value: Any, names: Mapping[type[models.Model], Mapping[int, str]]) -> str:
    """The value as a person reads it; of free text only that there is some."""
    if value in {None, ""} if not isinstance(value, list) else not value:
        return ""
    if isinstance(field, FreeTextField):
        return _("(text)")
    if field.is_relation:
        return names.get(field.related_model, {}).get(value, str(value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return formats.localize(value) if not isinstance(value, str) else value
