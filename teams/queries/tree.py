"""The tree of units: who is part of whom, to a depth of four."""

from collections.abc import Iterable

from slf_portal.common import sql

_LINES = """
    SELECT unit.kind, unit.id, unit.parent_id, parent.parent_id, above.parent_id
    FROM teams_unit unit
    LEFT JOIN teams_unit parent ON parent.id = unit.parent_id
    LEFT JOIN teams_unit above ON above.id = parent.parent_id
    WHERE unit.id = ANY(%(units)s)
"""

_PARTS = """
    SELECT unit.id
    FROM teams_unit unit
    LEFT JOIN teams_unit parent ON parent.id = unit.parent_id
    LEFT JOIN teams_unit above ON above.id = parent.parent_id
    WHERE ARRAY[unit.id, unit.parent_id, parent.parent_id, above.parent_id] && %(units)s::bigint[]
"""


def ancestor_lines(unit_ids: Iterable[int]) -> dict[int, tuple[str, list[int]]]:
    """For each unit's id its kind, and its own id followed by its ancestors', nearest first. One query."""
    found = sql.rows(_LINES, units=list(set(unit_ids)))
    return {unit_id: (kind, [pk for pk in (unit_id, *above) if pk]) for kind, unit_id, *above in found}


def line_of(unit_id: int) -> list[int]:
    """The unit's id and its ancestors', nearest first."""
    return ancestor_lines([unit_id])[unit_id][1]


def with_parts(unit_ids: frozenset[int]) -> frozenset[int]:
    """The units and all their parts. One query, none for no units."""
    if not unit_ids:
        return unit_ids
    return frozenset(pk for (pk,) in sql.rows(_PARTS, units=list(unit_ids)))
