"""What is promised, and the two promises that live with the team: the contract and the GRUS."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from teams.enums import ContractState, GrusState, Promise, UnitKind
from teams.models.organisation import Team, Unit
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


@tracked()
class TeamContract(models.Model):
    """A team's contract: that it exists and since when. Its text comes with the contract's own pages."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="contracts", verbose_name=_("team"))
    state = models.CharField(_("state"), max_length=20, choices=ContractState.choices, default=ContractState.DRAFT)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)

    class Meta:
        verbose_name = _("team contract")
        verbose_name_plural = _("team contracts")
        ordering = ("team__sort_key", F("in_force_on").desc(nulls_first=True), "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ContractState.DRAFT, in_force_on__isnull=True)
                | (~Q(state=ContractState.DRAFT) & Q(in_force_on__isnull=False)),
                name="teams_contract_in_force_has_a_date",
                violation_error_message=_("A contract in force has a date, a draft has none."),
            ),
            models.UniqueConstraint(
                fields=("team",),
                condition=Q(state=ContractState.IN_FORCE),
                name="teams_contract_one_in_force",
                violation_error_message=_("The team already has a contract in force."),
            ),
            models.UniqueConstraint(
                fields=("team",),
                condition=Q(state=ContractState.DRAFT),
                name="teams_contract_one_draft",
                violation_error_message=_("The team already has a draft."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.get_state_display()}"


@tracked()
class Grus(models.Model):
    """A group development conversation: held only when the responsible leader took part."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="grus_rows", verbose_name=_("team"))
    on = models.DateField(_("date"))
    state = models.CharField(_("state"), max_length=20, choices=GrusState.choices, default=GrusState.PLANNED)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible leader"),
    )  # fmt: skip
    leader_present = models.BooleanField(_("the leader was present"), default=False)

    class Meta:
        verbose_name = _("GRUS")
        verbose_name_plural = _("GRUS")
        ordering = ("team__sort_key", "-on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=GrusState.HELD) | Q(leader_present=True),
                name="teams_grus_held_with_the_leader",
                violation_error_message=_("A GRUS is held when the responsible leader was present."),
            ),
            models.UniqueConstraint(
                fields=("team", "on"),
                condition=~Q(state=GrusState.CANCELLED),
                name="teams_grus_once_a_day",
                violation_error_message=_("The team already has a GRUS that day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.on}"
