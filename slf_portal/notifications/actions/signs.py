"""Signs of life."""

from django.utils import timezone

from slf_portal.notifications.enums import Part
from slf_portal.notifications.models import Heartbeat


def note_sign(*, part: Part, findings: int = 0) -> None:
    """The part was heard from now; `findings` is how much it found wrong."""
    Heartbeat.objects.update_or_create(part=part, defaults={"heard_at": timezone.now(), "findings": findings})
