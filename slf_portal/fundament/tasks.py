"""What beat wakes in this room."""

from celery import shared_task

from slf_portal.fundament import reminders


@shared_task(name="fundament.plan_reminders")
def plan_reminders() -> None:
    """Keep the ledger of reminders to what the domain says."""
    reminders.plan_reminders()


@shared_task(name="fundament.check_reminders")
def check_reminders() -> None:
    """Look for reminders that should be in the ledger and are not."""
    reminders.check_reminders()
