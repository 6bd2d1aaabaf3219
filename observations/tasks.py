"""What beat wakes in this room."""

import time

from celery import shared_task
from django.utils import timezone

from observations.actions import (
    follow_members,
    forget_busy_addresses,
    forget_lines,
    forget_peer_observations,
    take_busy_address,
)
from observations.importers import read_again
from slf_portal.common.dates import today

# Shorter than its beat, so that slow calendars never take every worker.
_MOST_SECONDS = 40


@shared_task(name="observations.forget")
def forget() -> None:
    """Delete what was promised to be gone by now."""
    forget_lines(now=timezone.now())
    forget_peer_observations(today=today())


@shared_task(name="observations.follow_members")
def follow_members_of_teams() -> None:
    """Let planned visits follow who joins a team and who leaves it."""
    follow_members(now=timezone.now())


@shared_task(name="observations.read_busy_times")
def read_busy_times() -> None:
    """Read people's own calendars again, each once an hour, one after the other."""
    forget_busy_addresses()
    until = time.monotonic() + _MOST_SECONDS
    while time.monotonic() < until and (given := take_busy_address()):
        read_again(given)
