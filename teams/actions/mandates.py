"""Giving a mandate, answering it, talking about it, and closing it; and describing the resource person's role."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.cpr import contains_cpr
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError, StaleFormError
from slf_portal.common.saving import save_checked
from teams.enums import ANSWERABLE, MandateState, MandateStep
from teams.models import Mandate, MandateMessage, RoleDescription, Team, Unit
from teams.permissions import gives_mandate
from teams.queries import serves_team, standing_of


class MandateRefusedError(RefusedError):
    """The mandate cannot be given, answered or changed that way; the message says why."""


class MandateChangedError(StaleFormError):
    """The mandate was changed while someone wrote about it."""

    def __init__(self, stored: int) -> None:
        super().__init__(stored)
        self.args = (_("The mandate was changed while you wrote. Read it again, and send once more if it still fits."),)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a mandate says."""

    title: str
    what: str
    why: str
    expectation: str
    hours_per_month: Decimal
    due_on: dt.date

    def put_on(self, mandate: Mandate) -> list[str]:
        """Write it on the mandate, and name the columns that it changed."""
        changed = [name for name in self.__slots__ if getattr(mandate, name) != getattr(self, name)]
        for name in changed:
            setattr(mandate, name, getattr(self, name))
        return changed


def give_mandate(
    *,
    by: User,
    unit: Unit,
    team: Team | None,
    recipient: User | None,
    wording: Wording,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Mandate:
    """Ask a team, a resource person, or her about one team. Raises MandateRefusedError when she does not serve it."""
    mandate = Mandate(unit=team.unit if team else unit, team=team, recipient=recipient, given_by=by)
    wording.put_on(mandate)
    with change(by=by, verb="give mandate", token=token):
        if team and recipient and not serves_team(recipient, team, today()):
            raise MandateRefusedError(
                _("%(person)s is not resource person for %(team)s. Choose one of the two, or another team.")
                % {"person": recipient.name, "team": team.name}
            )
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.Mandate")
        save_checked(mandate, confirmed_not_cpr=confirmed_not_cpr)
    return mandate


def change_mandate(
    *, by: User, mandate: Mandate, wording: Wording, line: str, version: int, confirmed_not_cpr: bool = False
) -> None:
    """Change what nobody has taken on yet, and tell it in the thread. The same wording again is no change."""
    with change(by=by, verb="change mandate"):
        mandate = _locked(mandate)
        if mandate.state not in ANSWERABLE:
            raise MandateRefusedError(_too_late(mandate))
        refuse_stale(stored=mandate.version, shown=version)
        changed = wording.put_on(mandate)
        if changed:
            if confirmed_not_cpr:
                note_text_override(by=by, place="teams.Mandate")
            _save(mandate, confirmed_not_cpr=confirmed_not_cpr)
        if changed or line:
            step = MandateStep.CHANGED if changed else MandateStep.SAID
            _tell(by, mandate, step, line, changed=changed, confirmed_not_cpr=confirmed_not_cpr)


def answer_mandate(
    *,
    by: User,
    mandate: Mandate,
    answer: MandateState,
    line: str,
    version: int,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> None:
    """Take it on, or ask to talk about it first. Raises MandateChangedError when it was changed meanwhile."""
    with change(by=by, verb="answer mandate", token=token):
        mandate = _locked(mandate)
        if mandate.state not in ANSWERABLE:
            raise MandateRefusedError(_too_late(mandate))
        if mandate.version != version:
            raise MandateChangedError(mandate.version)
        mandate.state, mandate.answered_by, mandate.answered_at = answer, by, timezone.now()
        _save(mandate)
        _tell(by, mandate, MandateStep(answer), line, confirmed_not_cpr=confirmed_not_cpr)


def write_about_mandate(
    *, by: User, mandate: Mandate, line: str, confirmed_not_cpr: bool = False, token: uuid.UUID | None = None
) -> None:
    """Write a line in the thread. Raises MandateRefusedError when the mandate is closed."""
    with change(by=by, verb="write about mandate", token=token):
        mandate = _locked(mandate)
        if mandate.is_closed:
            raise MandateRefusedError(_too_late(mandate))
        _tell(by, mandate, MandateStep.SAID, line, confirmed_not_cpr=confirmed_not_cpr)


def close_mandate(
    *,
    by: User,
    mandate: Mandate,
    outcome: MandateState,
    line: str,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> None:
    """Either side says that it is finished; the leader withdraws it and says why."""
    with change(by=by, verb="close mandate", token=token):
        mandate = _locked(mandate)
        if mandate.is_closed:
            raise MandateRefusedError(_too_late(mandate))
        if outcome == MandateState.WITHDRAWN and not _is_from_leader(by, mandate):
            raise MandateRefusedError(_("Only the leader can withdraw a mandate."))
        mandate.state, mandate.closed_at = outcome, timezone.now()
        _save(mandate)
        _tell(by, mandate, MandateStep(outcome), line, confirmed_not_cpr=confirmed_not_cpr)


def agree_on_expectations(
    *, by: User, mandate: Mandate, agreed: str, version: int, confirmed_not_cpr: bool = False
) -> None:
    """Write down what the two sides expect of each other. Raises StaleFormError when the other side wrote meanwhile."""
    with change(by=by, verb="agree on expectations"):
        mandate = _locked(mandate)
        if mandate.is_closed:
            raise MandateRefusedError(_too_late(mandate))
        refuse_stale(stored=mandate.version, shown=version)
        mandate.agreed = agreed
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.Mandate")
        _save(mandate, confirmed_not_cpr=confirmed_not_cpr)


def describe_role(*, by: User, unit: Unit, text: str, version: int, confirmed_not_cpr: bool = False) -> None:
    """Write what the unit understands by being a resource person. Version 0 is shown where nothing is written yet."""
    with change(by=by, verb="describe role"):
        Unit.objects.select_for_update().get(pk=unit.pk)
        row = RoleDescription.objects.filter(unit=unit).first() or RoleDescription(unit=unit)
        refuse_stale(stored=row.version, shown=version)
        row.text, row.written_by, row.written_at = text, by, timezone.now()
        row.version += 1
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.RoleDescription.text")
        save_checked(row, confirmed_not_cpr=confirmed_not_cpr)


def _locked(mandate: Mandate) -> Mandate:
    rows = Mandate.objects.select_for_update(of=("self",)).select_related("unit", "team__unit")
    return rows.get(pk=mandate.pk)


def _save(mandate: Mandate, *, confirmed_not_cpr: bool = True) -> None:
    """Save it as a new version. Texts that stood there already were checked when they were written."""
    mandate.version += 1
    save_checked(mandate, confirmed_not_cpr=confirmed_not_cpr)


def _tell(
    by: User,
    mandate: Mandate,
    step: MandateStep,
    line: str,
    *,
    changed: Iterable[str] = (),
    confirmed_not_cpr: bool,
) -> None:
    row = MandateMessage(
        mandate=mandate,
        writer=by,
        is_from_leader=_is_from_leader(by, mandate),
        step=step,
        text=line,
        changed=list(changed),
    )
    if confirmed_not_cpr and contains_cpr(line):
        note_text_override(by=by, place="teams.MandateMessage.text")
    save_checked(row, confirmed_not_cpr=confirmed_not_cpr)


def _is_from_leader(by: User, mandate: Mandate) -> bool:
    return gives_mandate(standing_of(by, today()), mandate)


def _too_late(mandate: Mandate) -> str:
    if mandate.state == MandateState.WITHDRAWN:
        return _("The leader has withdrawn the mandate meanwhile. What you wrote was not sent.")
    if mandate.state == MandateState.DONE:
        return _("The mandate was marked finished meanwhile. What you wrote was not sent.")
    return _("The mandate was taken on meanwhile. Look at what stands there now.")
