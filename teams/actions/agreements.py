"""Agreeing on something, and what comes of it."""

import datetime as dt
import uuid

from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import add_months, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked
from teams.defaults import MONTHS_UNTIL_ASKED
from teams.enums import AgreementSource, AgreementState, Helped
from teams.models import Agreement, Team
from teams.permissions import is_of_team, leads_team
from teams.queries import standing_of


class AgreementRefusedError(RefusedError):
    """It cannot be agreed on, or not be changed that way; the message says why."""


def agree(  # noqa: PLR0913 - each of them is a fact of the row, given by name
    *,
    by: User,
    team: Team,
    text: str,
    due_on: dt.date,
    owner: User | None = None,
    source: AgreementSource = AgreementSource.TEAM,
    source_id: int | None = None,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Agreement:
    """The team agrees on something, done by `owner` (None: by the team). Raises RefusedError with the reason."""
    row = Agreement(team=team, text=text, due_on=due_on, owner=owner, source=source, source_id=source_id)
    with change(by=by, verb="agree", token=token):
        _require_of_team(owner, team)
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.Agreement.text")
        save_checked(row, confirmed_not_cpr=confirmed_not_cpr)
    return row


def change_agreement(
    *,
    by: User,
    agreement: Agreement,
    text: str,
    owner: User | None,
    due_on: dt.date,
    version: int,
    confirmed_not_cpr: bool = False,
) -> None:
    """Say it in other words, name someone else or find another day; one who has left may be kept.

    Raises StaleFormError, AgreementRefusedError, and ValidationError for what looks like a CPR number.
    """
    _check_digits(text, confirmed_not_cpr=confirmed_not_cpr)
    with change(by=by, verb="change agreement"):
        row = _locked(agreement, version)
        _refuse_settled(row)
        if owner is not None and owner.pk != row.owner_id:
            _require_of_team(owner, row.team)
        if due_on != row.due_on and due_on < today():
            raise AgreementRefusedError(_("The day has passed. Choose today or a later one."))
        row.text, row.owner, row.due_on = text, owner, due_on
        _save(row, by=by, confirmed_not_cpr=confirmed_not_cpr, column="text")


def set_agreement_state(*, by: User, agreement: Agreement, state: AgreementState, version: int) -> None:
    """Say that it is open, under way or done; opening it again forgets how it was settled.

    To say what stands there already does nothing. Raises StaleFormError.
    """
    with change(by=by, verb=f"set agreement {state}"):
        row = _locked(agreement)
        if row.state == state:
            return
        refuse_stale(stored=row.version, shown=version)
        is_done = state == AgreementState.DONE
        row.state, row.reason = state, ""
        row.settled_on = today() if is_done else None
        row.check_on = add_months(today(), MONTHS_UNTIL_ASKED) if is_done else None
        row.helped, row.helped_note, row.helped_on = "", "", None
        _save(row)


def drop_agreement(
    *, by: User, agreement: Agreement, reason: str, version: int, confirmed_not_cpr: bool = False
) -> None:
    """It is not going to be done, for that reason. Raises as `change_agreement` does."""
    _check_digits(reason, confirmed_not_cpr=confirmed_not_cpr)
    with change(by=by, verb="drop agreement"):
        row = _locked(agreement, version)
        _refuse_settled(row)
        row.state, row.reason, row.settled_on = AgreementState.DROPPED, reason, today()
        _save(row, by=by, confirmed_not_cpr=confirmed_not_cpr, column="reason")


def say_whether_it_helped(
    *, by: User, agreement: Agreement, helped: Helped, note: str, version: int, confirmed_not_cpr: bool = False
) -> None:
    """The team's answer about something done; a later one takes its place. Raises as `change_agreement` does."""
    _check_digits(note, confirmed_not_cpr=confirmed_not_cpr)
    with change(by=by, verb="say whether agreement helped"):
        row = _locked(agreement, version)
        if row.state != AgreementState.DONE:
            raise AgreementRefusedError(_("Only what is done can have helped."))
        row.helped, row.helped_note, row.helped_on = helped, note, today()
        _save(row, by=by, confirmed_not_cpr=confirmed_not_cpr, column="helped_note")


def share_agreement(*, by: User, agreement: Agreement, is_shared: bool, version: int) -> None:
    """Let the team's leaders read it, or take that back. To say what is so already does nothing."""
    with change(by=by, verb="share agreement" if is_shared else "stop sharing agreement"):
        row = _locked(agreement)
        if row.is_shared == is_shared:
            return
        refuse_stale(stored=row.version, shown=version)
        row.is_shared = is_shared
        _save(row)


def _locked(agreement: Agreement, shown: int | None = None) -> Agreement:
    """The row, for one writer at a time; with `shown` only when nobody has changed it since."""
    row = Agreement.objects.select_for_update(of=("self",)).select_related("team").get(pk=agreement.pk)
    if shown is not None:
        refuse_stale(stored=row.version, shown=shown)
    return row


def _save(row: Agreement, *, by: User | None = None, confirmed_not_cpr: bool = False, column: str = "") -> None:
    """Save the next version. Digits were looked at where they were written: an older text is not asked about again."""
    if by is not None and confirmed_not_cpr:
        note_text_override(by=by, place=f"teams.Agreement.{column}")
    row.version += 1
    save_checked(row, confirmed_not_cpr=True)


def _check_digits(text: str, *, confirmed_not_cpr: bool) -> None:
    if not confirmed_not_cpr:
        refuse_cpr(text)


def _refuse_settled(row: Agreement) -> None:
    if row.is_settled:
        raise AgreementRefusedError(_("It is done or dropped already. Open it again first."))


def _require_of_team(owner: User | None, team: Team) -> None:
    """Whoever does it belongs to the team, serves it or leads it today."""
    if owner is None:
        return
    here = standing_of(owner, today())
    if not (owner.is_active and (is_of_team(here, team) or leads_team(here, team))):
        raise AgreementRefusedError(_("%(name)s is not of the team today. Choose someone else.") % {"name": owner.name})
