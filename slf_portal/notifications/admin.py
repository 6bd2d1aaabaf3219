"""Reminders and mails in the administration: what was sent, when and to whom. Only to be looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from slf_portal.common.modeladmin import ReadOnlyAdmin
from slf_portal.notifications.models import Envelope, Heartbeat, LedgerEntry


class LedgerEntryInline(admin.TabularInline[LedgerEntry, Envelope]):
    """What a mail was about."""

    model = LedgerEntry
    fields = ("kind", "team_name", "about_on", "due_on", "state")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Envelope)
class EnvelopeAdmin(ReadOnlyAdmin[Envelope]):
    list_display = ("day", "recipient", "state", "sent_at", "attempts", "subject", "last_error")
    list_select_related = ("recipient",)
    list_filter = ("state", "day")
    date_hierarchy = "day"
    search_fields = ("recipient__sort_key", "recipient__email", "subject", "message_id")
    inlines = (LedgerEntryInline,)
    fields = (
        "recipient", "day", "is_event", "state", "sent_at", "subject", "body_text", "message_id", "dated_at",
        "attempts", "next_attempt_at", "lease_until", "last_error",
    )  # fmt: skip


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin[LedgerEntry]):
    list_display = ("due_on", "kind", "team_name", "recipient", "state", "sent_at", "why")
    list_select_related = ("recipient", "envelope")
    list_filter = ("state", "kind", "why", "due_on")
    date_hierarchy = "due_on"
    search_fields = ("recipient__sort_key", "recipient__email", "team_name", "subject")

    @admin.display(description=_("sent"), ordering="envelope__sent_at")
    def sent_at(self, entry: LedgerEntry) -> Any:
        return entry.envelope.sent_at if entry.envelope else None


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin[Heartbeat]):
    list_display = ("part", "heard_at", "findings")
