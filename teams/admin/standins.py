"""Stand-ins: the leaders hand tasks over and take them back themselves. Why is between them."""

from django.contrib import admin

from slf_portal.common.modeladmin import ReadOnlyAdmin
from teams.models import StandIn


@admin.register(StandIn)
class StandInAdmin(ReadOnlyAdmin[StandIn]):
    list_display = ("person", "unit", "leader", "starts_on", "ends_on")
    list_select_related = ("person", "unit", "leader")
    search_fields = ("person__sort_key", "person__email", "unit__sort_key", "leader__sort_key")
    fields = ("person", "unit", "leader", "tasks", "starts_on", "ends_on")
