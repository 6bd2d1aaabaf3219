"""What is promised."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from slf_portal.audit.admin import DatedRowAdmin, HoldsFilter
from teams import actions
from teams.admin.organisation import RemovableAdmin
from teams.models import PromiseTerms


@admin.register(PromiseTerms)
class PromiseTermsAdmin(DatedRowAdmin[PromiseTerms]):
    list_display = (
        "promise",
        "kind",
        "unit",
        "interval_months",
        "first_due_months",
        "soon_days",
        "starts_on",
        "ends_on",
    )
    list_select_related = ("unit",)
    list_filter = (HoldsFilter, "promise", "kind")
    search_fields = ("unit__sort_key",)
    autocomplete_fields = ("unit",)

    def get_readonly_fields(self, request: HttpRequest, obj: PromiseTerms | None = None) -> tuple[str, ...]:
        return ("promise", "kind", "unit") if obj else ()

    def save_model(self, request: Any, obj: PromiseTerms, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)

    def end(self, request: Any, row: PromiseTerms) -> None:
        actions.end_row(by=request.user, row=row)


class OfTeamAdmin(RemovableAdmin):
    """A dated row of a team."""

    list_select_related: ClassVar[tuple[str, ...]] = ("team__unit",)
    search_fields = ("team__sort_key", "team__unit__sort_key")
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("team",)

    @admin.display(ordering="team__unit__sort_key")
    def unit(self, row: Any) -> str:
        return str(row.team.unit)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)
