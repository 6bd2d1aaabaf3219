"""The history of changes: database triggers write every insert, update and delete, whoever makes it."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models
from django.db.models import Func

M = TypeVar("M", bound=models.Model)


class SessionUser(Func):
    """The database role that is signed in, whatever role it acts as."""

    template = "session_user"
    output_field = models.CharField()


def database_role() -> models.CharField[str, str]:
    """The column of every history that the database itself fills in: who typed the change, when it was not the portal.

    Empty for what was written before the column was there.
    """
    return models.CharField(max_length=63, default="", db_default=SessionUser())


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Class decorator: keep an append-only history of the model's rows, without the excluded columns."""
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        append_only=True,
        attrs={"pgh_role": database_role()},
    )
