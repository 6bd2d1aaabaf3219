"""Whose time is taken: by visits, by times that are offered, by absences. Nobody is booked twice."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learningcycle.models import Meeting
from observations.enums import BookingPart, OfferState
from observations.models.partner_visits import PartnerVisit
from observations.models.visits import REASON_LENGTH, Visit
from slf_portal.audit.history import tracked
from slf_portal.common.dates import local_date
from slf_portal.common.fields import FreeTextField
from slf_portal.common.timespans import no_clash
from teams.models import Team


@tracked()
class VisitOffer(models.Model):
    """Times that a visitor offers a team to choose among; with `meeting`, the team's yes moves that meeting."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="visit_offers", verbose_name=_("team"))
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visit_offers", verbose_name=_("visitor")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="visit_offers",
        verbose_name=_("meeting that would move"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=20, choices=OfferState.choices, default=OfferState.WAITING)
    reason = FreeTextField(_("why not"), max_length=REASON_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("times offered for a visit")
        verbose_name_plural = _("times offered for visits")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("team",),
                condition=Q(state=OfferState.WAITING),
                name="observations_one_offer_at_a_time",
                violation_error_message=_("The team has times to choose among already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.visitor}"


@tracked()
class OfferedTime(models.Model):
    """One of the times to choose among."""

    offer = models.ForeignKey(VisitOffer, models.CASCADE, related_name="times", verbose_name=_("offer"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("time offered")
        verbose_name_plural = _("times offered")
        ordering = ("offer", "starts_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="observations_offered_time_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def on(self) -> dt.date:
        """The day in Copenhagen."""
        return local_date(self.starts_at)


@tracked()
class Absence(models.Model):
    """A person cannot visit then. Why is nobody's business and is not asked."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("person")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="observations_absence_ends_after_it_begins",
                violation_error_message=_("The time ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d}"


# Derived from the rows it belongs to, whose history is kept.
class Booking(models.Model):
    """A person's time `[starts_at, ends_at)` that one visit, offered time, partner's visit or absence takes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookings")
    part = models.CharField(max_length=20, choices=BookingPart.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, related_name="bookings")
    offered_time = models.ForeignKey(OfferedTime, models.CASCADE, null=True, related_name="bookings")
    partner_visit = models.ForeignKey(PartnerVisit, models.CASCADE, null=True, related_name="bookings")
    absence = models.ForeignKey(Absence, models.CASCADE, null=True, related_name="bookings")

    class Meta:
        verbose_name = _("booked time")
        verbose_name_plural = _("booked times")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="observations_booking_in_order"),
            models.CheckConstraint(
                condition=Q(visit__isnull=False, offered_time=None, partner_visit=None, absence=None)
                | Q(visit=None, offered_time__isnull=False, partner_visit=None, absence=None)
                | Q(visit=None, offered_time=None, partner_visit__isnull=False, absence=None)
                | Q(visit=None, offered_time=None, partner_visit=None, absence__isnull=False),
                name="observations_booking_belongs_to_one",
            ),
            # Who visits is neither away nor anywhere else; who is away may still belong to a team that is visited.
            no_clash(
                "observations_nobody_booked_twice", "person", condition=~Q(part=BookingPart.AWAY), message=_("Taken.")
            ),
            no_clash(
                "observations_nobody_visits_while_away",
                "person",
                condition=~Q(part=BookingPart.TAKES_PART),
                message=_("Taken."),
            ),
        )
        indexes = (models.Index(fields=("person", "starts_at"), name="observations_person_and_time"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def owner(self) -> Any:
        """What takes the time."""
        return self.visit or self.offered_time or self.partner_visit or self.absence
