"""The dated roles of units and teams."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slf_portal.audit.admin import DatedRowAdmin, HoldsFilter
from slf_portal.common.errors import RefusedError
from teams import actions
from teams.admin.imports import import_urls
from teams.importers import import_people
from teams.models import Membership, PortfolioUnit, ResourcePerson, TeamLeader, UnitLeader

DAYS = ("starts_on", "ends_on")


class RoleAdmin(DatedRowAdmin[Any]):
    """A person in a place from a day until a day. Choosing another place ends the role there and begins it here."""

    place = ""
    list_filter = (HoldsFilter,)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("person", self.place, *DAYS)

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("person", self.place)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("person",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change, **kwargs)
        if obj and self.place in form.base_fields:
            form.base_fields[self.place].help_text = _("Choosing another ends the role here and begins it there today.")
        return form

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            actions.begin_role(by=request.user, row=obj)
        elif self.place not in form.changed_data:
            actions.change_role(by=request.user, row=obj)
        elif set(DAYS) & set(form.changed_data):
            raise RefusedError(_("Change either the place or the days, not both at once."))
        else:
            stored = self.get_queryset(request).get(pk=obj.pk)
            actions.move_role(by=request.user, row=stored, to=getattr(obj, self.place))
            self.message_user(request, _("The role ended here today and began there."), messages.SUCCESS)

    def end(self, request: Any, row: Any) -> None:
        actions.end_role(by=request.user, row=row)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the unit or team that the role was added from."""
        if self.place in request.GET:
            place = getattr(obj, self.place)
            return HttpResponseRedirect(reverse(f"admin:teams_{self.place}_change", args=(place.pk,)))
        return super().response_post_save_add(request, obj)


class TeamRoleAdmin(RoleAdmin):
    place = "team"
    list_select_related = ("person", "team__unit")
    search_fields = ("person__sort_key", "person__email", "team__sort_key", "team__unit__sort_key")
    fields = ("person", "team", *DAYS)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("person", "team", "unit", *DAYS)

    @admin.display(ordering="team__unit__sort_key")
    def unit(self, row: Any) -> str:
        return str(row.team.unit)


class UnitRoleAdmin(RoleAdmin):
    place = "unit"
    list_select_related = ("person", "unit")
    search_fields = ("person__sort_key", "person__email", "unit__sort_key")
    fields: ClassVar[tuple[str, ...]] = ("person", "unit", *DAYS)


@admin.register(Membership)
class MembershipAdmin(TeamRoleAdmin):
    change_list_template = "admin/with_import_change_list.html"

    def get_urls(self) -> list[URLPattern]:
        return [*import_urls(self, import_people, gettext_lazy("Import people")), *super().get_urls()]


@admin.register(TeamLeader)
class TeamLeaderAdmin(TeamRoleAdmin):
    pass


@admin.register(ResourcePerson)
class ResourcePersonAdmin(TeamRoleAdmin):
    pass


@admin.register(UnitLeader)
class UnitLeaderAdmin(UnitRoleAdmin):
    fields: ClassVar[tuple[str, ...]] = ("person", "unit", "title", *DAYS)


@admin.register(PortfolioUnit)
class PortfolioUnitAdmin(UnitRoleAdmin):
    pass
