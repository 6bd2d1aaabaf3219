from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObservationsConfig(AppConfig):
    name = "observations"
    verbose_name = _("Visits")

    def ready(self) -> None:
        from learningcycle.actions import CANCELLED_WITH_MEETING, MOVED_WITH_MEETING
        from observations.actions import (
            cancel_with_meeting,
            close_visits,
            hand_over_visits,
            move_with_meeting,
            withdraw_offers,
            withdraw_offers_of_leaver,
            withdraw_with_meeting,
        )
        from observations.queries import own_visit_words, planned_visit_words, visit_labels
        from observations.reminders import (
            PARTNER_KINDS,
            VISIT_KINDS,
            partner_visit_part,
            visit_part,
            visits_not_needed,
        )
        from slf_portal.notifications.queries import CALENDAR_PARTS, last_looks
        from teams.actions import ENDED_WITH_TEAM, HANDED_OVER_WITH_ROLE
        from teams.enums import AgreementSource
        from teams.queries import FALLING_AWAY, PLANNED_WITH_ROLE, SOURCE_LABELS

        ENDED_WITH_TEAM.extend([close_visits, withdraw_offers])
        HANDED_OVER_WITH_ROLE.extend([withdraw_offers_of_leaver, hand_over_visits])
        MOVED_WITH_MEETING.append(move_with_meeting)
        CANCELLED_WITH_MEETING.extend([cancel_with_meeting, withdraw_with_meeting])
        FALLING_AWAY.append(planned_visit_words)
        PLANNED_WITH_ROLE.append(own_visit_words)
        SOURCE_LABELS[AgreementSource.VISIT] = visit_labels
        last_looks.append(visits_not_needed)
        CALENDAR_PARTS.update(dict.fromkeys(VISIT_KINDS, visit_part))
        CALENDAR_PARTS.update(dict.fromkeys(PARTNER_KINDS, partner_visit_part))
