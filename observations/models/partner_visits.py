"""What a learning partner does at units: sparring, side-by-side training, workshops and the like."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from observations.enums import PartnerVisitKind, VisitState
from observations.models.visits import REASON_LENGTH
from slf_portal.audit.history import tracked
from slf_portal.common.dates import local_date
from slf_portal.common.fields import FreeTextField
from teams.models import SupportRequest, Unit

ABOUT_LENGTH = 300


@tracked()
class PartnerVisit(models.Model):
    """A learning partner visits a unit. It keeps no promise; `asked` is the request it answers."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="partner_visits", verbose_name=_("unit"))
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="partner_visits", verbose_name=_("learning partner")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerVisitKind.choices)
    about = FreeTextField(_("what it is about"), max_length=ABOUT_LENGTH, blank=True)
    participants = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="partner_visits_attended", verbose_name=_("who takes part")
    )
    asked = models.ForeignKey(
        SupportRequest, models.PROTECT, null=True, blank=True, related_name="partner_visits",
        verbose_name=_("request for sparring"),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    state = models.CharField(_("state"), max_length=20, choices=VisitState.choices, default=VisitState.PLANNED)
    reason = FreeTextField(_("why it is cancelled"), max_length=REASON_LENGTH, blank=True)
    sequence = models.PositiveIntegerField(_("sequence"), default=0, help_text=_("Grows with every move (iCalendar)."))
    changed_at = models.DateTimeField(
        _("time or state changed"), default=timezone.now, editable=False,
        help_text=_("What calendars are told as LAST-MODIFIED; grows with every sequence."),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("learning partner's visit")
        verbose_name_plural = _("learning partners' visits")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="observations_partner_visit_ends_after_it_begins",
                violation_error_message=_("The visit ends before it begins."),
            ),
        )
        indexes = (models.Index(fields=("partner", "starts_at"), name="observations_partner_and_time"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"

    @property
    def on(self) -> dt.date:
        """The day of the visit in Copenhagen."""
        return local_date(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == VisitState.PLANNED
