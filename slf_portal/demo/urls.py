from django.urls import path

from slf_portal.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.index, name="index"),
    path("login/", views.login, name="login"),
    path("mail/", views.mail_list, name="mail_list"),
    path("mail/<str:name>/", views.mail_detail, name="mail_detail"),
    path("mail/<str:name>/html/", views.mail_html, name="mail_html"),
]
