"""What is waiting in the ledger, whether it is still needed, and how the machinery is."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from slf_portal.common.calendars import Method
from slf_portal.common.dates import local_date
from slf_portal.notifications.enums import EVENT_KINDS, LedgerState, Part, ReminderKind, WhyNot
from slf_portal.notifications.models import Envelope, Heartbeat, LedgerEntry
from slf_portal.notifications.rules import SENT_WITHIN, CalendarPart, last_due_day

LastLook = Callable[[Sequence[LedgerEntry], dt.datetime], Mapping[int, WhyNot]]
# Asked just before sending, in the sending transaction: for each entry's id that is no longer needed the reason.
# The rooms that plan reminders add their answer in AppConfig.ready.
last_looks: list[LastLook] = []

# For the mails that carry an event to the reader's calendar: what they carry now, or None. Asked when the mail is
# written, in the reader's language. The rooms that tell of events add theirs in AppConfig.ready.
CALENDAR_PARTS: dict[ReminderKind, Callable[[LedgerEntry], CalendarPart | None]] = {}

WAITING = (LedgerState.DUE, LedgerState.SENDING)
# A mail whose sender never came back may have arrived.
ON_THEIR_WAY = (*WAITING, LedgerState.SENT, LedgerState.FAILED)
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
    """Planned entries whose time has come and that lie in no envelope yet."""
    earliest = dt.time(settings.REMINDER_HOUR, settings.REMINDER_MINUTE)
    since = local_date(now) - SENT_WITHIN
    ready = LedgerEntry.objects.exclude(kind__in=EVENT_KINDS).filter(
        state=LedgerState.DUE, envelope=None, due_on__range=(since, last_due_day(now, earliest=earliest))
    )
    return ready.order_by("due_on", "pk")


def events_to_tell() -> QuerySet[LedgerEntry]:
    """What happened and lies in no envelope yet: it waits for no time of day."""
    return LedgerEntry.objects.filter(kind__in=EVENT_KINDS, state=LedgerState.DUE, envelope=None).order_by("pk")


def next_step(kind: ReminderKind, subject: str) -> int:
    """The number of the next time that this is told about that subject, from 1."""
    told = LedgerEntry.objects.filter(kind=kind, subject=subject).order_by().aggregate(last=Max("step"))
    return (told["last"] or 0) + 1


def was_invited(entry: LedgerEntry) -> bool:
    """Whether another mail has put the subject into the reader's calendar, and none has taken it out since."""
    told = Envelope.objects.filter(
        entries__subject=entry.subject, recipient_id=entry.recipient_id, state__in=ON_THEIR_WAY
    )
    # Its own may be written already: then it is tried once more.
    last = told.exclude(calendar_method="").exclude(entries=entry).order_by("pk").last()
    return last is not None and last.calendar_method == Method.REQUEST


def invited_to(subject: str) -> frozenset[int]:
    """The ids of those into whose calendars the mails about it have put it, and not taken it out since. One query."""
    told = Envelope.objects.filter(entries__subject=subject, state__in=ON_THEIR_WAY).exclude(calendar_method="")
    last = dict(told.order_by("pk").values_list("recipient_id", "calendar_method"))
    return frozenset(person_id for person_id, method in last.items() if method == Method.REQUEST)


def outrun(entries: Sequence[LedgerEntry], kinds: Collection[ReminderKind]) -> set[int]:
    """The ids of those of these kinds after which the same reader is told a later step of the same. One query.

    The later one says all that the earlier did.
    """
    mine = [entry for entry in entries if entry.kind in kinds]
    rows = LedgerEntry.objects.filter(
        kind__in=kinds,
        subject__in={entry.subject for entry in mine},
        recipient_id__in={entry.recipient_id for entry in mine},
    ).exclude(state=LedgerState.CANCELLED)
    grouped = rows.order_by().values_list("subject", "recipient_id").annotate(last=Max("step"))
    last = {(subject, recipient_id): step for subject, recipient_id, step in grouped}
    return {entry.pk for entry in mine if entry.step < last.get((entry.subject, entry.recipient_id), 0)}


def without_closed_envelope(entries: QuerySet[LedgerEntry], day: dt.date) -> QuerySet[LedgerEntry]:
    """The entries of people whose mail of that day can still take more."""
    closed = Envelope.objects.filter(recipient=OuterRef("recipient"), day=day, is_event=False).exclude(OPEN)
    return entries.filter(~Exists(closed))


# Nothing of it has been sent and nobody is about to: a cancelled one was found empty and can be filled again.
OPEN = Q(is_event=False, state__in=(LedgerState.DUE, LedgerState.CANCELLED), body_text="")


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
