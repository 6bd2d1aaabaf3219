"""What beat wakes in this room."""

from celery import shared_task

from learningcycle.actions import forget_attendance, plan_ahead, plan_gatherings
from slf_portal.common.dates import today


@shared_task(name="learningcycle.plan_meetings")
def plan_meetings() -> None:
    """Keep the coming months' meetings planned, the fixed ones too, and forget who was at those of long ago."""
    plan_ahead(today=today())
    plan_gatherings(today=today())
    forget_attendance(today=today())
