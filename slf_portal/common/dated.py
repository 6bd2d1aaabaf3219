"""Rows that hold for a span of days `[starts_on, ends_on)`: ending today ends it now, and what was is kept."""

import datetime as dt
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from slf_portal.common.dates import today


def in_force(on: dt.date, prefix: str = "") -> Q:
    """The condition that a dated row, reached through `prefix`, holds on that day."""
    begun = Q(**{f"{prefix}starts_on__lte": on})
    not_ended = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on})
    return begun & not_ended


M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    def in_force(self, on: dt.date) -> Self:
        """The rows that hold on that day."""
        return self.filter(in_force(on))


class DatedRow(models.Model):
    """A row with a first day and, once known, the first day it no longer holds."""

    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The first day it no longer holds."))

    class Meta:
        abstract = True

    def is_in_force(self, on: dt.date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    @property
    def last_day(self) -> dt.date | None:
        """The last day it holds; `ends_on` is the first one it no longer does."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None


def span_in_order(name: str) -> models.CheckConstraint:
    """The span ends on or after the day it begins (a row ended on its first day never held)."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The end date lies before the start date."),
    )


def no_overlap(name: str, *keys: str, message: Any, condition: Q | None = None) -> ExclusionConstraint:
    """Two rows with the same keys never hold on the same day."""
    span: Any = Func(F("starts_on"), F("ends_on"), Value("[)"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*[(key, RangeOperators.EQUAL) for key in keys], (span, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
