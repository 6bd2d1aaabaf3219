from django.apps import AppConfig
from django.core.checks import Tags, register

from slf_portal.common.checks import check_access_is_declared


class CommonConfig(AppConfig):
    name = "slf_portal.common"

    def ready(self) -> None:
        register(check_access_is_declared, Tags.urls)
