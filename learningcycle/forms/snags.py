"""Forms of what is troublesome."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learningcycle.models import Meeting
from learningcycle.models.snags import SNAG_LENGTH
from slf_portal.common.fields import FreeTextFormField, refuse_cpr
from slf_portal.common.forms import PortalForm
from slf_portal.common.templatetags.portal import until


class SnagForm(PortalForm):
    """Ten seconds: one field."""

    # To note who explained digits would be a trace of the note.
    text = FreeTextFormField(label=_("What is troublesome?"), max_length=SNAG_LENGTH, rows=2, validators=[refuse_cpr])


class MeetingChoiceField(forms.ModelChoiceField[Meeting]):
    """A meeting, named by its team and its time."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.team.name}, {until(obj.starts_at, obj.ends_at)}"


class BringSnagForm(PortalForm):
    """Which meeting a note is brought to."""

    submit_label = _("Put it on the agenda")

    meeting = MeetingChoiceField(label=_("Which meeting?"), queryset=Meeting.objects.none(), empty_label=None)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.fields["meeting"]
        meeting.queryset = meetings
