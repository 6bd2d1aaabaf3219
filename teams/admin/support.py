"""Requests for sparring: that and when, never what. The sentence is between the unit and its learning partner."""

from django.contrib import admin

from slf_portal.common.modeladmin import ReadOnlyAdmin
from teams.models import SupportRequest


@admin.register(SupportRequest)
class SupportRequestAdmin(ReadOnlyAdmin[SupportRequest]):
    list_display = ("unit", "asked_by", "asked_at", "taken_by", "taken_at", "closed_at")
    list_select_related = ("unit", "asked_by", "taken_by")
    search_fields = ("unit__sort_key", "asked_by__sort_key", "taken_by__sort_key")
    fields = ("unit", "asked_by", "asked_at", "taken_by", "taken_at", "closed_at")
    date_hierarchy = "asked_at"
