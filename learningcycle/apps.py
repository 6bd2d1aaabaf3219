from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningCycleConfig(AppConfig):
    name = "learningcycle"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from learningcycle.actions import close_meetings, copy_rhythm
        from learningcycle.queries import (
            cycle_labels,
            meeting_labels,
            meetings_falling_away,
            minutes_not_needed,
            rhythm_words,
        )
        from learningcycle.reminders import MEETING_KINDS, meeting_part, meetings_not_needed
        from slf_portal.notifications.queries import CALENDAR_PARTS, last_looks
        from teams.actions import COPIED_WITH_TEAM, ENDED_WITH_TEAM
        from teams.enums import AgreementSource
        from teams.queries import CARRIED_OVER, FALLING_AWAY, SOURCE_LABELS

        ENDED_WITH_TEAM.append(close_meetings)
        COPIED_WITH_TEAM.append(copy_rhythm)
        FALLING_AWAY.append(meetings_falling_away)
        CARRIED_OVER.append(rhythm_words)
        SOURCE_LABELS[AgreementSource.MEETING] = meeting_labels
        SOURCE_LABELS[AgreementSource.CYCLE] = cycle_labels
        last_looks.extend((minutes_not_needed, meetings_not_needed))
        CALENDAR_PARTS.update(dict.fromkeys(MEETING_KINDS, meeting_part))
