"""Saving a row only when every rule of its model agrees."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from slf_portal.common.dated import DatedRow
from slf_portal.common.errors import RefusedError


def save_checked(row: models.Model, *, columns: Iterable[str] | None = None) -> None:
    """Validate the row and save it, or only some columns. Raises RefusedError with every reason."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    row.save(update_fields=columns)


def end_checked(row: DatedRow, on: dt.date) -> None:
    """End the row on that day, or on its own first day when it has not begun. One that has ended is left alone."""
    if row.ends_on is None or row.ends_on > on:
        row.ends_on = max(on, row.starts_on)
        save_checked(row)
