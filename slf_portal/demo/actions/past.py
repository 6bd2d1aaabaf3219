"""The one place where the demo writes what people's own actions refuse."""

from typing import TypeVar

from django.db.models import Manager, Model

from slf_portal.audit.actions import change

M = TypeVar("M", bound=Model)


def write_past(rows_of: Manager[M], rows: list[M]) -> list[M]:
    """Write meetings, visits and their records, conversations, cycles, words and agreements as they came months ago.

    The actions plan for days to come and let a rhythm begin today, as they should; a year of history has to get in some
    other way. Of meetings and visits only the planning is written here: that one was held is said by the actions.
    """
    with change(by=None, verb="build demo"):
        return rows_of.bulk_create(rows)


def change_past(row: Model) -> None:
    """Let a row become what it became long ago: a contract comes into force today, as it should."""
    with change(by=None, verb="build demo"):
        row.save()
