from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "slf_portal.common"
