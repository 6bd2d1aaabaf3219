"""What beat wakes in this room."""

from celery import shared_task
from django.conf import settings

from slf_portal.notifications import actions
from slf_portal.notifications.enums import Part


@shared_task(name="notifications.relay_mail")
def relay_mail() -> None:
    """Send the mails that are due."""
    actions.relay_mail(seconds=settings.MAIL_RUN_SECONDS)


@shared_task(name="notifications.heartbeat")
def heartbeat() -> None:
    """A worker is alive and gets its work."""
    actions.note_sign(part=Part.WORKER)
