"""Visits in the administration, by the same verbs as on the team's page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from observations import actions
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.audit.admin import TrackedAdmin

PLAN = ("visitor", "starts_at", "ends_at")


@admin.register(Visit)
class VisitAdmin(TrackedAdmin[Visit]):
    list_display = ("team", "unit", "starts_at", "visitor", "state", "is_evaluated")
    list_select_related = ("team__unit", "visitor")
    list_filter = ("state", "is_evaluated")
    search_fields = ("team__sort_key", "team__unit__sort_key", "visitor__sort_key", "visitor__email")
    autocomplete_fields = ("team", "visitor")
    date_hierarchy = "starts_at"

    def get_fields(self, request: HttpRequest, obj: Visit | None = None) -> tuple[str, ...]:
        return ("team", *PLAN, "state", "is_evaluated", "sequence") if obj else ("team", *PLAN)

    def get_readonly_fields(self, request: HttpRequest, obj: Visit | None = None) -> tuple[str, ...]:
        return ("team", "sequence") if obj else ()

    @admin.display(description=_("unit"), ordering="team__unit__sort_key")
    def unit(self, row: Visit) -> str:
        return str(row.team.unit)

    def save_model(self, request: Any, obj: Visit, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        plan = {name: form.cleaned_data[name] for name in PLAN}
        if not change:
            planned = actions.plan_visit(by=request.user, team=obj.team, **plan)
            obj.pk, obj._state.adding = planned.pk, False
            return
        changed, stored = set(form.changed_data), Visit.objects.get(pk=obj.pk)
        if "state" in changed and form.initial["state"] == VisitState.HELD:
            stored = actions.unmark_visit_held(by=request.user, visit=stored)
        if changed & set(PLAN):
            stored = actions.move_visit(by=request.user, visit=stored, version=stored.version, **plan)
        if obj.state == VisitState.CANCELLED:
            actions.cancel_visit(by=request.user, visit=stored)
        elif obj.state == VisitState.HELD and changed & {"state", "is_evaluated"}:
            actions.mark_visit_held(by=request.user, visit=stored, is_evaluated=obj.is_evaluated)
