"""The sections a contract is offered, and that contracts exist. What teams have written is not here: it is theirs."""

from typing import Any

from django.contrib import admin

from slf_portal.audit.admin import TrackedAdmin
from teams import actions
from teams.admin.promises import OfTeamAdmin
from teams.models import ContractTemplateSection, TeamContract


@admin.register(ContractTemplateSection)
class ContractTemplateSectionAdmin(TrackedAdmin[ContractTemplateSection]):
    """Kept in order by their places; one that is no longer offered stays where teams have written under it."""

    list_display = ("title", "position", "is_offered")
    list_filter = ("is_offered",)
    search_fields = ("title",)

    def save_model(self, request: Any, obj: ContractTemplateSection, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)


@admin.register(TeamContract)
class TeamContractAdmin(OfTeamAdmin):
    list_display = ("team", "unit", "state", "in_force_on")
    list_filter = ("state",)
    date_hierarchy = "in_force_on"
    fields = ("team", "state", "in_force_on")
