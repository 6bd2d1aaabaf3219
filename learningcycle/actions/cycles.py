"""Beginning a learning cycle, writing in it, going from phase to phase, and closing it."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from learningcycle.enums import CycleState, EntryKind
from learningcycle.models import Cycle, CycleEntry, TemplateStep, TemplateVersion
from learningcycle.queries import goal_steps
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked
from teams.actions import Writing, agree
from teams.enums import AgreementSource
from teams.models import Agreement, StaircaseStep, Team


class CycleRefusedError(RefusedError):
    """The learning cycle cannot be as asked; the message says why."""


def begin_cycle(
    *,
    by: User,
    team: Team,
    title: str,
    version_used: TemplateVersion,
    focus: str = "",
    follows: Cycle | None = None,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Cycle:
    """Begin a cycle in the first phase of the template, after the closed one `follows`. Raises RefusedError."""
    with change(by=by, verb="begin learning cycle", token=token):
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        if follows is not None and Cycle.objects.filter(follows=follows).exists():
            raise CycleRefusedError(
                _("A colleague has already begun the next one after “%(title)s”. You find it on the list.")
                % {"title": follows.title}
            )
        _note_override(by, "Cycle.title", confirmed=confirmed_not_cpr)
        cycle = Cycle(
            team=team,
            title=title,
            version_used=version_used,
            phase=version_used.steps.all()[0],
            focus=focus,
            follows=follows,
        )
        save_checked(cycle, confirmed_not_cpr=confirmed_not_cpr)
    return cycle


def write_cycle(
    *, by: User, cycle: Cycle, writings: Mapping[str, Writing], confirmed_not_cpr: bool = False
) -> dict[str, str]:
    """Write title, focus, goal, goal_step (the step's id), evaluation or learning, by name.

    What someone else has changed in the meantime is left as it is and answered, by its name; all the rest is saved.
    Raises CycleRefusedError, and ValidationError for what looks like a CPR number nobody has explained.
    """
    _refuse_cpr(writings, confirmed=confirmed_not_cpr)
    with change(by=by, verb="write learning cycle"):
        row = _locked_running(cycle)
        _note_override(by, "Cycle.focus", confirmed=confirmed_not_cpr)
        changed, elsewhere = _sort_out(_as_it_stands(row, writings), writings)
        for name, text in changed.items():
            if name == "goal_step":
                row.goal_step = _goal_step(row, text)
            else:
                setattr(row, name, text)
        _save(row)
    return elsewhere


def go_to_phase(*, by: User, cycle: Cycle, position: int) -> TemplateStep:
    """Go on to the phase with that number, or back to it. Raises CycleRefusedError."""
    with change(by=by, verb="go to phase of learning cycle"):
        row = _locked_running(cycle)
        phase = row.version_used.steps.filter(position=position).first()
        if phase is None:
            raise CycleRefusedError(_("The learning cycle has no such phase."))
        row.phase = phase
        _save(row)
    return phase


def keep_cycle(*, by: User, cycle: Cycle) -> None:
    """Choose to go on with it: it is asked about again after a learning loop. Raises CycleRefusedError."""
    with change(by=by, verb="go on with learning cycle"):
        row = _locked_running(cycle)
        row.looked_at_on = today()
        _save(row)


def close_cycle(
    *,
    by: User,
    cycle: Cycle,
    learning: Writing,
    decision: str = "",
    is_shared: bool = False,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> dict[str, str]:
    """Close it from today with what was learned. What is still open of its trial actions stays on the team's list.

    When someone else has written about the learning in the meantime it is not closed, and hers is answered as in
    `write_cycle`. Raises CycleRefusedError, ValidationError.
    """
    writings = {"learning": learning}
    _refuse_cpr(writings, confirmed=confirmed_not_cpr)
    with change(by=by, verb="close learning cycle", token=token):
        row = _locked_running(cycle)
        _note_override(by, "Cycle.learning", confirmed=confirmed_not_cpr)
        changed, elsewhere = _sort_out({"learning": row.learning}, writings)
        if elsewhere:
            return elsewhere
        row.learning = changed.get("learning", row.learning)
        row.state, row.closed_on = CycleState.CLOSED, today()
        row.decision, row.is_shared = decision, is_shared
        _save(row)
    return {}


def reopen_cycle(*, by: User, cycle: Cycle) -> None:
    """Let it run again. One that runs already is left alone."""
    with change(by=by, verb="reopen learning cycle"):
        row = _locked(cycle)
        if not row.is_running:
            row.state, row.closed_on = CycleState.RUNNING, None
            _save(row)


# Its lines -----------------------------------------------------------------------------------------------------------


def add_entry(
    *,
    by: User,
    cycle: Cycle,
    kind: EntryKind,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
    **texts: str,
) -> CycleEntry:
    """Add a line: its `text`, and of data `data_kind`, `period`, `group` and `source`. Raises RefusedError."""
    with change(by=by, verb="add line to learning cycle", token=token):
        row = _locked_running(cycle)
        _note_override(by, "CycleEntry.text", confirmed=confirmed_not_cpr)
        entry = CycleEntry(cycle=row, kind=kind, **texts)
        save_checked(entry, confirmed_not_cpr=confirmed_not_cpr)
    return entry


def write_entry(
    *,
    by: User,
    cycle: Cycle,
    entry_id: int,
    kind: EntryKind,
    writings: Mapping[str, Writing],
    confirmed_not_cpr: bool = False,
) -> dict[str, str]:
    """Write a line anew, as `write_cycle` does. One that was taken away meanwhile comes back as written."""
    _refuse_cpr(writings, confirmed=confirmed_not_cpr)
    with change(by=by, verb="write line of learning cycle"):
        row = _locked_running(cycle)
        _note_override(by, "CycleEntry.text", confirmed=confirmed_not_cpr)
        entry = row.entries.filter(pk=entry_id).first()
        if entry is None:
            if _changed(writings):
                texts = {name: writing.text for name, writing in writings.items()}
                save_checked(CycleEntry(cycle=row, kind=kind, **texts), confirmed_not_cpr=True)
            return {}
        changed, elsewhere = _sort_out({name: getattr(entry, name) for name in writings}, writings)
        if changed:
            for name, text in changed.items():
                setattr(entry, name, text)
            entry.version += 1
            save_checked(entry, confirmed_not_cpr=True)
    return elsewhere


def remove_entry(*, by: User, cycle: Cycle, entry_id: int, version: int) -> None:
    """Take a line away; one that is gone already is no matter. Raises CycleRefusedError, StaleFormError."""
    with change(by=by, verb="remove line of learning cycle"):
        entry = _locked_running(cycle).entries.filter(pk=entry_id).first()
        if entry is not None:
            refuse_stale(stored=entry.version, shown=version)
            entry.delete()


def add_trial_action(
    *,
    by: User,
    cycle: Cycle,
    text: str,
    due_on: dt.date,
    owner: User | None = None,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Agreement:
    """Agree on something to try: it stands on the team's list with the rest. Raises RefusedError."""
    with change(by=by, verb="add trial action", token=token):
        row = _locked_running(cycle)
        return agree(
            by=by,
            team=row.team,
            text=text,
            due_on=due_on,
            owner=owner,
            source=AgreementSource.CYCLE,
            source_id=row.pk,
            confirmed_not_cpr=confirmed_not_cpr,
        )


def _sort_out(stands: Mapping[str, str], writings: Mapping[str, Writing]) -> tuple[dict[str, str], dict[str, str]]:
    """What is to be written, and what stands there where someone else has written in the meantime."""
    changed = {name: text for name, text in _changed(writings).items() if text != stands[name]}
    elsewhere = {name: stands[name] for name in changed if stands[name] != writings[name].was}
    return {name: text for name, text in changed.items() if name not in elsewhere}, elsewhere


def _changed(writings: Mapping[str, Writing]) -> dict[str, str]:
    return {name: writing.text for name, writing in writings.items() if writing.text != writing.was}


def _as_it_stands(row: Cycle, names: Mapping[str, object]) -> dict[str, str]:
    step = str(row.goal_step_id or "")
    return {name: step if name == "goal_step" else getattr(row, name) for name in names}


def _goal_step(row: Cycle, step_id: str) -> StaircaseStep | None:
    step = goal_steps(row, today()).filter(pk=step_id).first() if step_id else None
    if step_id and step is None:
        raise CycleRefusedError(_("The step has been taken out of the staircase. Choose again; your text is kept."))
    return step


def _locked(cycle: Cycle) -> Cycle:
    """The row, for one writer at a time."""
    rows = Cycle.objects.select_for_update(of=("self",)).select_related("team__unit", "version_used")
    return rows.get(pk=cycle.pk)


def _locked_running(cycle: Cycle) -> Cycle:
    row = _locked(cycle)
    if not row.is_running:
        raise CycleRefusedError(_("The learning cycle is closed. Open it again to write in it."))
    return row


def _save(row: Cycle) -> None:
    """Save the next version. Digits were looked at where they were written: an older text is not asked about again."""
    row.version += 1
    save_checked(row, confirmed_not_cpr=True)


def _refuse_cpr(writings: Mapping[str, Writing], *, confirmed: bool) -> None:
    if not confirmed:
        for text in _changed(writings).values():
            refuse_cpr(text)


def _note_override(by: User, place: str, *, confirmed: bool) -> None:
    if confirmed:
        note_text_override(by=by, place=f"learningcycle.{place}")
