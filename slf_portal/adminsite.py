"""The admin site itself."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class LabelledAutocomplete(AutocompleteJsonView):
    """Choices are told apart as their own pages say: a team by its unit, a person by her e-mail."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label_of = getattr(self.model_admin, "label_of", str)
        return {**super().serialize_result(obj, to_field_name), "text": label_of(obj)}


class PortalAdminSite(AdminSite):
    site_title = _("SLF portal")
    site_header = _("SLF portal: administration")
    index_title = _("Administration")
    enable_nav_sidebar = True

    login = method_decorator(secure_admin_login)(AdminSite.login)

    def has_permission(self, request: HttpRequest) -> bool:
        """An administrator. Anyone else who is signed in is refused: a second sign-in page would lead nowhere."""
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied
        return super().has_permission(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without what has no use here: rows have no pages to view, and passwords are changed in the portal."""
        unused = {"view_on_site", "password_change", "password_change_done"}
        return [url for url in super().get_urls() if getattr(url, "name", "") not in unused]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, LabelledAutocomplete.as_view(admin_site=self)(request))
