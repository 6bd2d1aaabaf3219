"""Keeping when people are busy by their own calendars: the address they gave, and spans without a word."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from learningcycle.rules import Span
from observations.models import BusyAddress, BusyTime
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change

READ_EVERY = dt.timedelta(hours=1)
PROBLEM_LENGTH = 200


def give_busy_address(*, by: User, address: str, spans: Iterable[Span]) -> BusyAddress:
    """Let the portal read the person's own calendar, with what it said just now. One given before is forgotten."""
    now = timezone.now()
    with change(by=by, verb="give calendar address"):
        BusyAddress.objects.filter(person=by).delete()
        given = BusyAddress.objects.create(person=by, address=address, read_at=now, tried_at=now)
        _keep(given, spans)
    return given


def remove_busy_address(*, by: User) -> None:
    """Forget the address, and everything that was read there."""
    with change(by=by, verb="remove calendar address"):
        BusyAddress.objects.filter(person=by).delete()


def forget_busy_addresses() -> None:
    """Forget the addresses of people who may no longer come in."""
    BusyAddress.objects.filter(person__is_active=False).delete()


def take_busy_address() -> BusyAddress | None:
    """The address that has waited longest to be read again, now taken: nobody else takes it for an hour."""
    now = timezone.now()
    with change(by=None, verb="take calendar address"):
        waiting = Q(tried_at=None) | Q(tried_at__lte=now - READ_EVERY)
        rows = BusyAddress.objects.filter(waiting).order_by("tried_at", "pk")
        taken = rows.select_for_update(skip_locked=True, of=("self",)).first()
        if taken is not None:
            taken.tried_at = now
            taken.save(update_fields=["tried_at"])
    return taken


def keep_busy_times(*, given: BusyAddress, spans: Iterable[Span]) -> None:
    """What the calendar says now, unless the person has taken the address away meanwhile."""
    with change(by=None, verb="read calendar"):
        stored = _stored(given)
        if stored is not None:
            stored.read_at, stored.problem = timezone.now(), ""
            stored.save(update_fields=["read_at", "problem"])
            stored.times.all().delete()
            _keep(stored, spans)


def note_busy_problem(*, given: BusyAddress, problem: str) -> None:
    """The calendar could not be read. What it said the last time is kept."""
    with change(by=None, verb="read calendar"):
        stored = _stored(given)
        if stored is not None:
            stored.problem = problem[:PROBLEM_LENGTH]
            stored.save(update_fields=["problem"])


def _stored(given: BusyAddress) -> BusyAddress | None:
    return BusyAddress.objects.select_for_update().filter(pk=given.pk, address=given.address).first()


def _keep(given: BusyAddress, spans: Iterable[Span]) -> None:
    BusyTime.objects.bulk_create(
        BusyTime(address=given, starts_at=span.starts_at, ends_at=span.ends_at) for span in spans
    )
