"""The address at which a person's own calendar program asks what is on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked


# What makes the address is in no history: whoever reads it later must not find one that still works.
@tracked(exclude=("key",))
class CalendarFeed(models.Model):
    """A person's secret address. It is derived from `key` and the portal's own secret: neither alone tells it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("person")
    )
    key = models.CharField(max_length=43, editable=False)
    renewed_at = models.DateTimeField(_("address made"), default=timezone.now, editable=False)
    with_own_calendar = models.BooleanField(
        _("also the meetings that already stand in our own calendar"), default=False
    )

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.person)
