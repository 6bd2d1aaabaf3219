"""What a visitor writes during a visit. Promised to be gone some weeks after it is closed: no history keeps it."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcycle.models.templates import TITLE_LENGTH
from observations.models.focus import VisitFocus
from observations.models.visits import Visit
from slf_portal.common.fields import FreeTextField, refuse_cpr

LINE_LENGTH = 1000
NOTE_LENGTH = 20_000
MOST_COUNTED = 600


class VisitLine(models.Model):
    """What was seen and heard at one moment. The key is the writer's browser's own: a line sent twice is one."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="lines", verbose_name=_("visit"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visit_lines", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    text = FreeTextField(_("what I see and hear"), max_length=LINE_LENGTH)
    focus = models.ForeignKey(
        VisitFocus, models.SET_NULL, null=True, blank=True, related_name="lines", verbose_name=_("focus")
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("line of a visit")
        verbose_name_plural = _("lines of visits")
        ordering = ("at", "key")
        indexes = (models.Index(fields=("visit", "at"), name="observations_line_and_time"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class PrivateNote(models.Model):
    """What somebody notes at a visit for herself. Nobody else ever reads it."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="private_notes", verbose_name=_("visit"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("written by"))
    text = FreeTextField(_("private notes"), max_length=NOTE_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("private note of a visit")
        verbose_name_plural = _("private notes of visits")
        constraints = (models.UniqueConstraint(fields=("visit", "author"), name="observations_one_private_note_each"),)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.author_id}"


class VisitCount(models.Model):
    """What was counted, where that was agreed: minutes of an item of the agenda, how many questions; never people."""

    # The label of how many questions were asked.
    QUESTIONS = ""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="counts", verbose_name=_("visit"))
    label = models.CharField(
        _("what is counted"), max_length=TITLE_LENGTH, blank=True, validators=[refuse_cpr],
        help_text=_("An item of the agenda; empty: the questions."),
    )  # fmt: skip
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MaxValueValidator(MOST_COUNTED)]
    )
    count = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, validators=[MaxValueValidator(MOST_COUNTED)]
    )

    class Meta:
        verbose_name = _("count of a visit")
        verbose_name_plural = _("counts of visits")
        ordering = ("visit", "pk")
        constraints = (
            models.UniqueConstraint(fields=("visit", "label"), name="observations_a_thing_is_counted_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False, count=None) | Q(minutes=None, count__isnull=False),
                name="observations_counts_minutes_or_things",
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit_id} {self.label}"
