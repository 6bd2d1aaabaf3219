"""Rhythms and meetings in the administration, by the same verbs as on the team's page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from learningcycle import actions
from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from slf_portal.audit.admin import DatedRowAdmin, HoldsFilter, TrackedAdmin

TIMES = ("starts_at", "ends_at", "in_own_calendar")


@admin.register(Rhythm)
class RhythmAdmin(DatedRowAdmin[Rhythm]):
    """A new rhythm ends the team's old one: a rhythm itself is not changed."""

    list_display = ("team", "unit", "nth", "weekday", "starts_at", "ends_at", "starts_on", "ends_on")
    list_select_related = ("team__unit",)
    list_filter = (HoldsFilter, "nth", "weekday")
    search_fields = ("team__sort_key", "team__unit__sort_key")
    autocomplete_fields = ("team",)

    def get_fields(self, request: HttpRequest, obj: Rhythm | None = None) -> tuple[str, ...]:
        chosen = ("team", "nth", "weekday", "starts_at", "ends_at", "in_own_calendar")
        return (*chosen, "starts_on", "ends_on") if obj else chosen

    @admin.display(description=_("unit"), ordering="team__unit__sort_key")
    def unit(self, row: Rhythm) -> str:
        return str(row.team.unit)

    def has_change_permission(self, request: HttpRequest, obj: Rhythm | None = None) -> bool:
        return obj is None

    def save_model(self, request: Any, obj: Rhythm, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        chosen = actions.choose_rhythm(by=request.user, **form.cleaned_data)
        obj.pk, obj._state.adding = chosen.pk, False

    def end(self, request: Any, row: Rhythm) -> None:
        actions.end_rhythm(by=request.user, team=row.team)


@admin.register(Meeting)
class MeetingAdmin(TrackedAdmin[Meeting]):
    list_display = ("team", "unit", "starts_at", "state", "with_learning_cycle", "changed_by_person")
    list_select_related = ("team__unit",)
    list_filter = ("state", "with_learning_cycle", "changed_by_person")
    search_fields = ("team__sort_key", "team__unit__sort_key")
    autocomplete_fields = ("team",)
    date_hierarchy = "starts_at"

    def get_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("team", *TIMES)
        return ("team", *TIMES, "state", "with_learning_cycle", "rhythm", "period", "changed_by_person", "sequence")

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        return ("team", "rhythm", "period", "changed_by_person", "sequence") if obj else ()

    @admin.display(description=_("unit"), ordering="team__unit__sort_key")
    def unit(self, row: Meeting) -> str:
        return str(row.team.unit)

    def save_model(self, request: Any, obj: Meeting, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        times = {name: form.cleaned_data[name] for name in TIMES}
        if not change:
            planned = actions.plan_meeting(by=request.user, team=obj.team, **times)
            obj.pk, obj._state.adding = planned.pk, False
            return
        changed, stored = set(form.changed_data), Meeting.objects.get(pk=obj.pk)
        if "state" in changed and form.initial["state"] == MeetingState.HELD:
            stored = actions.unmark_held(by=request.user, meeting=stored)
        if changed & set(TIMES):
            stored = actions.move_meeting(by=request.user, meeting=stored, version=stored.version, **times)
        if obj.state == MeetingState.CANCELLED:
            actions.cancel_meeting(by=request.user, meeting=stored)
        elif obj.state == MeetingState.HELD and changed & {"state", "with_learning_cycle"}:
            actions.mark_held(by=request.user, meeting=stored, with_learning_cycle=obj.with_learning_cycle)
