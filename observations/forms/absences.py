"""The form of an absence."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from observations.rules import Span, is_on_the_clock
from slf_portal.common.dates import at, end_of_day, start_of_day
from slf_portal.common.forms import ClockField, ComingDayField, PortalForm


class AbsenceForm(PortalForm):
    """A day or several; with times a part of them."""

    submit_label = _("Be away then")

    on = ComingDayField(label=_("First day"))
    last_day = ComingDayField(label=_("Last day"), required=False)
    begins = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on, last = cleaned.get("on"), cleaned.get("last_day") or cleaned.get("on")
        if not (on and last) or self.errors:
            return cleaned
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        starts_at = at(on, begins) if begins else start_of_day(on)
        ends_at = at(last, ends) if ends else end_of_day(last)
        self.span = Span(starts_at, ends_at)
        if last < on:
            self.add_error("last_day", _("The last day lies before the first."))
        elif not (is_on_the_clock(starts_at) and is_on_the_clock(ends_at)):
            self.add_error(
                "begins" if not is_on_the_clock(starts_at) else "ends",
                _("That hour does not exist: the clocks go forward that night."),
            )
        elif self.span.length <= dt.timedelta(0):
            self.add_error("ends", _("It ends before it begins."))
        return cleaned
