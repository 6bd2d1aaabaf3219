from django.urls import path

from slf_portal.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.home, name="home"),
    path("leder/", views.leader, name="leader"),
    path("ressourceperson/", views.resource_person, name="resource_person"),
    path("laeringspartner/", views.learning_partner, name="learning_partner"),
    path("mine-teams/", views.member, name="member"),
    path("administrator/", views.administrator, name="administrator"),
    path("teams/", views.overview, name="overview"),
    path("teams/<int:pk>/", views.team_detail, name="team_detail"),
    path("enheder/<int:pk>/", views.unit_detail, name="unit_detail"),
    path("teams/<int:pk>/overdragelse/", views.handover_team, name="handover_team"),
    path("enheder/<int:pk>/overdragelse/", views.handover_unit, name="handover_unit"),
    path("enheder/<int:pk>/aarshjul/", views.year_wheel, name="year_wheel"),
    path("enheder/<int:pk>/aarshjul/udskriv/", views.year_wheel_print, name="year_wheel_print"),
    path("enheder/<int:pk>/aarshjul/pdf/", views.year_wheel_pdf, name="year_wheel_pdf"),
    path("was/", views.accessibility, name="accessibility"),
]
