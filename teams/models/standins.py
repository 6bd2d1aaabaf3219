"""What a leader has handed over for a while."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from slf_portal.common.fields import FreeTextField
from teams.enums import StandInTask
from teams.models.organisation import Unit

REASON_LENGTH = 200
# A year, leap day and all.
MOST_DAYS = 366


# What was written may have to be deleted: the history keeps the rest.
@tracked(exclude=("reason",))
class StandIn(DatedRow):
    """A person who does some of a leader's tasks in a unit and its parts for a period.

    Tasks, never the leadership responsibility. They hold while the leader who gave them leads the unit.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="stand_ins", verbose_name=_("unit"))
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="given_stand_ins", verbose_name=_("given by")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stand_ins", verbose_name=_("person")
    )
    tasks = ArrayField(models.CharField(max_length=20, choices=StandInTask.choices), verbose_name=_("tasks"))
    reason = FreeTextField(_("why"), max_length=REASON_LENGTH, blank=True)

    objects = DatedQuerySet["StandIn"].as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ("-starts_on", "person__sort_key", "pk")
        constraints = (
            span_in_order("teams_stand_in_span_in_order"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False, ends_on__lte=F("starts_on") + dt.timedelta(days=MOST_DAYS)),
                name="teams_stand_in_at_most_a_year",
                violation_error_message=_("Say when the task ends, at most a year after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(tasks__len__gte=1),
                name="teams_stand_in_has_a_task",
                violation_error_message=_("Choose at least one task."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("leader")),
                name="teams_stand_in_is_someone_else",
                violation_error_message=_("Choose someone else than yourself."),
            ),
            no_overlap(
                "teams_stand_in_once_at_a_time",
                "unit",
                "person",
                message=_("The person already has tasks here in part of the period. End them first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.unit}"

    @property
    def tasks_in_words(self) -> list[str]:
        return [str(StandInTask(task).label) for task in self.tasks]
