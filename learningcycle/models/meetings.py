"""Meetings and the rhythm they follow."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import MeetingState, Nth, Weekday
from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from slf_portal.common.dates import local_date
from teams.models import Team


@tracked()
class Rhythm(DatedRow):
    """When a team meets: the second Tuesday of the month, 10.00 to 11.00."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="rhythms", verbose_name=_("team"))
    nth = models.SmallIntegerField(_("which"), choices=Nth.choices)
    weekday = models.SmallIntegerField(_("weekday"), choices=Weekday.choices)
    starts_at = models.TimeField(_("begins"))
    ends_at = models.TimeField(_("ends"))
    in_own_calendar = models.BooleanField(_("already in our own calendar"), default=True)

    objects = DatedQuerySet["Rhythm"].as_manager()

    class Meta:
        verbose_name = _("rhythm")
        verbose_name_plural = _("rhythms")
        ordering = ("team__sort_key", "-starts_on")
        constraints = (
            span_in_order("learningcycle_rhythm_span_in_order"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="learningcycle_rhythm_ends_after_it_begins",
                violation_error_message=_("The meeting ends before it begins."),
            ),
            no_overlap(
                "learningcycle_one_rhythm_at_a_time",
                "team",
                message=_("The team already has a rhythm in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nth_display()} {self.get_weekday_display()}"


@tracked()
class Meeting(models.Model):
    """A team's meeting. It keeps the monthly promise when it was held with the learning cycle."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="meetings", verbose_name=_("team"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    state = models.CharField(_("state"), max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED)
    with_learning_cycle = models.BooleanField(_("held with the learning cycle"), default=False)
    in_own_calendar = models.BooleanField(_("already in our own calendar"), default=True)
    rhythm = models.ForeignKey(
        Rhythm, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("rhythm")
    )
    period = models.DateField(_("month it was planned for"), null=True, blank=True)
    changed_by_person = models.BooleanField(_("changed by a person"), default=False)
    sequence = models.PositiveIntegerField(_("sequence"), default=0, help_text=_("Grows with every move (iCalendar)."))
    changed_at = models.DateTimeField(
        _("time or state changed"), default=timezone.now, editable=False,
        help_text=_("What calendars are told as LAST-MODIFIED; grows with every sequence."),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="learningcycle_meeting_ends_after_it_begins",
                violation_error_message=_("The meeting ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.HELD) | Q(with_learning_cycle=False),
                name="learningcycle_only_held_meetings_use_the_cycle",
                violation_error_message=_("Only a held meeting was held with the learning cycle."),
            ),
            models.CheckConstraint(
                condition=Q(rhythm__isnull=True, period__isnull=True)
                | Q(rhythm__isnull=False, period__isnull=False, period__day=1),
                name="learningcycle_planned_for_a_month",
            ),
            models.UniqueConstraint(fields=("rhythm", "period"), name="learningcycle_one_meeting_per_rhythm_and_month"),
            models.UniqueConstraint(
                fields=("team", "starts_at"),
                condition=~Q(state=MeetingState.CANCELLED),
                name="learningcycle_one_meeting_at_a_time",
                violation_error_message=_("The team already has a meeting at that time."),
            ),
        )
        indexes = (models.Index(fields=("team", "starts_at"), name="learningcycle_team_and_time"),)

    def __str__(self) -> str:
        return f"{self.team} {self.on}"

    @property
    def on(self) -> dt.date:
        """The day of the meeting in Copenhagen."""
        return local_date(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED
