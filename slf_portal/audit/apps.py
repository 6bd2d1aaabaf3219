from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "slf_portal.audit"
