"""A learning conversation: the agenda of one meeting, who has which role, what is written, and how it ended."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import AgendaPart, ConversationRole, Silence
from learningcycle.models.cycles import LEARNING_LENGTH, Cycle
from learningcycle.models.meetings import Meeting
from learningcycle.models.templates import (
    MOST_MINUTES,
    QUESTION_LENGTH,
    TITLE_LENGTH,
    TemplateStep,
    TemplateVersion,
)
from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField, refuse_cpr

ITEM_LENGTH = 20_000
LINE_LENGTH = 300
SILENT_LENGTH = 2000


@tracked(exclude=("focus", "learning", "how_it_went", "disagreement"))
class Conversation(models.Model):
    """What belongs to one meeting's conversation. It exists from when the team begins to prepare it.

    `current` is the item everybody is at; there the clock has run for `spent_seconds`, and runs since `running_since`
    (none: it stands still). Closed, it is the minutes; reopened, a draft.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="conversation", verbose_name=_("meeting"))
    agenda = models.ForeignKey(
        TemplateVersion, models.PROTECT, related_name="+", verbose_name=_("agenda"), editable=False
    )
    cycle = models.ForeignKey(
        Cycle, models.PROTECT, null=True, blank=True, related_name="conversations", verbose_name=_("learning cycle")
    )
    phase = models.ForeignKey(
        TemplateStep, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("phase the cycle was in"),
    )  # fmt: skip
    focus = FreeTextField(_("the question of the day"), max_length=LINE_LENGTH, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    current = models.ForeignKey(
        "AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("item they are at")
    )
    running_since = models.DateTimeField(_("clock runs since"), null=True, blank=True)
    spent_seconds = models.PositiveIntegerField(_("seconds spent at the item"), default=0)
    present_count = models.PositiveSmallIntegerField(_("how many were here"), null=True, blank=True)
    learning = FreeTextField(_("what we learned today"), max_length=LEARNING_LENGTH, blank=True)
    how_it_went = FreeTextField(_("how the conversation went"), max_length=LEARNING_LENGTH, blank=True)
    disagreement = FreeTextField(_("what we are not agreed on yet"), max_length=LEARNING_LENGTH, blank=True)
    next_focus_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("focus person next time"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("learning conversation")
        verbose_name_plural = _("learning conversations")
        ordering = ("meeting__starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(running_since__isnull=True),
                name="learningcycle_closed_conversation_has_no_clock",
            ),
        )

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def is_begun(self) -> bool:
        return self.begun_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


# Who typed what is not kept, and what was written may have to be deleted.
@tracked(exclude=("title", "question", "text", "text_version"))
class AgendaItem(models.Model):
    """An item of one meeting's agenda, and what is written at it. `text_version` grows with every saved text."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="items", verbose_name=_("learning conversation"), editable=False
    )
    position = models.PositiveSmallIntegerField(_("place in the order"))
    title = models.CharField(_("item"), max_length=TITLE_LENGTH, validators=[refuse_cpr])
    question = FreeTextField(_("questions that help"), max_length=QUESTION_LENGTH, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    part = models.CharField(_("beside it stands"), max_length=20, choices=AgendaPart.choices, blank=True)
    text = FreeTextField(_("text"), max_length=ITEM_LENGTH, blank=True)
    text_version = models.PositiveIntegerField(default=0, editable=False)
    silence = models.CharField(_("silent writing"), max_length=10, choices=Silence.choices, blank=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ("conversation", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)),
                name="learningcycle_item_minutes_in_range",
                violation_error_message=_("An item takes between 1 and 240 minutes."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class SilentNote(models.Model):
    """What somebody wrote in silence. Nobody's: the key is known to her browser alone, and no history keeps it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="silent_notes", verbose_name=_("item of an agenda"), editable=False
    )
    text = FreeTextField(_("text"), max_length=SILENT_LENGTH)

    class Meta:
        verbose_name = _("silent note")
        verbose_name_plural = _("silent notes")
        # By a random key: the order tells nothing about who was first.
        ordering = ("key",)

    def __str__(self) -> str:
        return str(self.key)


# Who was at a meeting is forgotten after a year: no history may keep who had a role there.
@tracked(exclude=("person",))
class RoleTaken(models.Model):
    """Who has a role at a meeting."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="roles", verbose_name=_("learning conversation"), editable=False
    )
    role = models.CharField(_("role"), max_length=20, choices=ConversationRole.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles_taken", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("role at a meeting")
        verbose_name_plural = _("roles at meetings")
        ordering = ("conversation", "role")
        constraints = (
            models.UniqueConstraint(fields=("conversation", "role"), name="learningcycle_a_role_is_one_persons"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"


# Names of who was here are deleted after a year: no history may keep them.
class Attendance(models.Model):
    """Somebody was at the meeting. The team's to know; a leader sees how many."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="attendance", verbose_name=_("learning conversation")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ("conversation", "pk")
        constraints = (models.UniqueConstraint(fields=("conversation", "person"), name="learningcycle_attends_once"),)

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.person_id}"
