"""GRUS: the development conversation of a team and its leader, from a proposed day to what was agreed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField
from teams.enums import OPEN_GRUS, GrusSide, GrusState, GrusTheme
from teams.models.agreements import AGREEMENT_LENGTH
from teams.models.organisation import Team

# Four to five questions are what fits into the hour and a half or two that a GRUS takes.
MOST_QUESTIONS = 5
QUESTION_LENGTH = 240
LINE_LENGTH = 200
NOTES_LENGTH = 2000
PREPARATION_LENGTH = 2000


@tracked()
class GrusQuestionTemplate(models.Model):
    """A question that a GRUS is offered. Each GRUS gets its own copy, to be rewritten."""

    theme = models.CharField(_("theme"), max_length=20, choices=GrusTheme.choices)
    text = FreeTextField(_("question"), max_length=QUESTION_LENGTH)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    is_offered = models.BooleanField(
        _("is offered"), default=True, help_text=_("The first five that are offered are suggested to the team.")
    )

    class Meta:
        verbose_name = _("suggested question for GRUS")
        verbose_name_plural = _("suggested questions for GRUS")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


# What was written may have to be deleted: the history keeps the rest.
@tracked(exclude=("line", "reason"))
class Grus(models.Model):
    """A group development conversation: held only when the responsible leader took part."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="grus_rows", verbose_name=_("team"))
    on = models.DateField(_("date"))
    begins = models.TimeField(_("begins"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=GrusState.choices, default=GrusState.PLANNED)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible leader"),
    )  # fmt: skip
    leader_present = models.BooleanField(_("the leader was present"), default=False)
    next_on = models.DateField(_("the next one"), null=True, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("proposed by"), editable=False,
    )  # fmt: skip
    waits_for = models.CharField(
        _("a proposal waits for"), max_length=10, choices=GrusSide.choices, default=GrusSide.LEADER, editable=False
    )
    line = FreeTextField(_("with the proposal"), max_length=LINE_LENGTH, blank=True, editable=False)
    reason = FreeTextField(_("why it was cancelled"), max_length=LINE_LENGTH, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

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
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(begins__isnull=False, ends__gt=F("begins")),
                name="teams_grus_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=("team", "on"),
                condition=~Q(state=GrusState.CANCELLED),
                name="teams_grus_once_a_day",
                violation_error_message=_("The team already has a GRUS that day."),
            ),
            models.UniqueConstraint(
                fields=("team",),
                condition=Q(state=GrusState.PROPOSED),
                name="teams_grus_one_proposal",
                violation_error_message=_("A day has already been proposed."),
            ),
        )
        triggers = (
            # Promised to those who write: gone once the conversation is over, whoever says so and by whatever way.
            pgtrigger.Trigger(
                name="closing_deletes_preparation",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.state IN ('held', 'cancelled') THEN
                        DELETE FROM teams_gruspreparation WHERE grus_id = NEW.id;
                    END IF;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.on}"

    @property
    def is_open(self) -> bool:
        """Still to be held: proposed or planned."""
        return self.state in OPEN_GRUS

    @property
    def is_planned(self) -> bool:
        return self.state == GrusState.PLANNED

    @property
    def is_proposed(self) -> bool:
        return self.state == GrusState.PROPOSED

    @property
    def is_held(self) -> bool:
        return self.state == GrusState.HELD


# The questions are the agenda. What was said to them may have to be deleted: the history keeps the rest.
@tracked(exclude=("notes",))
class GrusQuestion(models.Model):
    """A question of one GRUS, and the short notes made to it."""

    grus = models.ForeignKey(Grus, models.CASCADE, related_name="questions", verbose_name=_("GRUS"), editable=False)
    position = models.PositiveSmallIntegerField(_("place in the order"))
    theme = models.CharField(_("theme"), max_length=20, choices=GrusTheme.choices)
    text = FreeTextField(_("question"), max_length=QUESTION_LENGTH)
    notes = FreeTextField(_("notes"), max_length=NOTES_LENGTH, blank=True)

    class Meta:
        verbose_name = _("question of a GRUS")
        verbose_name_plural = _("questions of GRUS")
        ordering = ("grus", "position")
        constraints = (
            models.CheckConstraint(
                condition=Q(position__range=(1, MOST_QUESTIONS)), name="teams_grus_question_place_in_five"
            ),
            models.UniqueConstraint(fields=("grus", "position"), name="teams_grus_at_most_five_questions"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def as_it_stands(self) -> str:
        """All of it as one text, to see whether someone has changed it."""
        return f"{self.theme}|{self.text}"


class GrusPreparation(models.Model):
    """What one person has noted for herself before a GRUS. Nobody else reads it, and no history keeps it."""

    grus = models.ForeignKey(Grus, models.CASCADE, related_name="preparations", verbose_name=_("GRUS"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grus_preparations", verbose_name=_("person")
    )
    text = FreeTextField(_("my notes"), max_length=PREPARATION_LENGTH)

    class Meta:
        verbose_name = _("preparation of a GRUS")
        verbose_name_plural = _("preparations of GRUS")
        constraints = (models.UniqueConstraint(fields=("grus", "person"), name="teams_grus_one_preparation_a_person"),)
        triggers = (
            # The lock makes a late note wait for the one who is just closing the GRUS, and then be refused.
            pgtrigger.Trigger(
                name="only_before_it_is_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("grus_state", "text")],
                func="""
                    SELECT state INTO grus_state FROM teams_grus WHERE id = NEW.grus_id FOR SHARE;
                    IF grus_state IN ('held', 'cancelled') THEN
                        RAISE EXCEPTION 'preparation is deleted when a GRUS is closed, and not written after';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.grus_id} {self.person_id}"


@tracked(exclude=("text",))
class GrusPoint(models.Model):
    """A development point as it is being written: who (nobody named: the team) and by when may come later.

    When the GRUS is held the points become agreements, and these rows go.
    """

    grus = models.ForeignKey(Grus, models.CASCADE, related_name="points", verbose_name=_("GRUS"), editable=False)
    text = FreeTextField(_("what we agree"), max_length=AGREEMENT_LENGTH)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("by"), null=True, blank=True)

    class Meta:
        verbose_name = _("draft of a development point")
        verbose_name_plural = _("drafts of development points")
        ordering = ("grus", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def as_it_stands(self) -> str:
        """All of it as one text, to see whether someone has changed it."""
        return f"{self.owner_id or ''}|{self.due_on or ''}|{self.text}"
