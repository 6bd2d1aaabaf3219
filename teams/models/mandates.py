"""Mandates (bestillinger): what a leader asks a team or a resource person to take on, and the talk about it."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextField
from teams.enums import CLOSED, MandateState, MandateStep
from teams.models.organisation import Team, Unit

TITLE_LENGTH = 80
MANDATE_TEXT_LENGTH = 2000
LINE_LENGTH = 1000
ROLE_DESCRIPTION_LENGTH = 6000
LEAST_HOURS = Decimal("0.1")
MOST_HOURS = Decimal(60)
HOURS_RULE = _("Write a number of hours above 0 and at most 60.")
# Some words belong to these.
_WITH_WORDS = (MandateStep.SAID, MandateStep.TALK, MandateStep.WITHDRAWN)


@tracked(exclude=("title", "what", "why", "expectation", "agreed"))
class Mandate(models.Model):
    """What a leader asks a team, a resource person, or a resource person about one team, to take on.

    `hours_per_month` is time given, never time spent: no working time is registered.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="mandates", verbose_name=_("unit"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("team")
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mandates_received",
        verbose_name=_("resource person"),
    )  # fmt: skip
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates_given", verbose_name=_("from")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    title = FreeTextField(_("title"), max_length=TITLE_LENGTH)
    what = FreeTextField(_("what"), max_length=MANDATE_TEXT_LENGTH)
    why = FreeTextField(_("why"), max_length=MANDATE_TEXT_LENGTH)
    expectation = FreeTextField(_("what is expected"), max_length=MANDATE_TEXT_LENGTH)
    hours_per_month = models.DecimalField(
        _("hours given a month"), max_digits=3, decimal_places=1,
        validators=[MinValueValidator(LEAST_HOURS, HOURS_RULE), MaxValueValidator(MOST_HOURS, HOURS_RULE)],
    )  # fmt: skip
    due_on = models.DateField(_("deadline"))
    state = models.CharField(_("state"), max_length=20, choices=MandateState.choices, default=MandateState.SENT)
    agreed = FreeTextField(_("what we agreed"), max_length=MANDATE_TEXT_LENGTH, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = (F("closed_at").desc(nulls_first=True), "due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(recipient__isnull=False),
                name="teams_mandate_has_a_receiver",
                violation_error_message=_("Choose a team or a resource person."),
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) | ~Q(recipient=F("given_by")),
                name="teams_mandate_not_to_oneself",
                violation_error_message=_("Nobody gives herself a mandate."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_month__gt=0, hours_per_month__lte=MOST_HOURS),
                name="teams_mandate_hours_within_a_month",
                violation_error_message=HOURS_RULE,
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="teams_mandate_answered_by_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(MandateState.TALK, MandateState.ACCEPTED)) | Q(answered_at__isnull=False),
                name="teams_mandate_answer_has_an_answerer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CLOSED), closed_at__isnull=False)
                | (~Q(state__in=sorted(CLOSED)) & Q(closed_at__isnull=True)),
                name="teams_mandate_closed_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team or self.unit}: {self.due_on}"

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @property
    def is_past_deadline(self) -> bool:
        return not self.is_closed and self.due_on < today()


@tracked(exclude=("text",))
class MandateMessage(models.Model):
    """A line in the thread between leader and receiver, and what it did; `changed` names the columns of a change.

    Which side wrote it is kept as it was then: roles come and go.
    """

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="messages", verbose_name=_("mandate"))
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("writer"))
    is_from_leader = models.BooleanField(_("from the leader"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    step = models.CharField(_("step"), max_length=20, choices=MandateStep.choices, default=MandateStep.SAID)
    text = FreeTextField(_("text"), max_length=LINE_LENGTH, blank=True)
    changed = ArrayField(models.CharField(max_length=20), verbose_name=_("changed"), default=list, blank=True)

    class Meta:
        verbose_name = _("line about a mandate")
        verbose_name_plural = _("lines about mandates")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(step__in=_WITH_WORDS) | ~Q(text=""),
                name="teams_mandate_message_says_something",
                violation_error_message=_("Write a line."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.mandate}: {self.get_step_display()}"

    @property
    def changed_labels(self) -> list[str]:
        """The changed columns in words."""
        return [str(field.verbose_name) for field in Mandate._meta.concrete_fields if field.name in self.changed]


@tracked()
class ExpectationQuestion(models.Model):
    """A question on mutual expectations that leader and receiver are offered to talk about before they begin."""

    text = FreeTextField(_("question"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    is_asked = models.BooleanField(_("is asked"), default=True)

    class Meta:
        verbose_name = _("question on expectations")
        verbose_name_plural = _("questions on expectations")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


@tracked(exclude=("text",))
class RoleDescription(models.Model):
    """What a unit, and its parts unless they say otherwise, understands by being a resource person."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="role_description", verbose_name=_("unit"))
    text = FreeTextField(_("text"), max_length=ROLE_DESCRIPTION_LENGTH)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("description of the resource person's role")
        verbose_name_plural = _("descriptions of the resource person's role")
        ordering = ("unit__sort_key",)

    def __str__(self) -> str:
        return str(self.unit)
