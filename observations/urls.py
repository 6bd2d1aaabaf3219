from django.urls import path

from observations import views

app_name = "observations"
urlpatterns = [
    path("teams/<int:team_id>/besoeg/planlaeg/", views.visit_plan, name="visit_plan"),
    path("besoeg/<int:pk>/flyt/", views.visit_move, name="visit_move"),
    path("besoeg/<int:pk>/aflys/", views.visit_cancel, name="visit_cancel"),
    path("besoeg/<int:pk>/holdt/", views.visit_held, name="visit_held"),
    path("besoeg/<int:pk>/fortryd/", views.visit_reopen, name="visit_reopen"),
]
