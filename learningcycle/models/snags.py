"""The troublesome, noted in ten seconds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slf_portal.common.fields import FreeTextField

SNAG_LENGTH = 300


# Promised to be thrown away without a trace: no history keeps it.
class Snag(models.Model):
    """A private note of something troublesome. Its owner alone sees it, and decides whether a meeting is to."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="snags", verbose_name=_("person"), editable=False
    )
    text = FreeTextField(_("what is troublesome"), max_length=SNAG_LENGTH)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note of something troublesome")
        verbose_name_plural = _("notes of something troublesome")
        ordering = ("-noted_at", "-pk")

    def __str__(self) -> str:
        return str(self.noted_at)
