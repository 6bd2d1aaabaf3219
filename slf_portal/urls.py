"""Every address of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("slf_portal.dashboard.urls")),
    path("", include("slf_portal.calendars.urls")),
    path("", include("teams.urls")),
    path("", include("learningcycle.urls")),
    path("", include("observations.urls")),
    path("", include("slf_portal.accounts.urls")),
    path("", include("slf_portal.notifications.urls")),
    path("konto/", include("slf_portal.accounts.entrance_urls")),
    path("administration/", admin.site.urls),
]
if settings.PORTAL_DEMO:
    urlpatterns.append(path("demo/", include("slf_portal.demo.urls")))
