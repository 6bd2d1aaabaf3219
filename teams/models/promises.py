"""What is promised."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from teams.enums import Promise, UnitKind
from teams.models.organisation import Unit
from teams.rules import Terms


@tracked()
class PromiseTerms(DatedRow):
    """What is agreed about one promise, for every unit of a kind or for one unit and its parts.

    The nearest row counts: the unit's own, then its parent's, then its kind's. No row: not agreed.
    """

    promise = models.CharField(_("promise"), max_length=20, choices=Promise.choices)
    kind = models.CharField(_("for every unit of this kind"), max_length=20, choices=UnitKind.choices, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="terms", verbose_name=_("or for this unit")
    )
    interval_months = models.PositiveSmallIntegerField(
        _("months between"), validators=[MinValueValidator(1), MaxValueValidator(36)]
    )
    first_due_months = models.PositiveSmallIntegerField(
        _("months until the first"),
        validators=[MaxValueValidator(36)],
        help_text=_("Counted from the day the team began."),
    )
    soon_days = models.PositiveSmallIntegerField(_('days before "soon"'), default=14)
    pause_months = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(12)]),
        verbose_name=_("pause months"),
        default=list,
        blank=True,
        help_text=_("Numbers with commas: 7 is July."),
    )

    objects = DatedQuerySet["PromiseTerms"].as_manager()

    class Meta:
        verbose_name = _("terms of a promise")
        verbose_name_plural = _("terms of promises")
        ordering = ("promise", "kind", "unit__sort_key", "-starts_on")
        constraints = (
            span_in_order("teams_terms_span_in_order"),
            models.CheckConstraint(
                condition=(Q(kind="") & Q(unit__isnull=False)) | (~Q(kind="") & Q(unit__isnull=True)),
                name="teams_terms_for_a_kind_or_a_unit",
                violation_error_message=_("Choose either a kind of unit or one unit."),
            ),
            models.CheckConstraint(
                condition=Q(interval_months__range=(1, 36)),
                name="teams_terms_interval_in_range",
                violation_error_message=_("The interval is between 1 and 36 months."),
            ),
            no_overlap(
                "teams_terms_once_per_kind",
                "promise",
                "kind",
                condition=Q(unit__isnull=True),
                message=_("The promise already has terms for this kind in part of the period."),
            ),
            no_overlap(
                "teams_terms_once_per_unit",
                "promise",
                "unit",
                condition=Q(unit__isnull=False),
                message=_("The promise already has terms for this unit in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_promise_display()}: {self.unit or self.get_kind_display()}"

    def as_rule(self) -> Terms:
        return Terms(
            starts_on=self.starts_on,
            interval_months=self.interval_months,
            first_due_months=self.first_due_months,
            soon_days=self.soon_days,
            pause_months=frozenset(self.pause_months),
        )
