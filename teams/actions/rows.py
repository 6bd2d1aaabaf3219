"""Rows whose only rules are their own constraints: districts, closures, terms, contracts and GRUS."""

import datetime as dt
from typing import TypeVar

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from slf_portal.common.saving import end_checked, save_checked
from teams.models import (
    Closure,
    ContractTemplateSection,
    District,
    ExpectationQuestion,
    Grus,
    GrusQuestionTemplate,
    PromiseTerms,
    Team,
    TeamContract,
    Unit,
    UnitDistrict,
)

P = TypeVar(
    "P",
    District,
    UnitDistrict,
    Closure,
    PromiseTerms,
    TeamContract,
    Grus,
    ContractTemplateSection,
    GrusQuestionTemplate,
    ExpectationQuestion,
)
Removable = District | Closure | PromiseTerms | TeamContract | Grus | Unit | Team


def add_row(*, by: User | None, row: P) -> P:
    """Add the row. Raises RefusedError with the reason."""
    with change(by=by, verb=f"create {row._meta.model_name}"):
        save_checked(row)
    return row


def change_row(*, by: User | None, row: P) -> P:
    """Save what was changed about the row. Raises RefusedError with the reason."""
    with change(by=by, verb=f"change {row._meta.model_name}"):
        save_checked(row)
    return row


def end_row(*, by: User | None, row: UnitDistrict | PromiseTerms | Closure, on: dt.date | None = None) -> None:
    """End a dated row on a day, today unless said otherwise; what was stays in the history."""
    with change(by=by, verb=f"end {row._meta.model_name}"):
        end_checked(row, on or today())


def remove_row(*, by: User | None, row: Removable) -> None:
    """Remove a row that was made by mistake. Raises ProtectedError when something depends on it."""
    with change(by=by, verb=f"remove {row._meta.model_name}"):
        row.delete()
