"""Visits in the administration, by the same verbs as on the team's page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from observations import actions
from observations.enums import VisitState
from observations.models import EvaluationQuestion, PartnerVisit, Visit
from slf_portal.audit.admin import TrackedAdmin
from slf_portal.common.modeladmin import ReadOnlyAdmin

PLAN = ("visitor", "starts_at", "ends_at")
_CORRECTED = _("Corrected in the administration.")


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
            planned = actions.book_visit(by=request.user, team=obj.team, **plan)
            obj.pk, obj._state.adding = planned.pk, False
            return
        changed, stored = set(form.changed_data), Visit.objects.get(pk=obj.pk)
        if "state" in changed and form.initial["state"] == VisitState.HELD:
            stored = actions.unmark_visit_held(by=request.user, visit=stored)
        if changed & set(PLAN):
            # A visit to a meeting stays one as long as it begins with it.
            meeting = stored.meeting if plan["starts_at"] == stored.starts_at else None
            stored = actions.move_visit(by=request.user, visit=stored, version=stored.version, meeting=meeting, **plan)
        if obj.state == VisitState.CANCELLED:
            actions.cancel_visit(by=request.user, visit=stored, reason=str(_CORRECTED))
        elif obj.state == VisitState.HELD and changed & {"state", "is_evaluated"}:
            actions.mark_visit_held(by=request.user, visit=stored, is_evaluated=obj.is_evaluated)


@admin.register(PartnerVisit)
class PartnerVisitAdmin(ReadOnlyAdmin[PartnerVisit], TrackedAdmin[PartnerVisit]):
    """When it is and by whom, to be looked at: what it is about is the unit's, and the learning partner changes it."""

    list_display = ("unit", "kind", "starts_at", "partner", "state")
    list_select_related = ("unit", "partner")
    list_filter = ("state", "kind")
    search_fields = ("unit__sort_key", "partner__sort_key", "partner__email")
    date_hierarchy = "starts_at"
    fields = ("unit", "kind", "partner", "starts_at", "ends_at", "state")


@admin.register(EvaluationQuestion)
class EvaluationQuestionAdmin(TrackedAdmin[EvaluationQuestion]):
    """Kept in order by their places; one that is no longer offered stays where members have answered it."""

    list_display = ("text", "position", "is_offered")
    list_filter = ("is_offered",)
    search_fields = ("text",)

    def save_model(self, request: Any, obj: EvaluationQuestion, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        actions.write_question(by=request.user, question=obj)
