"""Who does what for whom: a role is a dated row that begins, ends, or moves by ending one and beginning another."""

import datetime as dt
from copy import copy
from typing import TypeVar

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from slf_portal.common.saving import end_checked, save_checked
from teams.models import Membership, PortfolioUnit, ResourcePerson, Team, TeamLeader, Unit, UnitLeader

Role = Membership | TeamLeader | ResourcePerson | UnitLeader | PortfolioUnit
R = TypeVar("R", Membership, TeamLeader, ResourcePerson, UnitLeader, PortfolioUnit)


def begin_role(*, by: User | None, row: R) -> R:
    """Let a person lead, serve or belong from the row's first day. Raises RefusedError when she does already."""
    with change(by=by, verb=f"begin {row._meta.model_name}"):
        save_checked(row)
    return row


def change_role(*, by: User | None, row: R) -> R:
    """Correct the days or the title of a role. Raises RefusedError."""
    with change(by=by, verb=f"change {row._meta.model_name}"):
        save_checked(row)
    return row


def end_role(*, by: User | None, row: Role, on: dt.date | None = None) -> None:
    """End the role on a day, today unless said otherwise; what was stays in the history."""
    with change(by=by, verb=f"end {row._meta.model_name}"):
        end_checked(row, on or today())


def move_role(*, by: User | None, row: R, to: Team | Unit, on: dt.date | None = None) -> R:
    """End the role and begin the same in another team or unit on that day, today unless said otherwise.

    Raises RefusedError when the person has such a role there already.
    """
    on = max(on or today(), row.starts_on)
    moved = copy(row)
    moved.pk, moved._state.adding, moved.starts_on = None, True, on
    setattr(moved, "team" if isinstance(to, Team) else "unit", to)
    with change(by=by, verb=f"move {row._meta.model_name}"):
        end_checked(row, on)
        save_checked(moved)
    return moved
