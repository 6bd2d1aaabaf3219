"""What is kept of a visit: whose it is yet to read, and what the team wants to keep of its conversation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from observations.enums import RecordState
from observations.models.visits import REASON_LENGTH, Visit
from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField

KEPT_LENGTH = 4000


# What was written may have to be deleted: the history keeps when it was shared and closed, not what it says.
@tracked(exclude=("kept", "reopened_why"))
class VisitRecord(models.Model):
    """A visit's text as a whole: a draft is its visitor's, shared it is the team's too, closed nobody changes it."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="record", verbose_name=_("visit"))
    state = models.CharField(_("state"), max_length=20, choices=RecordState.choices, default=RecordState.DRAFT)
    kept = FreeTextField(_("what the team wants to keep"), max_length=KEPT_LENGTH, blank=True)
    shared_at = models.DateTimeField(_("shared with the team"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reopened_why = FreeTextField(_("why it was opened again"), max_length=REASON_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("record of a visit")
        verbose_name_plural = _("records of visits")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=RecordState.CLOSED, closed_at__isnull=False)
                | (~Q(state=RecordState.CLOSED) & Q(closed_at__isnull=True)),
                name="observations_closed_record_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.visit)

    @property
    def is_shared(self) -> bool:
        """Whether the team may read it."""
        return self.state != RecordState.DRAFT

    @property
    def is_closed(self) -> bool:
        return self.state == RecordState.CLOSED
