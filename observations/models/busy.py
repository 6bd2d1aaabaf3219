"""When a person's own calendar says that she is busy: spans without a word of what they are about."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ADDRESS_LENGTH = 1000


class BusyAddress(models.Model):
    """The address of a person's own calendar, which she has given. It is a secret of hers: no history keeps it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="busy_address", verbose_name=_("person")
    )
    address = models.CharField(_("address of the calendar"), max_length=ADDRESS_LENGTH, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    problem = models.CharField(_("why it could not be read"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("address of a person's calendar")
        verbose_name_plural = _("addresses of persons' calendars")

    def __str__(self) -> str:
        return str(self.person)


class BusyTime(models.Model):
    """A span `[starts_at, ends_at)` in which the calendar says busy."""

    address = models.ForeignKey(BusyAddress, models.CASCADE, related_name="times")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="observations_busy_time_in_order"),
        )
        indexes = (models.Index(fields=("address", "starts_at"), name="observations_busy_times"),)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
