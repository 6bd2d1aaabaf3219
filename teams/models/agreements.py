"""What a team has agreed on: "det har vi aftalt"."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextField
from teams.enums import SETTLED, AgreementSource, AgreementState, Helped
from teams.models.organisation import Team
from teams.querysets import AgreementQuerySet

AGREEMENT_LENGTH = 300
REASON_LENGTH = 200


# What was written may have to be deleted: the history keeps the rest.
@tracked(exclude=("text", "reason", "helped_note"))
class Agreement(models.Model):
    """Something a team has agreed on: who does it (nobody named: the team), by when, and what came of it.

    `source` and `source_id` say where it was agreed. They are no foreign key: meetings and visits stand in rooms above.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="agreements", verbose_name=_("team"))
    text = FreeTextField(_("what we agreed"), max_length=AGREEMENT_LENGTH)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("who does it"), help_text=_("Empty: the team."),
    )  # fmt: skip
    agreed_on = models.DateField(_("agreed"), default=today)
    due_on = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=20, choices=AgreementState.choices, default=AgreementState.OPEN)
    reason = FreeTextField(_("why it was dropped"), max_length=REASON_LENGTH, blank=True)
    settled_on = models.DateField(_("settled"), null=True, blank=True)
    source = models.CharField(
        _("agreed at"), max_length=20, choices=AgreementSource.choices, default=AgreementSource.TEAM
    )
    source_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    is_shared = models.BooleanField(_("shared with the leader"), default=False)
    check_on = models.DateField(_("ask whether it helped"), null=True, blank=True)
    helped = models.CharField(_("did it help?"), max_length=10, choices=Helped.choices, blank=True)
    helped_note = FreeTextField(_("what we saw"), max_length=REASON_LENGTH, blank=True)
    helped_on = models.DateField(_("answered"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=AgreementState.DROPPED) | ~Q(reason=""),
                name="teams_agreement_dropped_with_a_reason",
                violation_error_message=_("Say in a line why it was dropped."),
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(state=AgreementState.DROPPED), name="teams_agreement_reason_when_dropped"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")),
                name="teams_agreement_due_when_agreed_or_later",
                violation_error_message=_("The day has passed. Choose today or a later one."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(SETTLED), settled_on__isnull=False)
                | (~Q(state__in=sorted(SETTLED)) & Q(settled_on__isnull=True)),
                name="teams_agreement_settled_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(source=AgreementSource.TEAM, source_id__isnull=True)
                | (~Q(source=AgreementSource.TEAM) & Q(source_id__isnull=False)),
                name="teams_agreement_source_is_named",
            ),
            models.CheckConstraint(
                condition=Q(helped="", helped_on__isnull=True)
                | (~Q(helped="") & Q(helped_on__isnull=False, state=AgreementState.DONE)),
                name="teams_agreement_helped_when_done",
            ),
            models.CheckConstraint(
                condition=Q(check_on__isnull=True) | Q(state=AgreementState.DONE),
                name="teams_agreement_asked_when_done",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.due_on}"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED
