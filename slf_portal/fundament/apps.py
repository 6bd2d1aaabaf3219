from django.apps import AppConfig


class FundamentConfig(AppConfig):
    name = "slf_portal.fundament"

    def ready(self) -> None:
        from slf_portal.fundament.reminders import last_look
        from slf_portal.notifications.queries import last_looks

        last_looks.append(last_look)
