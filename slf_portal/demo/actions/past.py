"""The one place where the demo writes what people's own actions refuse."""

from typing import TypeVar

from django.db.models import Manager, Model

from slf_portal.audit.actions import change

M = TypeVar("M", bound=Model)


def write_past(rows_of: Manager[M], rows: list[M]) -> list[M]:
    """Write meetings, visits, rhythms and requests as they were planned months ago.

    The actions plan for days to come and let a rhythm begin today, as they should; a year of history has to get in some
    other way. Only the planning is written here: that something was held, cancelled or met is said by the actions.
    """
    with change(by=None, verb="build demo"):
        return rows_of.bulk_create(rows)
