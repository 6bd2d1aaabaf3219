"""The questions on expectations. What leaders ask of people, and what they talk about, is not here: it is theirs."""

from typing import Any

from django.contrib import admin

from slf_portal.audit.admin import TrackedAdmin
from teams import actions
from teams.models import ExpectationQuestion


@admin.register(ExpectationQuestion)
class ExpectationQuestionAdmin(TrackedAdmin[ExpectationQuestion]):
    """Our own defaults, to be replaced by the programme's words."""

    list_display = ("text", "position", "is_asked")
    list_filter = ("is_asked",)
    search_fields = ("text",)

    def save_model(self, request: Any, obj: ExpectationQuestion, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)
