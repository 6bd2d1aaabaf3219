"""The clock that wakes the workers. It gives a sign of its own, so that a silent clock is told from a silent worker."""

import logging
from typing import Any

from celery.beat import Scheduler
from django.db import DatabaseError, InterfaceError, close_old_connections

from slf_portal.notifications.actions import note_sign
from slf_portal.notifications.enums import Part

logger = logging.getLogger(__name__)


class HeardScheduler(Scheduler):
    """Celery's scheduler, kept in memory: nothing it would remember across a restart matters to this portal."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        delay: float = super().tick(*args, **kwargs)
        close_old_connections()
        try:
            note_sign(part=Part.BEAT)
        except (DatabaseError, InterfaceError):
            # The clock goes on; the missing sign tells.
            logger.warning("Beat could not give its sign of life", exc_info=True)
        return delay
