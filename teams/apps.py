from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "teams"
    verbose_name = _("Organisation and teams")

    def ready(self) -> None:
        from teams.actions import ENDED_WITH_TEAM, end_grus
        from teams.enums import AgreementSource
        from teams.queries import FALLING_AWAY, SOURCE_LABELS, grus_falling_away, grus_labels

        ENDED_WITH_TEAM.append(end_grus)
        FALLING_AWAY.append(grus_falling_away)
        SOURCE_LABELS[AgreementSource.GRUS] = grus_labels
