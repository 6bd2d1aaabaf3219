"""The form that logs a held meeting: three fields, and no more."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcycle.forms.readers import READ_BY_TEAM
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import DayField, PortalForm
from teams.models.agreements import AGREEMENT_LENGTH


class LogMeetingForm(PortalForm):
    """A day, a tick, and a line that may be left out."""

    submit_label = _("Note the meeting")

    on = DayField(label=_("Day"))
    with_learning_cycle = forms.BooleanField(
        label=_("We used the learning cycle for a learning conversation"), required=False, initial=True
    )
    trial = FreeTextFormField(
        label=_("This is what we try"),
        max_length=AGREEMENT_LENGTH,
        rows=2,
        required=False,
        help_text=READ_BY_TEAM,
    )

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(_("The day has not come yet. Plan the meeting instead."))
        return on
