from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "slf_portal.notifications"
