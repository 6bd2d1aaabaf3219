"""People and central roles in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts import actions
from slf_portal.accounts.models import CentralRoleRow, Invitation, User
from slf_portal.audit.admin import DatedRowAdmin, HoldsFilter, TrackedAdmin
from slf_portal.common.dates import today
from slf_portal.common.modeladmin import ReadOnlyAdmin

# Where the rooms above list a person's rows, by the names of their addresses.
_ROLE_LISTS = (
    (_("central roles"), "admin:accounts_centralrolerow_changelist"),
    (_("leads units"), "admin:teams_unitleader_changelist"),
    (_("leads teams"), "admin:teams_teamleader_changelist"),
    (_("memberships"), "admin:teams_membership_changelist"),
    (_("serves teams"), "admin:teams_resourceperson_changelist"),
    (_("portfolio"), "admin:teams_portfoliounit_changelist"),
    (_("mails"), "admin:notifications_envelope_changelist"),
)


class RoleTodayFilter(admin.SimpleListFilter):
    """People by a central role they hold today."""

    title = _("central role today")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in CentralRoleRow._meta.get_field("role").flatchoices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if not self.value():
            return queryset
        held = CentralRoleRow.objects.in_force(today()).filter(role=self.value())
        return queryset.filter(pk__in=held.values("person_id"))


@admin.register(User)
class PersonAdmin(TrackedAdmin[User]):
    list_display = ("named", "email", "roles_today", "is_active", "last_login")
    list_filter = ("is_active", RoleTodayFilter)
    search_fields = ("sort_key", "email")
    readonly_fields = ("role_lists", "last_login", "created_at")

    def label_of(self, row: User) -> str:
        return f"{row.name} ({row.email})"

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return ("name", "email", "is_active", "role_lists", "last_login", "created_at") if obj else ("name", "email")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        held = CentralRoleRow.objects.in_force(today()).order_by("role")
        return super().get_queryset(request).prefetch_related(Prefetch("central_role_rows", held, to_attr="held_today"))

    @admin.display(description=_("central roles today"))
    def roles_today(self, person: Any) -> str:
        return ", ".join(row.get_role_display() for row in person.held_today)

    @admin.display(description=_("Look at"))
    def role_lists(self, person: User) -> SafeString:
        links = ((f"{reverse(name)}?person__id__exact={person.pk}", title) for title, name in _ROLE_LISTS[:-1])
        mails = (f"{reverse(_ROLE_LISTS[-1][1])}?recipient__id__exact={person.pk}", _ROLE_LISTS[-1][0])
        return format_html_join(" · ", '<a href="{}">{}</a>', [*links, mails])

    def save_model(self, request: Any, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            created = actions.create_person(by=request.user, email=obj.email, name=obj.name)
            obj.pk, obj._state.adding = created.pk, False
            return
        if {"name", "email"} & set(form.changed_data):
            actions.change_person(by=request.user, person=obj, email=obj.email, name=obj.name)
        if "is_active" in form.changed_data:
            actions.set_active(by=request.user, person=obj, is_active=obj.is_active)


@admin.register(CentralRoleRow)
class CentralRoleAdmin(DatedRowAdmin[CentralRoleRow]):
    list_display = ("person", "role", "starts_on", "ends_on")
    list_select_related = ("person",)
    list_filter = (HoldsFilter, "role")
    search_fields = ("person__sort_key", "person__email")
    autocomplete_fields = ("person",)
    fields = ("person", "role", "starts_on", "ends_on")

    def get_readonly_fields(self, request: HttpRequest, obj: CentralRoleRow | None = None) -> tuple[str, ...]:
        return ("person", "role") if obj else ()

    def save_model(self, request: Any, obj: CentralRoleRow, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        act = actions.change_central_role if change else actions.begin_central_role
        act(by=request.user, row=obj)

    def end(self, request: Any, row: CentralRoleRow) -> None:
        actions.end_central_role(by=request.user, row=row)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin[Invitation]):
    """Who was invited by whom, and whether she has answered; leaders send them from the page of the team's members."""

    list_display = ("person", "invited_by", "invited_at", "expires_at", "accepted_at", "withdrawn_at")
    list_select_related = ("person", "invited_by")
    search_fields = ("person__sort_key", "person__email", "invited_by__sort_key")
    fields = list_display
    date_hierarchy = "invited_at"
