"""Forms of meetings and rhythms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import Nth, Weekday
from slf_portal.common.forms import ClockSpanForm, TimesForm

_IN_OWN_CALENDAR_HELP = _("Then the portal neither invites to it nor reminds of it.")


class MeetingForm(TimesForm):
    """When the team meets."""

    in_own_calendar = forms.BooleanField(
        label=_("It is already in our own calendar"), required=False, initial=True, help_text=_IN_OWN_CALENDAR_HELP
    )


class RhythmForm(ClockSpanForm):
    """The second Tuesday of the month, 10.00 to 11.00."""

    nth = forms.TypedChoiceField(label=_("Which"), choices=Nth.choices, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=Weekday.choices, coerce=int)
    in_own_calendar = forms.BooleanField(
        label=_("It is already in our own calendar"), required=False, initial=True, help_text=_IN_OWN_CALENDAR_HELP
    )

    field_order = ("nth", "weekday", "begins", "ends", "in_own_calendar")
