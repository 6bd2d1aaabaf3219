"""Making the ledger say what the domain says, and writing into it what happened."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from django.db import transaction

from slf_portal.common.dates import today as now_in_copenhagen
from slf_portal.notifications.enums import EVENT_KINDS, LedgerState, ReminderKind, WhyNot
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.rules import REMEMBERED, SENT_WITHIN, PlannedReminder


def keep_planned(
    *,
    planned: Collection[PlannedReminder],
    kinds: Iterable[ReminderKind],
    today: dt.date,
    why_not: Callable[[LedgerEntry], WhyNot],
) -> None:
    """Create the planned reminders that are missing, withdraw those of these kinds that are no longer planned.

    Safe to run twice at once: the key is unique, and rows are always locked and written in the same order. What lies
    in an envelope already is left to the last look before sending.
    """
    by_key = {reminder.key: reminder for reminder in planned}
    with transaction.atomic():
        rows = LedgerEntry.objects.filter(kind__in=list(kinds), due_on__gte=today - REMEMBERED)
        known = {entry.key: entry for entry in rows}
        told = {entry.occasion for entry in known.values() if _is_told(entry)}
        wanted = {key for key, reminder in by_key.items() if reminder.occasion not in told}
        back = [known[key] for key in wanted & known.keys() if known[key].state == LedgerState.CANCELLED]
        out = [entry for key, entry in known.items() if key not in wanted and _can_withdraw(entry, today)]
        _lock([*back, *out])
        _bring_back(back)
        _withdraw(out, why_not)
        # In the order of their keys: two planners that insert the same rows wait for each other instead of dying.
        missing = sorted(wanted - known.keys())
        LedgerEntry.objects.bulk_create((_entry(by_key[key]) for key in missing), ignore_conflicts=True)


def enqueue(
    *,
    kind: ReminderKind,
    step: int,
    subject: str,
    recipients: Iterable[int],
    team_name: str,
    about_on: dt.date,
    path: str,
) -> None:
    """Tell these people of something that happened. Call it in the transaction of the action that did it.

    `step` is the subject's sequence (`queries.next_step`): the same step is told once, the next one in another mail.
    """
    if kind not in EVENT_KINDS:
        raise ValueError(f"{kind} is planned, not something that happened")
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                kind=kind,
                step=step,
                subject=subject,
                recipient_id=recipient_id,
                due_on=now_in_copenhagen(),
                team_name=team_name,
                about_on=about_on,
                path=path,
            )
            for recipient_id in sorted(set(recipients))
        ),
        ignore_conflicts=True,
    )


def _lock(entries: Iterable[LedgerEntry]) -> None:
    rows = LedgerEntry.objects.filter(pk__in=[entry.pk for entry in entries]).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


def _is_told(entry: LedgerEntry) -> bool:
    """Sent, or in an envelope that may be on its way."""
    return entry.state == LedgerState.SENT or (entry.state == LedgerState.DUE and entry.envelope_id is not None)


def _can_withdraw(entry: LedgerEntry, today: dt.date) -> bool:
    is_in_window = entry.due_on >= today - SENT_WITHIN
    return is_in_window and entry.state == LedgerState.DUE and entry.envelope_id is None


def _bring_back(entries: Iterable[LedgerEntry]) -> None:
    LedgerEntry.objects.filter(pk__in=[entry.pk for entry in entries], state=LedgerState.CANCELLED).update(
        state=LedgerState.DUE, why="", envelope=None
    )


def _withdraw(entries: Iterable[LedgerEntry], why_not: Callable[[LedgerEntry], WhyNot]) -> None:
    by_reason: dict[WhyNot, list[int]] = {}
    for entry in entries:
        by_reason.setdefault(why_not(entry), []).append(entry.pk)
    for reason, pks in by_reason.items():
        due = LedgerEntry.objects.filter(pk__in=pks, state=LedgerState.DUE, envelope=None)
        due.update(state=LedgerState.CANCELLED, why=reason)


def _entry(reminder: PlannedReminder) -> LedgerEntry:
    return LedgerEntry(
        kind=reminder.kind,
        step=reminder.step,
        subject=reminder.subject,
        recipient_id=reminder.recipient_id,
        due_on=reminder.due_on,
        team_name=reminder.team_name,
        about_on=reminder.about_on,
        path=reminder.path,
    )
