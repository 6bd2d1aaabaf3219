"""What a team says about where it is."""

from django.utils.translation import gettext_lazy as _

from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm
from teams.models.topics import TOPIC_WORDS_LENGTH


class TopicWordForm(PortalForm):
    """The words of a talk."""

    submit_label = _("Save our words")

    text = FreeTextFormField(label=_("Today we say:"), max_length=TOPIC_WORDS_LENGTH, rows=6)
