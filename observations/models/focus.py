"""What the visitor and the team agree on before a visit: at most two things to look at, and whether to count."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from observations.models.visits import Visit
from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField

FOCUS_LENGTH = 300
MOST_FOCI = 2


@tracked()
class VisitPreparation(models.Model):
    """What was agreed before the visit, beside its focus. `version` grows with every change of either."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="preparation", verbose_name=_("visit"))
    may_count = models.BooleanField(
        _("agreed to count"), default=False, help_text=_("Minutes per item and the number of questions, nobody's own.")
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("preparation of a visit")
        verbose_name_plural = _("preparations of visits")

    def __str__(self) -> str:
        return str(self.visit)


# What was written may have to be deleted: the history keeps that a focus was agreed on, not its words.
@tracked(exclude=("text",))
class VisitFocus(models.Model):
    """One of the at most two things that the visitor is asked to look at."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="foci", verbose_name=_("visit"))
    position = models.PositiveSmallIntegerField(_("place in the order"))
    text = FreeTextField(_("agreed focus"), max_length=FOCUS_LENGTH)

    class Meta:
        verbose_name = _("focus of a visit")
        verbose_name_plural = _("foci of visits")
        ordering = ("visit", "position")
        constraints = (
            models.UniqueConstraint(fields=("visit", "position"), name="observations_one_focus_in_a_place"),
            models.CheckConstraint(
                condition=Q(position__range=(1, MOST_FOCI)),
                name="observations_at_most_two_foci",
                violation_error_message=_("A visit has at most two foci."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit_id} {self.position}"
