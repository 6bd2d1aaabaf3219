"""The portal's addresses with the demo's: the settings of a test run leave them out."""

from django.urls import include, path

from slf_portal.urls import urlpatterns as portal

urlpatterns = [*portal, path("demo/", include("slf_portal.demo.urls"))]
