"""Agreeing on the promises of a unit."""

import uuid
from collections.abc import Mapping

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from teams.defaults import default_terms
from teams.enums import Promise
from teams.models import PromiseTerms, Unit
from teams.queries import inherited_terms


def choose_terms(
    *, by: User, unit: Unit, intervals: Mapping[Promise, int | None], token: uuid.UUID | None = None
) -> None:
    """Agree from today on the months between, for each promise; what was agreed stays as history.

    None, or what holds for the unit anyway, needs no row of the unit's own.
    """
    with change(by=by, verb="choose terms", token=token):
        Unit.objects.select_for_update().get(pk=unit.pk)
        inherited = inherited_terms(unit, today())
        for promise, interval in intervals.items():
            given = inherited.get(promise)
            _choose(unit, promise, None if given and given.interval_months == interval else interval)


def _choose(unit: Unit, promise: Promise, interval: int | None) -> None:
    row = PromiseTerms.objects.in_force(today()).filter(unit=unit, promise=promise).first()
    if row and row.interval_months == interval:
        return
    if row:
        row.ends_on = today()
        row.save(update_fields=["ends_on"])
    if interval is not None:
        terms = default_terms(promise) | {"interval_months": interval}
        PromiseTerms.objects.create(unit=unit, promise=promise, starts_on=today(), **terms)
