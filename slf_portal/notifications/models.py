"""The ledger of reminders and the envelopes they travel in.

PostgreSQL is the truth: a reminder is a row with a unique key, and Celery only wakes the relay.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slf_portal.common.calendars import Method
from slf_portal.notifications.enums import LedgerState, Part, ReminderKind, WhyNot
from slf_portal.notifications.rules import Key, Occasion

METHODS = [(method.value, method.value) for method in Method]


class Envelope(models.Model):
    """One mail: everything planned for one person on one day, or one thing that happened (`is_event`).

    It carries the lease, the attempts and what was sent.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="envelopes", verbose_name=_("recipient")
    )
    day = models.DateField(_("day"))
    is_event = models.BooleanField(_("about something that happened"), default=False, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=LedgerState.choices, default=LedgerState.DUE)
    message_id = models.CharField(_("Message-ID"), max_length=120, unique=True)
    dated_at = models.DateTimeField(_("Date of the mail"), default=timezone.now)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body_text = models.TextField(_("text"), blank=True)
    body_html = models.TextField(_("HTML"), blank=True)
    # An event for the recipient's calendar, and what the mail does with it; empty in most mails.
    calendar = models.TextField(_("calendar"), blank=True)
    calendar_method = models.CharField(max_length=10, choices=METHODS, blank=True, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-day", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "day"), condition=Q(is_event=False), name="notifications_one_mail_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state=LedgerState.SENT, sent_at__isnull=False)
                | (~Q(state=LedgerState.SENT) & Q(sent_at__isnull=True)),
                name="notifications_sent_has_a_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("next_attempt_at",),
                condition=Q(state__in=(LedgerState.DUE, LedgerState.SENDING)),
                name="notifications_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.day}"


class LedgerEntry(models.Model):
    """One reminder for one person about one thing: at most one for each key."""

    kind = models.CharField(_("kind"), max_length=30, choices=ReminderKind.choices)
    step = models.PositiveSmallIntegerField(_("step"), default=1)
    subject = models.CharField(_("about"), max_length=60, help_text=_("For example team:12:2026-11."))
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger_entries", verbose_name=_("recipient")
    )
    due_on = models.DateField(_("due on"))
    # All that a mail may say: the team's name, a day and a path in the portal.
    team_name = models.CharField(_("team"), max_length=150)
    about_on = models.DateField(_("date it is about"))
    path = models.CharField(_("link"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=LedgerState.choices, default=LedgerState.DUE)
    why = models.CharField(_("why not sent"), max_length=20, choices=WhyNot.choices, blank=True)
    envelope = models.ForeignKey(
        Envelope, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("mail")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-due_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "step", "subject", "recipient", "due_on"), name="notifications_reminder_once"
            ),
        )
        indexes = (models.Index(fields=("state", "due_on"), name="notifications_state_and_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.due_on}"

    @property
    def occasion(self) -> Occasion:
        return (self.kind, self.step, self.subject, self.recipient_id)

    @property
    def key(self) -> Key:
        return (*self.occasion, self.due_on)


class Heartbeat(models.Model):
    """When a part of the machinery was last heard from, and how much it found wrong."""

    part = models.CharField(primary_key=True, max_length=20, choices=Part.choices)
    heard_at = models.DateTimeField()
    findings = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.part
