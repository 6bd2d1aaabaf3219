"""Fixed meetings beside the teams': the resource persons', the leadership's, two people's. Nobody checks them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import GatheringKind
from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from slf_portal.common.dates import local_date
from slf_portal.common.fields import FreeTextField, refuse_cpr
from teams.models import Unit

GATHERING_TITLE_LENGTH = 80
POINT_LENGTH = 160
MOST_WEEKS = 8
_LAST_WORKING_DAY = 5


@tracked(exclude=("title",))
class GatheringSeries(models.Model):
    """A meeting that comes again: on the weekday of its first day every so many weeks, with none given just once.

    Without a first day the days were taken over from a calendar, and the portal plans none.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="gathering_series", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=GatheringKind.choices)
    title = models.CharField(
        _("what you call it"), max_length=GATHERING_TITLE_LENGTH, blank=True, validators=[refuse_cpr]
    )
    every_weeks = models.PositiveSmallIntegerField(
        _("weeks between"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    first_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The first day it no longer holds."))
    starts_at = models.TimeField(_("begins"), null=True, blank=True)
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    in_own_calendar = models.BooleanField(_("already in our own calendar"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"), editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("series of fixed meetings")
        verbose_name_plural = _("series of fixed meetings")
        ordering = ("kind", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(first_on__isnull=False, starts_at__isnull=False, ends_at__isnull=False)
                | Q(first_on__isnull=True, starts_at__isnull=True, ends_at__isnull=True, every_weeks__isnull=True),
                name="learningcycle_series_has_a_day_and_times",
                violation_error_message=_("A fixed meeting has a first day, a beginning and an end."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="learningcycle_series_ends_after_it_begins",
                violation_error_message=_("The meeting ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__isnull=True) | Q(every_weeks__range=(1, MOST_WEEKS)),
                name="learningcycle_series_weeks_in_range",
                violation_error_message=_("Choose between 1 and 8 weeks."),
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__isnull=True) | Q(first_on__iso_week_day__lte=_LAST_WORKING_DAY),
                name="learningcycle_series_on_a_working_day",
                violation_error_message=_("Choose a day from Monday to Friday: weekends are closed."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(first_on__isnull=True) | Q(ends_on__gte=F("first_on")),
                name="learningcycle_series_span_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


@tracked()
class GatheringPart(DatedRow):
    """Somebody takes part in a series of fixed meetings. Only she who does sees it."""

    series = models.ForeignKey(
        GatheringSeries, models.CASCADE, related_name="parts", verbose_name=_("series of fixed meetings")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gathering_parts", verbose_name=_("person")
    )

    objects = DatedQuerySet["GatheringPart"].as_manager()

    class Meta:
        verbose_name = _("part in fixed meetings")
        verbose_name_plural = _("parts in fixed meetings")
        ordering = ("person__sort_key", "pk")
        constraints = (
            span_in_order("learningcycle_part_span_in_order"),
            no_overlap(
                "learningcycle_takes_part_once", "series", "person", message=_("The person takes part already.")
            ),
        )

    def __str__(self) -> str:
        return f"{self.series}: {self.person}"


@tracked()
class Gathering(models.Model):
    """One meeting of a series. What a person has moved or cancelled the plan leaves alone."""

    series = models.ForeignKey(
        GatheringSeries, models.CASCADE, related_name="gatherings", verbose_name=_("series of fixed meetings")
    )
    planned_on = models.DateField(_("day it was planned for"), editable=False)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    changed_by_person = models.BooleanField(_("changed by a person"), default=False)
    changed_at = models.DateTimeField(
        _("time or state changed"), default=timezone.now, editable=False,
        help_text=_("What calendars are told as LAST-MODIFIED; grows with every sequence."),
    )  # fmt: skip
    # Grows with every change of time or state: calendars are told it as SEQUENCE.
    version = models.PositiveIntegerField(default=0, editable=False)

    points_left: int  # how many are to be talked about; put on by `queries.gatherings_of`

    class Meta:
        verbose_name = _("fixed meeting")
        verbose_name_plural = _("fixed meetings")
        ordering = ("starts_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("series", "planned_on"), name="learningcycle_one_gathering_a_day"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="learningcycle_gathering_ends_after_it_begins",
                violation_error_message=_("The meeting ends before it begins."),
            ),
        )
        indexes = (models.Index(fields=("series", "starts_at"), name="learningcycle_series_and_time"),)

    def __str__(self) -> str:
        return f"{self.series} {local_date(self.starts_at)}"


@tracked(exclude=("text",))
class GatheringPoint(models.Model):
    """Something to talk about at one fixed meeting."""

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="points", verbose_name=_("fixed meeting"), editable=False
    )
    text = FreeTextField(_("point"), max_length=POINT_LENGTH)
    is_done = models.BooleanField(_("talked about"), default=False)

    class Meta:
        verbose_name = _("point of a fixed meeting")
        verbose_name_plural = _("points of fixed meetings")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
