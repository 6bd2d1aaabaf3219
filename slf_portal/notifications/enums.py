"""The words of the reminders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """What a reminder, or a mail about something that happened, is about."""

    MEETING_NOT_NOTED = "meeting_not_noted", _("no learning conversation noted this month")
    MEETING_TOMORROW = "meeting_tomorrow", _("meeting tomorrow")
    VISIT_DUE = "visit_due", _("visit due")
    CONTRACT_RENEWAL = "contract_renewal", _("team contract to be renewed")
    CONTRACT_YES = "contract_yes", _("asked to say yes to the team contract")
    GRUS_DUE = "grus_due", _("GRUS due")
    MINUTES = "minutes", _("the minutes of a meeting are there")
    MEETING_INVITED = "meeting_invited", _("invited to a meeting")
    MEETING_MOVED = "meeting_moved", _("a meeting was moved")
    MEETING_CANCELLED = "meeting_cancelled", _("a meeting was cancelled")
    MEETING_LEFT = "meeting_left", _("no longer asked to a meeting")
    VISIT_BOOKED = "visit_booked", _("a visit was booked")
    VISIT_MOVED = "visit_moved", _("a visit was moved or handed over")
    VISIT_CANCELLED = "visit_cancelled", _("a visit was cancelled")
    VISIT_LEFT = "visit_left", _("no longer asked to a visit")
    VISIT_OFFERED = "visit_offered", _("times were offered for a visit")
    VISIT_ANSWERED = "visit_answered", _("a team answered about times for a visit")
    VISIT_SHARED = "visit_shared", _("observation and feedback were shared with the team")
    PARTNER_BOOKED = "partner_booked", _("a learning partner's visit was booked")
    PARTNER_MOVED = "partner_moved", _("a learning partner's visit was moved")
    PARTNER_CANCELLED = "partner_cancelled", _("a learning partner's visit was cancelled")


# Two families. What happened is written by the action that did it, and leaves at once; all else is planned.
PLANNED_KINDS = frozenset(
    {
        ReminderKind.MEETING_NOT_NOTED,
        ReminderKind.MEETING_TOMORROW,
        ReminderKind.VISIT_DUE,
        ReminderKind.CONTRACT_RENEWAL,
        ReminderKind.CONTRACT_YES,
        ReminderKind.GRUS_DUE,
    }
)
EVENT_KINDS = frozenset(ReminderKind) - PLANNED_KINDS


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
