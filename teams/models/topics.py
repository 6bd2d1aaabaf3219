"""What a team talks about when it asks "hvor er vi?": the pillars, the guiding markers, and its own words."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextField, refuse_cpr
from teams.enums import TopicKind, TopicLineKind
from teams.models.organisation import Team

DESCRIPTION_LENGTH = 500
LINE_LENGTH = 200
TOPIC_WORDS_LENGTH = 1000


@tracked()
class PracticeTopic(models.Model):
    """A pillar or a guiding marker: a tool for a talk, never a measure."""

    kind = models.CharField(_("kind"), max_length=20, choices=TopicKind.choices)
    title = models.CharField(
        _("title"),
        max_length=100,
        unique=True,
        validators=[refuse_cpr],
        help_text=_(
            "The wording of the guiding markers is not published. What stands here from the start are the portal's own "
            "defaults: put your own words in their place."
        ),
    )
    description = FreeTextField(_("description"), max_length=DESCRIPTION_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    is_offered = models.BooleanField(
        _("is offered"), default=True, help_text=_("What teams have said about it stays, also when it is not.")
    )

    class Meta:
        verbose_name = _("pillar or guiding marker")
        verbose_name_plural = _("pillars and guiding markers")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


@tracked()
class TopicLine(models.Model):
    """An action or a sign of a topic."""

    topic = models.ForeignKey(
        PracticeTopic, models.CASCADE, related_name="lines", verbose_name=_("pillar or guiding marker")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=TopicLineKind.choices)
    text = FreeTextField(_("text"), max_length=LINE_LENGTH)
    position = models.PositiveSmallIntegerField(_("place in the order"))

    class Meta:
        verbose_name = _("action or sign")
        verbose_name_plural = _("actions and signs")
        ordering = ("topic", "position", "pk")

    def __str__(self) -> str:
        return self.text


@tracked(exclude=("text",))
class TopicWord(models.Model):
    """What a team said about a topic one day. Said again it is a new row, and two at once are two rows."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="topic_words", verbose_name=_("team"))
    topic = models.ForeignKey(
        PracticeTopic, models.PROTECT, related_name="words", verbose_name=_("pillar or guiding marker")
    )
    text = FreeTextField(_("today we say"), max_length=TOPIC_WORDS_LENGTH)
    said_on = models.DateField(_("said"), default=today)

    class Meta:
        verbose_name = _("words about where we are")
        verbose_name_plural = _("words about where we are")
        ordering = ("-said_on", "-pk")
        triggers = (pgtrigger.Protect(name="words_are_not_rewritten", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self.team}: {self.said_on}"
