"""That a GRUS was held, and the questions it is offered. What was said in it is not here."""

from typing import Any, ClassVar

from django.contrib import admin

from slf_portal.audit.admin import TrackedAdmin
from teams import actions
from teams.admin.promises import OfTeamAdmin
from teams.models import Grus, GrusQuestionTemplate


@admin.register(Grus)
class GrusAdmin(OfTeamAdmin):
    list_display = ("team", "unit", "on", "state", "leader", "leader_present")
    list_select_related: ClassVar[tuple[str, ...]] = ("team__unit", "leader")
    list_filter = ("state", "leader_present")
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("team", "leader")
    date_hierarchy = "on"


@admin.register(GrusQuestionTemplate)
class GrusQuestionTemplateAdmin(TrackedAdmin[GrusQuestionTemplate]):
    """Kept in order by their places. A GRUS has copies of its own: what is changed here holds for the next ones."""

    list_display = ("text", "theme", "position", "is_offered")
    list_filter = ("is_offered", "theme")
    search_fields = ("text",)

    def save_model(self, request: Any, obj: GrusQuestionTemplate, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)
