from django.urls import path

from learningcycle import views

app_name = "learningcycle"
urlpatterns = [
    path("teams/<int:team_id>/moeder/planlaeg/", views.meeting_plan, name="meeting_plan"),
    path("teams/<int:team_id>/moeder/noter/", views.meeting_note, name="meeting_note"),
    path("teams/<int:team_id>/rytme/", views.rhythm, name="rhythm"),
    path("teams/<int:team_id>/rytme/afslut/", views.rhythm_end, name="rhythm_end"),
    path("moeder/<int:pk>/flyt/", views.meeting_move, name="meeting_move"),
    path("moeder/<int:pk>/aflys/", views.meeting_cancel, name="meeting_cancel"),
    path("moeder/<int:pk>/holdt/", views.meeting_held, name="meeting_held"),
    path("moeder/<int:pk>/fortryd/", views.meeting_reopen, name="meeting_reopen"),
]
