"""The rows the portal begins with. Defaults to be changed by an administrator, not facts."""

import datetime as dt
from typing import Any

from teams.enums import Promise, UnitKind

# The fundament is HR og Organisation's of 2020: in force from the start for Fællesfunktioner, and only there.
# From the source: monthly, every third month, a contract, a GRUS. Ours: 12 months, July, the days before "soon".
FUNDAMENT_SINCE = dt.date(2020, 1, 1)
JULY = 7

_TERMS: dict[Promise, dict[str, Any]] = {
    Promise.MEETING: {"interval_months": 1, "first_due_months": 1, "soon_days": 14, "pause_months": [JULY]},
    Promise.CONTRACT: {"interval_months": 12, "first_due_months": 1, "soon_days": 14, "pause_months": []},
    Promise.GRUS: {"interval_months": 12, "first_due_months": 12, "soon_days": 30, "pause_months": [JULY]},
    Promise.VISIT: {"interval_months": 3, "first_due_months": 3, "soon_days": 14, "pause_months": [JULY]},
}


def default_terms(promise: Promise) -> dict[str, Any]:
    """The columns of `PromiseTerms` that a promise begins with, without kind, unit and days."""
    return dict(_TERMS[promise])


def ensure_default_terms(terms_model: Any) -> None:
    """Create the terms of Fællesfunktioner where that kind has none at all; safe to call again."""
    for promise in Promise:
        if not terms_model.objects.filter(promise=promise, kind=UnitKind.CENTRAL_OFFICE).exists():
            terms_model.objects.create(
                promise=promise, kind=UnitKind.CENTRAL_OFFICE, starts_on=FUNDAMENT_SINCE, **default_terms(promise)
            )
