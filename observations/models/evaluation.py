"""What a team's members answer about its conversation, each on her own phone and without her name."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from observations.models.visits import Visit
from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField

QUESTION_LENGTH = 200
ANSWER_LENGTH = 1000
# The first ones that are offered are asked; the conversation itself is where most is said.
MOST_ASKED = 2
# Hexadecimal SHA-256.
KEY_LENGTH = 64


@tracked()
class EvaluationQuestion(models.Model):
    """A question about the team's conversation. Our default: no document says which ones are asked."""

    text = FreeTextField(_("question"), max_length=QUESTION_LENGTH)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    is_offered = models.BooleanField(
        _("is offered"),
        default=True,
        help_text=_("The first two that are offered are asked. To ask something else, add a question."),
    )

    class Meta:
        verbose_name = _("question about a conversation")
        verbose_name_plural = _("questions about a conversation")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class EvaluationAnswer(models.Model):
    """What somebody answered. By nobody: who it was cannot be read out of `key`, and no time and no history is kept.

    `key` is the same for all that one person answers about one visit, so that she can change it: a digest of the visit
    and the person with the portal's secret key (`queries.answer_key`). The rows' own ids are random: no order is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers", verbose_name=_("visit"), editable=False)
    question = models.ForeignKey(
        EvaluationQuestion, models.PROTECT, related_name="answers", verbose_name=_("question"), editable=False
    )
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    text = FreeTextField(_("answer"), max_length=ANSWER_LENGTH)

    class Meta:
        verbose_name = _("answer about a conversation")
        verbose_name_plural = _("answers about a conversation")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("visit", "key", "question"), name="observations_one_answer_to_a_question_each"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
