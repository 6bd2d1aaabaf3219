from django.urls import path

from slf_portal.notifications import views

app_name = "notifications"
urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
