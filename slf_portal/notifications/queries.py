"""What is waiting in the ledger, whether it is still needed, and how the machinery is."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from slf_portal.common.dates import local_date
from slf_portal.notifications.enums import LedgerState, Part, WhyNot
from slf_portal.notifications.models import Envelope, Heartbeat, LedgerEntry
from slf_portal.notifications.rules import SENT_WITHIN, last_due_day

LastLook = Callable[[Sequence[LedgerEntry], dt.datetime], Mapping[int, WhyNot]]
# Asked just before sending, in the sending transaction: for each entry's id that is no longer needed the reason.
# The rooms that plan reminders add their answer in AppConfig.ready.
last_looks: list[LastLook] = []

WAITING = (LedgerState.DUE, LedgerState.SENDING)
STUCK_AFTER = dt.timedelta(minutes=10)
HEARD_WITHIN = dt.timedelta(seconds=90)
QUEUE_TIMEOUT_SECONDS = 1


def no_longer_needed(entries: Sequence[LedgerEntry], now: dt.datetime) -> dict[int, WhyNot]:
    """For each entry's id that must not be sent now the reason."""
    found = {entry.pk: WhyNot.INACTIVE for entry in entries if not entry.recipient.is_active}
    for look in last_looks:
        found = {**look(entries, now), **found}
    return found


def ready_to_leave(now: dt.datetime) -> QuerySet[LedgerEntry]:
    """Due entries whose time has come and that lie in no envelope yet."""
    earliest = dt.time(settings.REMINDER_HOUR, settings.REMINDER_MINUTE)
    since = local_date(now) - SENT_WITHIN
    return LedgerEntry.objects.filter(
        state=LedgerState.DUE, envelope=None, due_on__range=(since, last_due_day(now, earliest=earliest))
    ).order_by("due_on", "pk")


def without_closed_envelope(entries: QuerySet[LedgerEntry], day: dt.date) -> QuerySet[LedgerEntry]:
    """The entries of people whose mail of that day can still take more."""
    closed = Envelope.objects.filter(recipient=OuterRef("recipient"), day=day).exclude(OPEN)
    return entries.filter(~Exists(closed))


# Nothing of it has been sent and nobody is about to: a cancelled one was found empty and can be filled again.
OPEN = Q(state__in=(LedgerState.DUE, LedgerState.CANCELLED), body_text="")


def waiting_envelopes(now: dt.datetime) -> QuerySet[Envelope]:
    """Envelopes to be sent now, those whose sender never came back included, the longest waiting first."""
    return Envelope.objects.filter(state__in=WAITING, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")


def held_by(envelope: Envelope) -> QuerySet[Envelope]:
    """The envelope's row, while it is in the hands of this attempt."""
    return Envelope.objects.filter(pk=envelope.pk, attempts=envelope.attempts, state=LedgerState.SENDING)


def is_mail_paused(now: dt.datetime) -> bool:
    """Whether the mail server failed so recently that it is left alone."""
    since = now - dt.timedelta(seconds=settings.MAIL_PAUSE_SECONDS)
    return Heartbeat.objects.filter(part=Part.MAIL_FAILURE, heard_at__gt=since).exists()


# Health ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Health:
    """How the reminders are: everything an administrator should know, and nothing about persons."""

    oldest_due_on: dt.date | None
    stuck: int
    failed: int
    missing: int
    checked_at: dt.datetime | None
    mail_failed_at: dt.datetime | None
    worker_heard_at: dt.datetime | None
    beat_heard_at: dt.datetime | None
    is_heard: bool

    @property
    def is_well(self) -> bool:
        return self.is_heard and not (self.stuck or self.failed or self.missing or self.mail_failed_at)


def health() -> Health:
    """The state of ledger and machinery: what waits, is stuck, or failed in the last two weeks. Three queries."""
    now = timezone.now()
    signs = {sign.part: sign for sign in Heartbeat.objects.all()}
    counts = Envelope.objects.aggregate(
        stuck=Count("pk", filter=Q(state__in=WAITING, next_attempt_at__lt=now - STUCK_AFTER)),
        failed=Count("pk", filter=Q(state=LedgerState.FAILED, day__gte=local_date(now) - SENT_WITHIN)),
    )
    checked = signs.get(Part.RECONCILER)
    heard_at = {part: sign.heard_at for part, sign in signs.items()}
    return Health(
        oldest_due_on=ready_to_leave(now).order_by().aggregate(oldest=Min("due_on"))["oldest"],
        stuck=counts["stuck"],
        failed=counts["failed"],
        missing=checked.findings if checked else 0,
        checked_at=checked.heard_at if checked else None,
        mail_failed_at=heard_at.get(Part.MAIL_FAILURE),
        worker_heard_at=heard_at.get(Part.WORKER),
        beat_heard_at=heard_at.get(Part.BEAT),
        is_heard=all(_is_recent(heard_at.get(part), now) for part in (Part.WORKER, Part.BEAT)),
    )


def readiness(now: dt.datetime) -> dict[str, bool]:
    """Whether each thing the portal needs is there: database, migrations, queue, worker and beat."""
    checks = {"database": False, "migrations": False, "queue": _is_queue_reachable(), "worker": False, "beat": False}
    try:
        heard_at = dict(Heartbeat.objects.values_list("part", "heard_at")) if _are_migrations_applied() else None
    except (DatabaseError, InterfaceError):
        return checks
    if heard_at is None:
        return {**checks, "database": True}
    heard = {str(part): _is_recent(heard_at.get(part), now) for part in (Part.WORKER, Part.BEAT)}
    return {**checks, "database": True, "migrations": True, **heard}


def _is_recent(heard_at: dt.datetime | None, now: dt.datetime) -> bool:
    return heard_at is not None and heard_at > now - HEARD_WITHIN


def _is_queue_reachable() -> bool:
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=QUEUE_TIMEOUT_SECONDS, socket_timeout=QUEUE_TIMEOUT_SECONDS
    )
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def _are_migrations_applied() -> bool:
    return _last_migrations() <= MigrationRecorder(connection).applied_migrations().keys()


@cache
def _last_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app as the code has it; read from disk once."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
