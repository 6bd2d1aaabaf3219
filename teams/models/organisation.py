"""Districts, units, teams and the days units are closed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from slf_portal.common.sorting import SortKeyField
from teams.enums import TeamKind, UnitKind, UnitLevel
from teams.querysets import TeamQuerySet, UnitQuerySet


@tracked()
class District(models.Model):
    """A part of the municipality. Five today, eight in 2019: rows, not constants."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_key = SortKeyField(of="name")

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name


@tracked()
class Unit(models.Model):
    """A school, day care, youth provision or central office, or a department or site of one."""

    name = models.CharField(_("name"), max_length=150)
    sort_key = SortKeyField(of="name")
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    level = models.CharField(_("level"), max_length=20, choices=UnitLevel.choices, default=UnitLevel.UNIT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    institution_number = models.CharField(_("institution number"), max_length=10, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("institution_number", "name"),
                condition=~Q(institution_number=""),
                name="teams_unit_number_and_name_unique",
                violation_error_message=_("There is already a unit with this institution number and name."),
            ),
            models.UniqueConstraint(
                fields=("kind", "name"),
                condition=Q(institution_number=""),
                name="teams_unit_kind_and_name_unique",
                violation_error_message=_("There is already a unit of this kind with this name."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="teams_unit_not_its_own_parent",
                violation_error_message=_("A unit cannot be a part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="teams_unit_coordinates_on_earth",
                violation_error_message=_("Give both latitude and longitude, in degrees."),
            ),
        )

    def __str__(self) -> str:
        return self.name


@tracked()
class UnitDistrict(DatedRow):
    """The district a unit belongs to, from a day until a day. It may be unknown."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="district_rows", verbose_name=_("unit"))
    district = models.ForeignKey(District, models.PROTECT, related_name="unit_rows", verbose_name=_("district"))

    objects = DatedQuerySet["UnitDistrict"].as_manager()

    class Meta:
        verbose_name = _("unit's district")
        verbose_name_plural = _("units' districts")
        ordering = ("unit__sort_key", "-starts_on")
        constraints = (
            span_in_order("teams_unit_district_span_in_order"),
            no_overlap(
                "teams_unit_one_district_at_a_time",
                "unit",
                message=_("The unit already belongs to a district in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}: {self.district}"


@tracked()
class Team(models.Model):
    """People who meet. An SLF partner team has the four promises; other groups have none."""

    name = models.CharField(_("name"), max_length=150)
    sort_key = SortKeyField(of="name")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="teams", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=TeamKind.choices, default=TeamKind.PARTNER_TEAM)
    starts_on = models.DateField(_("from"), null=True, blank=True, help_text=_("Empty when nobody knows."))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The first day it no longer holds."))
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("sort_key", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="teams_team_span_in_order",
                violation_error_message=_("The end date lies before the start date."),
            ),
            models.UniqueConstraint(
                fields=("unit", "name"),
                condition=Q(ends_on__isnull=True),
                name="teams_team_name_once_per_unit",
                violation_error_message=_("The unit already has a team with this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def has_promises(self) -> bool:
        return self.kind == TeamKind.PARTNER_TEAM


@tracked()
class Closure(DatedRow):
    """Days on which a unit, or without a unit everyone, holds no meetings: school holidays, planning days.

    Public holidays are not rows: they come from the `holidays` library.
    """

    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="closures", verbose_name=_("unit"),
        help_text=_("Empty: everyone. Counts for the unit's parts as well."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=100)

    objects = DatedQuerySet["Closure"].as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ("-starts_on", "pk")
        constraints = (
            span_in_order("teams_closure_span_in_order"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False),
                name="teams_closure_ends",
                violation_error_message=_("Say when the closure ends."),
            ),
        )

    def __str__(self) -> str:
        return self.name
