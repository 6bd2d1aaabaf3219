"""The relay: sends the envelopes that are due, one at a time, so that none is lost and none is sent twice on purpose.

A sender takes an envelope with a lease and an attempt number, in a transaction of its own, and sends outside of it. If
the sender dies, the lease runs out and the next one sends the same mail with the same Message-ID and Date; if it only
was slow, the attempt number keeps it from writing over its successor's work.
"""

import datetime as dt
import logging
import time

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from slf_portal.notifications import emails
from slf_portal.notifications.actions.envelopes import (
    close_envelope,
    expire_old,
    fill_envelopes,
    fill_event_envelopes,
)
from slf_portal.notifications.actions.signs import note_sign
from slf_portal.notifications.enums import LedgerState, Part
from slf_portal.notifications.models import Envelope, Heartbeat, LedgerEntry
from slf_portal.notifications.queries import held_by, is_mail_paused, waiting_envelopes
from slf_portal.notifications.rules import wait_after

logger = logging.getLogger(__name__)


def relay_mail(*, seconds: float) -> int:
    """Send what is due, over one connection, for at most so many seconds; answers how many mails were sent.

    Safe to run several times at once. When the mail server cannot be reached all mail rests for a while.
    """
    until = time.monotonic() + seconds
    expire_old(now=timezone.now())
    fill_envelopes(now=timezone.now())
    fill_event_envelopes(now=timezone.now())
    now = timezone.now()
    if is_mail_paused(now) or not waiting_envelopes(now).exists():
        return 0
    sent = 0
    try:
        with emails.mail_server() as connection:
            Heartbeat.objects.filter(part=Part.MAIL_FAILURE).delete()
            while time.monotonic() < until and (envelope := _take(now=timezone.now())):
                sent += _deliver(connection, envelope)
    except emails.MailServerError as error:
        logger.warning("Mail rests for %s seconds: %s", settings.MAIL_PAUSE_SECONDS, type(error.__cause__).__name__)
        note_sign(part=Part.MAIL_FAILURE)
    return sent


def _take(*, now: dt.datetime) -> Envelope | None:
    """Lease the envelope that has waited longest and that nobody else is holding."""
    with transaction.atomic():
        waiting = waiting_envelopes(now).select_related("recipient")
        envelope = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if envelope is not None:
            envelope.state = LedgerState.SENDING
            envelope.attempts += 1
            envelope.lease_until = envelope.next_attempt_at = now + dt.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
            envelope.save(update_fields=["state", "attempts", "lease_until", "next_attempt_at"])
    return envelope


def _deliver(connection: BaseEmailBackend, envelope: Envelope) -> bool:
    """Send one leased envelope; answers whether it was sent. Raises MailServerError when no other could be either."""
    try:
        closed = close_envelope(envelope=envelope, now=timezone.now())
        if closed is None:
            return False
        emails.send(connection, closed)
    except emails.MailServerError as error:
        _put_back(envelope, error)
        raise
    except emails.MailRefusedError as error:
        logger.warning("Mail %s was refused at attempt %s", envelope.pk, envelope.attempts)
        _put_back(envelope, error)
        return False
    except Exception as error:
        # Whatever is wrong with one mail must not hold up the others.
        logger.exception("Mail %s could not be sent at attempt %s", envelope.pk, envelope.attempts)
        _put_back(envelope, error)
        return False
    _finish(envelope)
    return True


def _put_back(envelope: Envelope, error: Exception) -> None:
    """Let the mail rest, longer each time; after the last attempt it has failed."""
    is_last = envelope.attempts >= settings.MAIL_MAX_ATTEMPTS
    with transaction.atomic():
        is_ours = held_by(envelope).update(
            state=LedgerState.FAILED if is_last else LedgerState.DUE,
            next_attempt_at=timezone.now() + wait_after(envelope.attempts),
            lease_until=None,
            last_error=str(error)[:300],
        )
        if is_ours and is_last:
            logger.error("Mail %s is given up after %s attempts", envelope.pk, envelope.attempts)
            LedgerEntry.objects.filter(envelope=envelope, state=LedgerState.DUE).update(state=LedgerState.FAILED)


def _finish(envelope: Envelope) -> None:
    with transaction.atomic():
        if held_by(envelope).update(state=LedgerState.SENT, sent_at=timezone.now(), lease_until=None, last_error=""):
            LedgerEntry.objects.filter(envelope=envelope, state=LedgerState.DUE).update(state=LedgerState.SENT)
        else:
            logger.warning("Mail %s was slower than its lease; another sender has it", envelope.pk)
