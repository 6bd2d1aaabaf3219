"""Templates of learning cycles and agendas, version by version."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcycle.defaults import DEFAULT_AGENDA, DEFAULT_CYCLE
from learningcycle.enums import AgendaPart, PhaseRule, TemplateKind
from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField, refuse_cpr
from teams.models import Unit

TITLE_LENGTH = 80
DESCRIPTION_LENGTH = 600
SOURCE_LENGTH = 160
QUESTION_LENGTH = 400
MOST_STEPS = 12
MOST_MINUTES = 240


@tracked()
class MethodTemplate(models.Model):
    """A learning cycle or an agenda that teams can use: everyone's, or one unit's own. Its words are its versions'."""

    kind = models.CharField(_("kind"), max_length=10, choices=TemplateKind.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="method_templates",
        verbose_name=_("unit"), help_text=_("Empty: for all."),
    )  # fmt: skip
    key = models.SlugField(_("name in the portal"), max_length=40, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name=_("copied from")
    )
    is_offered = models.BooleanField(
        _("is offered"), default=True, help_text=_("What is under way with it goes on, also when it is not.")
    )
    position = models.PositiveSmallIntegerField(_("place in the order"), default=50)

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ("kind", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("key",), condition=~Q(key=""), name="learningcycle_template_key_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(key=""), name="learningcycle_shipped_template_is_for_all"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_agenda(self) -> bool:
        return self.kind == TemplateKind.AGENDA

    @property
    def is_fallback(self) -> bool:
        """What teams begin with when their unit has none of its own."""
        return self.key in {DEFAULT_CYCLE, DEFAULT_AGENDA}


@tracked()
class TemplateVersion(models.Model):
    """One version of a template. It is never rewritten: what was begun with it keeps it."""

    template = models.ForeignKey(
        MethodTemplate, models.PROTECT, related_name="versions", verbose_name=_("template"), editable=False
    )
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, validators=[refuse_cpr])
    description = FreeTextField(_("when it is good"), max_length=DESCRIPTION_LENGTH, blank=True)
    source = models.CharField(
        _("after"), max_length=SOURCE_LENGTH, blank=True, validators=[refuse_cpr], help_text=_("Whose idea it is.")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("version of a template")
        verbose_name_plural = _("versions of templates")
        ordering = ("template", "-number")
        constraints = (
            models.UniqueConstraint(fields=("template", "number"), name="learningcycle_template_version_once"),
        )
        triggers = (pgtrigger.Protect(name="version_is_not_rewritten", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return self.title


@tracked()
class TemplateStep(models.Model):
    """A phase of a cycle, or an item of an agenda with its minutes."""

    version = models.ForeignKey(
        TemplateVersion, models.PROTECT, related_name="steps", verbose_name=_("version of a template"), editable=False
    )
    position = models.PositiveSmallIntegerField(_("place in the order"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, validators=[refuse_cpr])
    question = FreeTextField(_("questions that help"), max_length=QUESTION_LENGTH, blank=True)
    to_write = FreeTextField(_("what is written down"), max_length=QUESTION_LENGTH, blank=True)
    rule = models.CharField(
        _("before the phase is left"), max_length=20, choices=PhaseRule.choices, blank=True,
        help_text=_("The team is reminded of it, never stopped."),
    )  # fmt: skip
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    part = models.CharField(_("beside it stands"), max_length=20, choices=AgendaPart.choices, blank=True)

    class Meta:
        verbose_name = _("step of a template")
        verbose_name_plural = _("steps of templates")
        ordering = ("version", "position")
        constraints = (
            models.UniqueConstraint(fields=("version", "position"), name="learningcycle_template_step_one_a_place"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, MOST_MINUTES)),
                name="learningcycle_template_step_minutes_in_range",
                violation_error_message=_("An item takes between 1 and 240 minutes."),
            ),
        )
        triggers = (pgtrigger.Protect(name="step_is_not_rewritten", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return self.title
