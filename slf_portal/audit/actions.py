"""The frame around every change of state: one transaction, labelled with who and what, carried out once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import pghistory
from django.db import IntegrityError, transaction

from slf_portal.audit.models import SpentToken, TextOverride
from slf_portal.common.errors import AlreadyDoneError, StaleFormError

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# Whether a change is under way: pghistory lets the innermost label win, here the outermost says what is done.
_under_way: ContextVar[bool] = ContextVar("change_under_way", default=False)


@contextmanager
def change(*, by: "AbstractBaseUser | None", verb: str, token: uuid.UUID | None = None) -> Iterator[None]:
    """One transaction, labelled in the history with the person (None: the portal itself) and the verb.

    A change within another is a part of it and goes under its label. Raises AlreadyDoneError when `token`, the form's
    own, was spent before.
    """
    with transaction.atomic(), _labelled(by=by, verb=verb):
        if token is not None:
            _spend(token)
        yield


@contextmanager
def _labelled(*, by: "AbstractBaseUser | None", verb: str) -> Iterator[None]:
    if _under_way.get():
        yield
        return
    under_way = _under_way.set(True)
    try:
        with pghistory.context(person=by.pk if by else None, verb=verb):
            yield
    finally:
        _under_way.reset(under_way)


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
