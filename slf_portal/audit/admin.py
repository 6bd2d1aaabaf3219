"""The administration of what is tracked: every row shows its own history."""

from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from slf_portal.audit.models import TextOverride
from slf_portal.audit.queries import history_of
from slf_portal.common.dated import DatedRow
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.modeladmin import PortalModelAdmin, ReadOnlyAdmin

M = TypeVar("M", bound=models.Model)
D = TypeVar("D", bound=DatedRow)


class TrackedAdmin(PortalModelAdmin[M]):
    """A tracked row: its history page tells every change, whoever made it. Deleting is not offered."""

    object_history_template = "admin/tracked_history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        changes = history_of(row) if row else []
        return super().history_view(request, object_id, {"changes": changes, **(extra_context or {})})

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class HoldsFilter(admin.SimpleListFilter):
    """Dated rows by whether they hold today."""

    title = gettext_lazy("holds")
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("today", _("today")), ("later", _("from a later day")), ("no-longer", _("no longer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        day = today()
        begun, ended = Q(starts_on__lte=day), Q(ends_on__lte=day)
        wanted = {"today": begun & ~ended, "later": ~begun, "no-longer": ended}
        return queryset.filter(wanted[value]) if (value := self.value()) in wanted else queryset


class DatedRowAdmin(TrackedAdmin[D]):
    """Dated rows are ended, never deleted: what was stays."""

    actions = ("end_today",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The first day's default is today: without this Django would compare with what the page says it was."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.show_hidden_initial = False
        return field

    def end(self, request: HttpRequest, row: D) -> None:
        """End the row today, by the action of its kind."""
        raise NotImplementedError

    @admin.action(description=gettext_lazy("End today"), permissions=["change"])
    def end_today(self, request: HttpRequest, queryset: QuerySet[D]) -> None:
        rows = list(queryset)
        try:
            with transaction.atomic():
                for row in rows:
                    self.end(request, row)
        except RefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            told = ngettext("%(count)d row has ended.", "%(count)d rows have ended.", len(rows))
            self.message_user(request, told % {"count": len(rows)}, messages.SUCCESS)


@admin.register(TextOverride)
class TextOverrideAdmin(ReadOnlyAdmin[TextOverride]):
    list_display = ("at", "person", "place")
    list_select_related = ("person",)
    search_fields = ("person__sort_key", "person__email", "place")
    date_hierarchy = "at"
