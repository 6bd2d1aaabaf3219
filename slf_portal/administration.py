"""The Django admin of the portal: administrators by role, sign-in through the portal's own page."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "slf_portal.adminsite.PortalAdminSite"

    def ready(self) -> None:
        """Leave out what others register: there are no groups here, and addresses follow the person's e-mail."""
        from allauth.account.models import EmailAddress  # noqa: PLC0415 - the models are loaded now
        from django.contrib import admin  # noqa: PLC0415
        from django.contrib.auth.models import Group  # noqa: PLC0415

        super().ready()
        admin.site.unregister((Group, EmailAddress))
