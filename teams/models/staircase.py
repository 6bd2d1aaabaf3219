"""The target staircase: a unit's goals, the steps on the way, and where teams say that they stand."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, span_in_order
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextField, refuse_cpr
from teams.models.organisation import Team, Unit

MOST_STEPS = 12
TITLE_LENGTH = 120
VISION_LENGTH = 400
LOOKS_LENGTH = 600
ACTIVITY_LENGTH = 160
WORDS_LENGTH = 1000


# Titles are the unit's own headings and are kept; prose may have to be deleted, so the history leaves it out.
@tracked(exclude=("vision",))
class StaircaseGoal(DatedRow):
    """Something a unit works towards for a time, step by step."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staircase_goals", verbose_name=_("unit"))
    title = models.CharField(_("goal"), max_length=TITLE_LENGTH, validators=[refuse_cpr])
    vision = FreeTextField(_("the vision it is tied to"), max_length=VISION_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = DatedQuerySet["StaircaseGoal"].as_manager()

    class Meta:
        verbose_name = _("goal of the staircase")
        verbose_name_plural = _("goals of the staircase")
        ordering = ("position", "pk")
        constraints = (span_in_order("teams_staircase_goal_span_in_order"),)

    def __str__(self) -> str:
        return self.title


@tracked(exclude=("looks_like",))
class StaircaseStep(DatedRow):
    """A step of a goal: what it looks like to stand there. One that is taken out has ended; what teams said stays."""

    goal = models.ForeignKey(StaircaseGoal, models.PROTECT, related_name="steps", verbose_name=_("goal"))
    title = models.CharField(_("step"), max_length=TITLE_LENGTH, validators=[refuse_cpr])
    looks_like = FreeTextField(_("what it looks like when we stand here"), max_length=LOOKS_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(_("place on the staircase"))

    objects = DatedQuerySet["StaircaseStep"].as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("goal", "position", "pk")
        constraints = (
            span_in_order("teams_staircase_step_span_in_order"),
            # Places 1 to 12, each taken once: so there are never more.
            models.CheckConstraint(
                condition=Q(position__range=(1, MOST_STEPS)),
                name="teams_staircase_step_at_most_twelve",
                violation_error_message=_("A staircase has at most twelve steps."),
            ),
            # Asked when the statement is done: two steps change places in one.
            ExclusionConstraint(
                name="teams_staircase_step_one_a_place",
                expressions=[("goal", RangeOperators.EQUAL), ("position", RangeOperators.EQUAL)],
                condition=Q(ends_on__isnull=True),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Another step already has that place."),
            ),
        )

    def __str__(self) -> str:
        return self.title


@tracked(exclude=("text",))
class StaircaseActivity(models.Model):
    """Something the unit does to stand on the step."""

    step = models.ForeignKey(StaircaseStep, models.CASCADE, related_name="activities", verbose_name=_("step"))
    text = FreeTextField(_("activity"), max_length=ACTIVITY_LENGTH)
    position = models.PositiveSmallIntegerField(_("place in the order"))

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("step", "position", "pk")

    def __str__(self) -> str:
        return self.text


@tracked(exclude=("where_text", "next_text"))
class StaircaseWord(models.Model):
    """What a team said one day: where it stands on a goal and what is next. Said again it is a new row."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="staircase_words", verbose_name=_("team"))
    goal = models.ForeignKey(StaircaseGoal, models.PROTECT, related_name="words", verbose_name=_("goal"))
    step = models.ForeignKey(
        StaircaseStep, models.PROTECT, null=True, blank=True, related_name="words", verbose_name=_("step")
    )
    where_text = FreeTextField(_("where we stand"), max_length=WORDS_LENGTH)
    next_text = FreeTextField(_("what is next"), max_length=WORDS_LENGTH, blank=True)
    said_on = models.DateField(_("said"), default=today)

    class Meta:
        verbose_name = _("words about the staircase")
        verbose_name_plural = _("words about the staircase")
        ordering = ("-said_on", "-pk")
        triggers = (
            pgtrigger.Protect(name="words_are_not_rewritten", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="step_of_the_same_goal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__step__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM teams_staircasestep WHERE id = NEW.step_id AND goal_id = NEW.goal_id
                    ) THEN
                        RAISE EXCEPTION 'the step is of another goal';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.said_on}"
