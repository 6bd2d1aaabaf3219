"""The history of rows, in words."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory.core
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slf_portal.audit.models import SpentToken
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
    """One change of a row: when, by whom, of what kind of row, whether it came, changed or went, and what changed.

    `row_id` tells the rows of a history apart.
    """

    at: dt.datetime
    by: str
    about: str
    what: str
    columns: tuple[ColumnChange, ...]
    row_id: int


def is_spent(token: uuid.UUID | None) -> bool:
    """Whether a form with this token has been carried out."""
    return token is not None and SpentToken.objects.filter(token=token).exists()


def history_of(row: models.Model) -> list[Change]:
    """Every change of a tracked row, the latest first: one query, one for people and one for each related model."""
    return history_where(type(row), id=row.pk)


def history_where(model: type[models.Model], **columns: Any) -> list[Change]:
    """Every change of the tracked rows with these columns, deleted rows too, the latest first. As many queries."""
    (event_model,) = pghistory.core.event_models(tracks_model=model)
    rows: models.QuerySet[Any] = models.QuerySet(event_model)
    events = list(rows.filter(**columns).select_related("pgh_context").order_by("pgh_id"))
    told_columns = _columns(model)
    names = _names_of_related(events, told_columns)
    people = _names(get_user_model(), {person for event in events if (person := _person_id(event))})
    before: dict[int, Any] = {}
    told = []
    for event in events:
        changed = _column_changes(before.get(event.id), event, told_columns, names)
        before[event.id] = event
        if changed or event.pgh_label != "update":
            who, what = _who(event, people), _what(event)
            told.append(Change(event.pgh_created_at, who, _about(model), what, changed, event.id))
    return told[::-1]


def together(*histories: Sequence[Change]) -> list[Change]:
    """Several histories as one, the latest first."""
    return sorted((change for history in histories for change in history), key=lambda change: change.at, reverse=True)


def _columns(model: type[models.Model]) -> list[Any]:
    """The columns a person fills in."""
    fields = model._meta.concrete_fields
    return [field for field in fields if field.editable and field.name not in FOLLOWING]


def _person_id(event: Any) -> int | None:
    return event.pgh_context.metadata.get("person") if event.pgh_context else None


def _who(event: Any, people: Mapping[int, str]) -> str:
    if event.pgh_context is None:
        if event.pgh_role:
            return _("outside the portal, by the database role %(role)s") % {"role": event.pgh_role}
        return _("outside the portal")
    person = _person_id(event)
    return people.get(person, "") if person else _("the portal itself")


def _about(model: type[models.Model]) -> str:
    return capfirst(str(model._meta.verbose_name))


def _what(event: Any) -> str:
    return {"insert": _("created"), "delete": _("deleted")}.get(event.pgh_label, _("changed"))


def _names_of_related(events: Sequence[Any], columns: Iterable[Any]) -> dict[type[models.Model], dict[int, str]]:
    ids: dict[type[models.Model], set[int]] = {}
    for field in columns:
        if field.is_relation:
            found = {getattr(event, field.attname) for event in events if hasattr(event, field.attname)} - {None}
            ids.setdefault(field.related_model, set()).update(found)
    return {model: _names(model, of_model) for model, of_model in ids.items()}


def _names(model: type[models.Model], ids: Iterable[int]) -> dict[int, str]:
    rows: models.QuerySet[Any] = models.QuerySet(model)
    # What a row is called may be made of what it belongs to.
    return {pk: str(row) for pk, row in rows.select_related().in_bulk(ids).items()}


def _column_changes(
    before: Any, event: Any, columns: Iterable[Any], names: Mapping[type[models.Model], Mapping[int, str]]
) -> tuple[ColumnChange, ...]:
    changes = []
    # Columns left out of the history are not on the event: the password is one.
    for field in (field for field in columns if hasattr(event, field.attname)):
        old = getattr(before, field.attname) if before else None
        new = getattr(event, field.attname) if event.pgh_label != "delete" else None
        told = ColumnChange(capfirst(str(field.verbose_name)), _told(field, old, names), _told(field, new, names))
        is_rewritten = isinstance(field, FreeTextField) and old != new and bool(told.before)
        if told.before != told.after or is_rewritten:
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
        labels = dict(getattr(field.base_field, "flatchoices", ()))
        return ", ".join(str(labels.get(item, item)) for item in value)
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return formats.localize(value) if not isinstance(value, str) else value
