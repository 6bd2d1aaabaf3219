"""Districts, units, teams and closures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.admin import DatedRowAdmin, HoldsFilter, TrackedAdmin
from slf_portal.common.dates import today
from slf_portal.common.modeladmin import RefusableForm
from teams import actions
from teams.admin.imports import import_urls
from teams.importers import import_units
from teams.models import (
    Closure,
    District,
    Membership,
    PortfolioUnit,
    ResourcePerson,
    Team,
    TeamLeader,
    Unit,
    UnitDistrict,
    UnitLeader,
)


class RemovableAdmin(TrackedAdmin[Any]):
    """Rows that can be removed while nothing depends on them: they were a mistake."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def delete_model(self, request: Any, obj: Any) -> None:
        actions.remove_row(by=request.user, row=obj)

    def delete_queryset(self, request: Any, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            actions.remove_row(by=request.user, row=row)


class LastingRows(admin.TabularInline[Any, Any]):
    """The dated rows of a unit or team that have not ended: to be looked at, and opened to be changed."""

    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today()))
        relations = (field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.ForeignKey))
        return rows.select_related(*relations)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UnitDistrictInline(LastingRows):
    model = UnitDistrict
    fields = ("district", "starts_on", "ends_on")


class UnitLeaderInline(LastingRows):
    model = UnitLeader
    fields = ("person", "title", "starts_on", "ends_on")


class PortfolioUnitInline(LastingRows):
    model = PortfolioUnit
    fields = ("person", "starts_on", "ends_on")


class MembershipInline(LastingRows):
    model = Membership
    fields = ("person", "starts_on", "ends_on")


class TeamLeaderInline(LastingRows):
    model = TeamLeader
    fields = ("person", "starts_on", "ends_on")


class ResourcePersonInline(LastingRows):
    model = ResourcePerson
    fields = ("person", "starts_on", "ends_on")


class WithRolesAdmin(RemovableAdmin):
    """A page with the roles of a unit or team, and a way to add to each."""

    change_form_template = "admin/with_roles_change_form.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        place = f"{self.opts.model_name}={object_id}"
        links = [
            (inline.model._meta.verbose_name, f"{_address(inline.model, 'add')}?{place}") for inline in self.inlines
        ]
        return super().change_view(request, object_id, form_url, {"add_links": links, **(extra_context or {})})


def _address(model: type[models.Model], page: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


@admin.register(District)
class DistrictAdmin(RemovableAdmin):
    list_display = ("named",)
    search_fields = ("sort_key",)

    def save_model(self, request: Any, obj: District, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)


class UnitForm(RefusableForm):
    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("District"),
        required=False,
        help_text=_("Choosing another one ends the one that holds and begins the new one today."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            row = UnitDistrict.objects.in_force(today()).filter(unit=self.instance).first()
            self.initial["district"] = row.district_id if row else None


class DistrictTodayFilter(admin.SimpleListFilter):
    """Units by the district they belong to today."""

    title = _("district today")
    parameter_name = "district"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(district.pk), district.name) for district in District.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        chosen = self.value() or ""
        if not chosen.isdecimal():
            return queryset
        rows = UnitDistrict.objects.in_force(today()).filter(district_id=int(chosen))
        return queryset.filter(pk__in=rows.values("unit_id"))


@admin.register(Unit)
class UnitAdmin(WithRolesAdmin):
    form = UnitForm
    list_display = ("named", "kind", "level", "parent", "institution_number", "district_today")
    list_select_related = ("parent",)
    list_filter = ("kind", "level", DistrictTodayFilter)
    search_fields = ("sort_key", "institution_number", "address")
    autocomplete_fields = ("parent",)
    fields = (
        "name", "kind", "level", "parent", "district", "institution_number", "address", ("latitude", "longitude"),
    )  # fmt: skip
    inlines = (UnitLeaderInline, PortfolioUnitInline, UnitDistrictInline)
    change_list_template = "admin/with_import_change_list.html"

    def get_urls(self) -> list[URLPattern]:
        return [*import_urls(self, import_units, _("Import units")), *super().get_urls()]

    def label_of(self, row: Unit) -> str:
        return f"{row.name} ({row.get_kind_display()})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        held = UnitDistrict.objects.in_force(today()).select_related("district").order_by()
        return super().get_queryset(request).prefetch_related(Prefetch("district_rows", held, to_attr="held_today"))

    @admin.display(description=_("district today"))
    def district_today(self, unit: Any) -> str:
        return ", ".join(str(row.district) for row in unit.held_today)

    def save_model(self, request: Any, obj: Unit, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_unit if change else actions.create_unit
        act(by=request.user, unit=obj)
        if "district" in form.changed_data:
            actions.move_unit(by=request.user, unit=obj, district=form.cleaned_data["district"])


@admin.register(Team)
class TeamAdmin(WithRolesAdmin):
    list_display = ("named", "unit", "kind", "starts_on", "ends_on")
    list_select_related = ("unit",)
    list_filter = ("kind", "unit__kind", ("ends_on", admin.EmptyFieldListFilter))
    search_fields = ("sort_key", "unit__sort_key")
    autocomplete_fields = ("unit",)
    fields = ("name", "unit", "kind", "starts_on", "ends_on")
    inlines = (MembershipInline, TeamLeaderInline, ResourcePersonInline)
    actions = ("end_today",)

    def label_of(self, row: Team) -> str:
        return f"{row.name} ({row.unit})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).select_related("unit")

    def save_model(self, request: Any, obj: Team, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_team if change else actions.create_team
        act(by=request.user, team=obj)

    @admin.action(description=_("End today, with every role"), permissions=["change"])
    def end_today(self, request: Any, queryset: QuerySet[Team]) -> None:
        for team in queryset.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today())):
            actions.end_team(by=request.user, team=team)


@admin.register(UnitDistrict)
class UnitDistrictAdmin(DatedRowAdmin[UnitDistrict]):
    list_display = ("unit", "district", "starts_on", "ends_on")
    list_select_related = ("unit", "district")
    list_filter = (HoldsFilter, "district")
    search_fields = ("unit__sort_key",)
    autocomplete_fields = ("unit",)
    fields = ("unit", "district", "starts_on", "ends_on")

    def get_readonly_fields(self, request: HttpRequest, obj: UnitDistrict | None = None) -> tuple[str, ...]:
        return ("unit", "district") if obj else ()

    def save_model(self, request: Any, obj: UnitDistrict, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)

    def end(self, request: Any, row: UnitDistrict) -> None:
        actions.end_row(by=request.user, row=row)


@admin.register(Closure)
class ClosureAdmin(RemovableAdmin):
    list_display = ("name", "unit", "starts_on", "ends_on")
    list_select_related = ("unit",)
    list_filter = (HoldsFilter,)
    search_fields = ("name", "unit__sort_key")
    autocomplete_fields = ("unit",)
    date_hierarchy = "starts_on"

    def save_model(self, request: Any, obj: Closure, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_row if change else actions.add_row
        act(by=request.user, row=obj)
