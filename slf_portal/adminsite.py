"""The admin site itself."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_title = _("SLF portal")
    site_header = _("SLF portal: administration")
    index_title = _("Administration")
    enable_nav_sidebar = True

    login = secure_admin_login(AdminSite.login)
