"""The Django admin of the portal: administrators by role, sign-in through the portal's own page."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "slf_portal.adminsite.PortalAdminSite"
