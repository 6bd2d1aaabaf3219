"""Words of the accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CentralRole(models.TextChoices):
    """Roles that are not tied to one team or unit."""

    ADMINISTRATOR = "administrator", _("administrator")
    LEARNING_PARTNER = "learning_partner", _("learning partner")
    SECTION_LEADER = "section_leader", _("section leader")
    PROJECT_WORKER = "project_worker", _("project worker")


# They see the status of every unit; a learning partner sees her portfolio.
SEES_ALL_UNITS = frozenset({CentralRole.ADMINISTRATOR, CentralRole.SECTION_LEADER, CentralRole.PROJECT_WORKER})
