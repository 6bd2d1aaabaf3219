from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "slf_portal.dashboard"
