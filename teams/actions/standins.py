"""Handing a leader's tasks over to a stand-in for a while, and taking them back."""

import datetime as dt
import uuid

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.saving import end_checked, save_checked
from teams.models import StandIn, Unit


def give_stand_in(
    *, by: User, row: StandIn, confirmed_not_cpr: bool = False, token: uuid.UUID | None = None
) -> StandIn:
    """Let a person do some of the leader's tasks for a period. Raises RefusedError with the reason."""
    with change(by=by, verb="give stand-in", token=token):
        Unit.objects.select_for_update().get(pk=row.unit_id)
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.StandIn.reason")
        save_checked(row, confirmed_not_cpr=confirmed_not_cpr)
    return row


def end_stand_in(*, by: User, row: StandIn, on: dt.date) -> None:
    """Take the tasks back from a day; a day after they end anyway changes nothing."""
    with change(by=by, verb="end stand-in"):
        end_checked(StandIn.objects.select_for_update().get(pk=row.pk), on)
