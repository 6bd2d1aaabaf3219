"""What the audit keeps beside the history itself."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SpentToken(models.Model):
    """A form that has been carried out: the same form sent twice is carried out once."""

    token = models.UUIDField(primary_key=True)
    spent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("spent form token")
        verbose_name_plural = _("spent form tokens")

    def __str__(self) -> str:
        return str(self.token)


class TextOverride(models.Model):
    """Someone said that digits in a text are not a CPR number. The digits and the text are not kept here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    place = models.CharField(_("place"), max_length=100)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("confirmed text")
        verbose_name_plural = _("confirmed texts")

    def __str__(self) -> str:
        return f"{self.place} {self.at:%Y-%m-%d}"
