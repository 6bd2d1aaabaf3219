"""The frame around every change of state: one transaction, labelled with who and what, carried out once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pghistory
from django.db import IntegrityError, transaction

from slf_portal.audit.models import SpentToken, TextOverride
from slf_portal.common.errors import AlreadyDoneError, StaleFormError

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@contextmanager
def change(*, by: "AbstractBaseUser | None", verb: str, token: uuid.UUID | None = None) -> Iterator[None]:
    """One transaction, labelled in the history with the person (None: the portal itself) and the verb.

    Raises AlreadyDoneError when `token`, the form's own, was spent before.
    """
    with transaction.atomic(), pghistory.context(person=by.pk if by else None, verb=verb):
        if token is not None:
            _spend(token)
        yield


def _spend(token: uuid.UUID) -> None:
    try:
        with transaction.atomic():
            SpentToken.objects.create(token=token)
    except IntegrityError as error:
        raise AlreadyDoneError from error


def refuse_stale(*, stored: int, shown: int) -> None:
    """Raise StaleFormError when the form was opened on another version than the stored one."""
    if stored != shown:
        raise StaleFormError(stored)


def note_text_override(*, by: "AbstractBaseUser", place: str) -> None:
    """Log that `by` confirmed that digits in the text at `place` are not a CPR number."""
    TextOverride.objects.create(person_id=by.pk, place=place)
