"""What beat wakes in this room."""

from celery import shared_task

from learningcycle.actions import plan_ahead
from slf_portal.common.dates import today


@shared_task(name="learningcycle.plan_meetings")
def plan_meetings() -> None:
    """Keep the coming months' meetings planned."""
    plan_ahead(today=today())
