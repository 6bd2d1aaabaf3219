from django.urls import path

from teams import views

app_name = "teams"
urlpatterns = [
    path("enheder/<int:unit_id>/loefter/", views.unit_terms, name="unit_terms"),
    path("enheder/<int:unit_id>/sparring/", views.support_ask, name="support_ask"),
    path("sparring/<int:pk>/tag/", views.support_take, name="support_take"),
    path("sparring/<int:pk>/luk/", views.support_close, name="support_close"),
]
