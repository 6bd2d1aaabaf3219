"""Putting what is due into envelopes, one per person and day and one for each thing that happened, and closing them."""

import datetime as dt

from django.db import transaction
from django.db.models import OuterRef, Subquery

from slf_portal.common.dates import local_date
from slf_portal.notifications import emails
from slf_portal.notifications.enums import LedgerState, WhyNot
from slf_portal.notifications.models import Envelope, LedgerEntry
from slf_portal.notifications.queries import (
    OPEN,
    WAITING,
    events_to_tell,
    held_by,
    no_longer_needed,
    ready_to_leave,
    without_closed_envelope,
)
from slf_portal.notifications.rules import SENT_WITHIN


def fill_envelopes(*, now: dt.datetime) -> None:
    """Put every reminder whose time has come into its recipient's envelope of today.

    Where today's has been sent, or may have been, the reminder waits for tomorrow's: one mail a day.
    """
    today = local_date(now)
    with transaction.atomic():
        ready = without_closed_envelope(ready_to_leave(now), today).order_by("pk")
        # Locked first: whoever fills at the same time waits here, and then finds them in their envelopes.
        recipients = dict(ready.select_for_update(of=("self",)).values_list("pk", "recipient_id"))
        Envelope.objects.bulk_create(
            (_envelope(recipient_id, today, now) for recipient_id in sorted(set(recipients.values()))),
            ignore_conflicts=True,
        )
        opened = Envelope.objects.filter(OPEN, day=today, recipient_id__in=recipients.values()).order_by("pk")
        pks = list(opened.select_for_update().values_list("pk", flat=True))
        Envelope.objects.filter(pk__in=pks, state=LedgerState.CANCELLED).update(
            state=LedgerState.DUE, next_attempt_at=now
        )
        _put_in(list(recipients), pks)


def fill_event_envelopes(*, now: dt.datetime) -> None:
    """Put everything that happened into an envelope of its own, beside the day's: it is told as soon as can be."""
    with transaction.atomic():
        # Locked: whoever fills at the same time waits here, and then finds them in their envelopes.
        for entry in events_to_tell().select_for_update(of=("self",)):
            entry.envelope = _envelope(entry.recipient_id, local_date(now), now, is_event=True)
            entry.envelope.save()
            entry.save(update_fields=["envelope"])


def _envelope(recipient_id: int, day: dt.date, now: dt.datetime, *, is_event: bool = False) -> Envelope:
    return Envelope(
        recipient_id=recipient_id,
        day=day,
        is_event=is_event,
        message_id=emails.new_message_id(),
        dated_at=now,
        next_attempt_at=now,
    )


def _put_in(entries: list[int], envelopes: list[int]) -> None:
    own = Envelope.objects.filter(pk__in=envelopes, recipient=OuterRef("recipient")).values("pk")
    LedgerEntry.objects.filter(pk__in=entries, recipient__envelopes__in=envelopes).update(envelope=Subquery(own))


def close_envelope(*, envelope: Envelope, now: dt.datetime) -> Envelope | None:
    """Take out what is no longer needed and freeze the rest; None when nothing is left to send.

    A mail that was tried before goes out as it was, whole, or not at all: a copy may have arrived already.
    """
    with transaction.atomic():
        held = held_by(envelope).select_related("recipient").select_for_update(of=("self",)).first()
        if held is None:
            return None
        entries = list(held.entries.filter(state=LedgerState.DUE).select_related("recipient").order_by("pk"))
        unneeded = no_longer_needed(entries, now)
        needed = [entry for entry in entries if entry.pk not in unneeded]
        if not needed:
            _cancel(unneeded)
            held_by(held).update(state=LedgerState.CANCELLED, lease_until=None)
            return None
        if not held.body_text:
            _cancel(unneeded)
            _freeze(held, needed)
        return held


def _cancel(unneeded: dict[int, WhyNot]) -> None:
    for pk, reason in sorted(unneeded.items()):
        LedgerEntry.objects.filter(pk=pk, state=LedgerState.DUE).update(state=LedgerState.CANCELLED, why=reason)


def _freeze(envelope: Envelope, entries: list[LedgerEntry]) -> None:
    write = emails.write_event if envelope.is_event else emails.write
    letter = write(envelope.recipient.language, entries)
    envelope.subject, envelope.body_text, envelope.body_html = letter.subject, letter.text, letter.html
    envelope.calendar, envelope.calendar_method = letter.calendar, letter.calendar_method
    envelope.save(update_fields=["subject", "body_text", "body_html", "calendar", "calendar_method"])


def expire_old(*, now: dt.datetime) -> None:
    """Give up what has waited so long that it has lost its point."""
    before = local_date(now) - SENT_WITHIN
    Envelope.objects.filter(state__in=WAITING, day__lt=before).update(state=LedgerState.EXPIRED, lease_until=None)
    LedgerEntry.objects.filter(state=LedgerState.DUE, due_on__lt=before).update(state=LedgerState.EXPIRED)
