"""Visits with observation and feedback."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcycle.models import Meeting
from observations.enums import VisitState
from slf_portal.audit.history import tracked
from slf_portal.common.dates import local_date
from slf_portal.common.fields import FreeTextField
from slf_portal.common.timespans import no_clash
from teams.models import Team

REASON_LENGTH = 300


@tracked()
class Visit(models.Model):
    """A resource person visits a team, observes a learning conversation and facilitates an evaluation of it.

    It keeps the three-monthly promise when the conversation was evaluated.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="visits", verbose_name=_("team"))
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits", verbose_name=_("visitor")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("meeting")
    )
    state = models.CharField(_("state"), max_length=20, choices=VisitState.choices, default=VisitState.PLANNED)
    reason = FreeTextField(_("why it is cancelled"), max_length=REASON_LENGTH, blank=True)
    is_evaluated = models.BooleanField(_("the conversation was evaluated"), default=False)
    sequence = models.PositiveIntegerField(_("sequence"), default=0, help_text=_("Grows with every move (iCalendar)."))
    changed_at = models.DateTimeField(
        _("time or state changed"), default=timezone.now, editable=False,
        help_text=_("What calendars are told as LAST-MODIFIED; grows with every sequence."),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="observations_visit_ends_after_it_begins",
                violation_error_message=_("The visit ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.HELD) | Q(is_evaluated=False),
                name="observations_only_held_visits_are_evaluated",
                violation_error_message=_("Only a held visit can have been evaluated."),
            ),
            models.UniqueConstraint(
                fields=("meeting",),
                condition=~Q(state=VisitState.CANCELLED),
                name="observations_one_visit_to_a_meeting",
                violation_error_message=_("Somebody visits that meeting already."),
            ),
            no_clash(
                "observations_one_visitor_in_one_place",
                "team",
                condition=Q(state=VisitState.PLANNED),
                message=_("Somebody visits the team at that time already."),
            ),
            models.UniqueConstraint(
                fields=("team", "starts_at"),
                condition=~Q(state=VisitState.CANCELLED),
                name="observations_one_visit_at_a_time",
                violation_error_message=_("The team already has a visit at that time."),
            ),
        )
        indexes = (models.Index(fields=("team", "starts_at"), name="observations_team_and_time"),)

    def __str__(self) -> str:
        return f"{self.team} {self.on}"

    @property
    def on(self) -> dt.date:
        """The day of the visit in Copenhagen."""
        return local_date(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == VisitState.PLANNED
