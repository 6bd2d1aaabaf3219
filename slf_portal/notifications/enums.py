"""The words of the reminders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """What a planned reminder is about."""

    MEETING_NOT_NOTED = "meeting_not_noted", _("no learning conversation noted this month")
    MEETING_TOMORROW = "meeting_tomorrow", _("meeting tomorrow")
    VISIT_DUE = "visit_due", _("visit due")
    CONTRACT_RENEWAL = "contract_renewal", _("team contract to be renewed")
    GRUS_DUE = "grus_due", _("GRUS due")


class LedgerState(models.TextChoices):
    """Where one reminder stands."""

    DUE = "due", _("due")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")


class WhyNot(models.TextChoices):
    """Why a reminder is not sent."""

    SETTLED = "settled", _("done, planned or moved")
    NOT_AGREED = "not_agreed", _("the team has ended or nothing is agreed")
    NOT_THEIRS = "not_theirs", _("no longer the person's team")
    INACTIVE = "inactive", _("the person is deactivated")
    CLOSED = "closed", _("closed day")


class Part(models.TextChoices):
    """A part of the machinery that gives signs of life, or of trouble."""

    BEAT = "beat", _("the clock (beat)")
    WORKER = "worker", _("the worker")
    RECONCILER = "reconciler", _("the check of the ledger")
    MAIL_FAILURE = "mail_failure", _("the mail server could not be reached")
