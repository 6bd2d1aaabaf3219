"""SQL where a page is opened so often that building the same query again costs more than running it."""

from typing import Any

from django.db import connection


def rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a fixed statement with `%(name)s` parameters; a list becomes an array for `= ANY`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
