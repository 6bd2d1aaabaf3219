from django.urls import path

from slf_portal.accounts import views

app_name = "accounts"
urlpatterns = [path("profil/", views.profile, name="profile")]
