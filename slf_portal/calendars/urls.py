from django.urls import path

from slf_portal.calendars import views

app_name = "calendars"
urlpatterns = [
    path("kalender/", views.feed_page, name="feed_page"),
    path("kalender/ny-adresse/", views.feed_renew, name="feed_renew"),
    path("kalender/optaget/", views.busy_address, name="busy_address"),
    path("kalender/optaget/fjern/", views.busy_remove, name="busy_remove"),
    path("kalender/<str:token>.ics", views.feed, name="feed"),
]
