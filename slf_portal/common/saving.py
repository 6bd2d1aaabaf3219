"""Saving a row only when every rule of its model agrees."""

from django.core.exceptions import ValidationError
from django.db import models

from slf_portal.common.errors import RefusedError


def save_checked(row: models.Model) -> None:
    """Validate and save the row. Raises RefusedError with every reason, for the person who asked."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    row.save()
