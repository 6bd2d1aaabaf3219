"""The form that hands a leader's tasks over to a stand-in."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months, today
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import DayField, PortalForm
from teams.enums import StandInTask
from teams.models.standins import REASON_LENGTH

LONGEST_MONTHS = 12


class StandInForm(PortalForm):
    """Who, which tasks, from when and until when."""

    submit_label = _("Hand the tasks over")

    person = forms.ModelChoiceField(label=_("Who stands in"), queryset=User.objects.none(), empty_label=_("Choose"))
    tasks = forms.MultipleChoiceField(
        label=_("What she may do"), choices=StandInTask.choices, widget=forms.CheckboxSelectMultiple
    )
    starts_on = DayField(label=_("From"), initial=today)
    last_day = DayField(label=_("To and including"), help_text=_("At most a year."))
    reason = FreeTextFormField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        rows=2,
        required=False,
        help_text=_('For example "while I am at a course". The unit\'s leaders and the stand-in can read it.'),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, last_day = cleaned.get("starts_on"), cleaned.get("last_day")
        if last_day and last_day < today():
            self.add_error("last_day", _("The day has passed."))
        elif starts_on and last_day and last_day < starts_on:
            self.add_error("last_day", _("It ends before it begins."))
        elif starts_on and last_day and self.ends_on() > add_months(starts_on, LONGEST_MONTHS):
            self.add_error("last_day", _("Choose a day within a year. You can hand the tasks over again."))
        return cleaned

    def ends_on(self) -> dt.date:
        """The first day the tasks are no longer hers."""
        return self.cleaned_data["last_day"] + dt.timedelta(days=1)  # type: ignore[no-any-return]
