from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningCycleConfig(AppConfig):
    name = "learningcycle"
    verbose_name = _("Meetings")
