from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "slf_portal.demo"
