"""The learning cycle of a team: the long way from a focus to what was learned."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import CycleState, DataKind, Decision, EntryKind
from learningcycle.models.templates import TemplateStep, TemplateVersion
from slf_portal.audit.history import tracked
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextField, refuse_cpr
from teams.models import StaircaseStep, Team

CYCLE_TITLE_LENGTH = 120
FOCUS_LENGTH = 300
GOAL_LENGTH = 500
LEARNING_LENGTH = 600
EVALUATION_LENGTH = 4000
ENTRY_LENGTH = 2000


# Title, phase and goal are the leader's to see as well; the prose may have to be deleted, so no history keeps it.
@tracked(exclude=("focus", "goal", "evaluation", "learning"))
class Cycle(models.Model):
    """A learning cycle. It keeps the version of the template it began with, and spans one or several meetings."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="cycles", verbose_name=_("team"))
    title = models.CharField(_("title"), max_length=CYCLE_TITLE_LENGTH, validators=[refuse_cpr])
    version_used = models.ForeignKey(
        TemplateVersion, models.PROTECT, related_name="cycles", verbose_name=_("template"), editable=False
    )
    phase = models.ForeignKey(TemplateStep, models.PROTECT, related_name="+", verbose_name=_("phase"))
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_cycle", verbose_name=_("follows")
    )
    state = models.CharField(_("state"), max_length=10, choices=CycleState.choices, default=CycleState.RUNNING)
    begun_on = models.DateField(_("begun"), default=today)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    looked_at_on = models.DateField(
        _("kept or adjusted"), null=True, blank=True, help_text=_("When the team last chose to go on with it.")
    )
    focus = FreeTextField(_("focus"), max_length=FOCUS_LENGTH, blank=True)
    goal = FreeTextField(_("goal"), max_length=GOAL_LENGTH, blank=True)
    goal_step = models.ForeignKey(
        StaircaseStep, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("step of the unit's staircase"),
    )  # fmt: skip
    evaluation = FreeTextField(_("evaluation"), max_length=EVALUATION_LENGTH, blank=True)
    learning = FreeTextField(_("what we learned"), max_length=LEARNING_LENGTH, blank=True)
    decision = models.CharField(_("what becomes of it"), max_length=10, choices=Decision.choices, blank=True)
    is_shared = models.BooleanField(
        _("share with others"), default=False, help_text=_("Marks what was learned as worth sharing; nothing is sent.")
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("learning cycle")
        verbose_name_plural = _("learning cycles")
        ordering = ("-begun_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=CycleState.CLOSED, closed_on__isnull=False)
                | Q(state=CycleState.RUNNING, closed_on__isnull=True),
                name="learningcycle_cycle_closed_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("begun_on")),
                name="learningcycle_cycle_closed_after_it_began",
                violation_error_message=_("The cycle is closed before it began."),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="phase_of_its_own_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM learningcycle_templatestep
                        WHERE id = NEW.phase_id AND version_id = NEW.version_used_id
                    ) THEN
                        RAISE EXCEPTION 'the phase is of another template';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.state == CycleState.RUNNING


@tracked(exclude=("text", "period", "group", "source"))
class CycleEntry(models.Model):
    """A line of a cycle: data as description, one of several interpretations, a sign to look for, or a log line."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="entries", verbose_name=_("learning cycle"))
    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind.choices)
    text = FreeTextField(_("text"), max_length=ENTRY_LENGTH)
    added_on = models.DateField(_("day"), default=today)
    data_kind = models.CharField(_("kind of data"), max_length=20, choices=DataKind.choices, blank=True)
    period = models.CharField(_("period"), max_length=80, blank=True, validators=[refuse_cpr])
    group = models.CharField(_("group it is about"), max_length=80, blank=True, validators=[refuse_cpr])
    source = models.CharField(_("where it comes from"), max_length=120, blank=True, validators=[refuse_cpr])
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("line of a learning cycle")
        verbose_name_plural = _("lines of learning cycles")
        ordering = ("added_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=EntryKind.DATA) | Q(data_kind="", period="", group="", source=""),
                name="learningcycle_only_data_has_a_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.added_on}"
