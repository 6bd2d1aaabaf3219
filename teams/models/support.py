"""What units ask their learning partner for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField
from teams.models.organisation import Unit

SUPPORT_TEXT_LENGTH = 300


@tracked()
class SupportRequest(models.Model):
    """A leader or resource person asks the unit's learning partner for sparring, in a sentence."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="support_requests", verbose_name=_("unit"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="support_requests", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    text = FreeTextField(_("what would help"), max_length=SUPPORT_TEXT_LENGTH)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("taken by"),
    )  # fmt: skip
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for sparring")
        verbose_name_plural = _("requests for sparring")
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="teams_support_taken_by_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.asked_at:%Y-%m-%d}"
