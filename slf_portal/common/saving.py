"""Saving a row only when every rule of its model agrees."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from slf_portal.common.dated import DatedRow
from slf_portal.common.errors import RefusedError


def save_checked(row: models.Model, *, columns: Iterable[str] | None = None, confirmed_not_cpr: bool = False) -> None:
    """Validate the row and save it, or only some columns. Raises RefusedError with every reason.

    `confirmed_not_cpr`: the writer has said that digits in the text are no CPR number; the caller logs it.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        reasons = _reasons(error, but="cpr" if confirmed_not_cpr else None)
        if reasons:
            raise RefusedError(" ".join(reasons)) from error
    row.save(update_fields=columns)


def _reasons(error: ValidationError, *, but: str | None) -> list[str]:
    """Every reason, save those with that code. A constraint's has none: `but=None` leaves nothing out."""
    each = [reason for reasons in error.error_dict.values() for reason in reasons if not but or reason.code != but]
    return [message for reason in each for message in reason.messages]


def end_checked(row: DatedRow, on: dt.date) -> None:
    """End the row on that day, or on its own first day when it has not begun. One that has ended is left alone."""
    if row.ends_on is None or row.ends_on > on:
        row.ends_on = max(on, row.starts_on)
        save_checked(row)
