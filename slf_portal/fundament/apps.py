from django.apps import AppConfig


class FundamentConfig(AppConfig):
    name = "slf_portal.fundament"
