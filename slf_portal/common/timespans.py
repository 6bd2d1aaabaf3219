"""Rows that take a span of time `[starts_at, ends_at)`: what the database itself keeps apart."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db.models import F, Func, Q, Value


def no_clash(name: str, *keys: str, message: Any, condition: Q | None = None) -> ExclusionConstraint:
    """Two rows with the same keys never take the same moment; one may begin when the other ends."""
    span: Any = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*[(key, RangeOperators.EQUAL) for key in keys], (span, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
