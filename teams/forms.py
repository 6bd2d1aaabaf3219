"""Forms of units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from slf_portal.common.forms import FreeTextFormField, PortalForm
from teams.enums import Promise, every_months
from teams.models.support import SUPPORT_TEXT_LENGTH

# The rhythms a unit can agree on, in months; the first of each is the fundament's own.
INTERVALS: dict[Promise, tuple[int, ...]] = {
    Promise.MEETING: (1, 2, 3),
    Promise.CONTRACT: (12, 6, 24),
    Promise.GRUS: (12, 6, 24),
    Promise.VISIT: (3, 2, 4, 6),
}


class TermsForm(PortalForm):
    """How often each promise is to be kept; "not agreed" is an answer as well."""

    submit_label = _("Choose the rhythm")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for promise in Promise:
            self.fields[promise.value] = forms.TypedChoiceField(
                label=promise.label.capitalize(),
                choices=[*((months, every_months(months)) for months in INTERVALS[promise]), ("", _("Not agreed"))],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def intervals(self) -> dict[Promise, int | None]:
        """The months between, for each promise; None is not agreed."""
        return {promise: self.cleaned_data[promise.value] for promise in Promise}


class SupportForm(PortalForm):
    """One sentence to the learning partner."""

    submit_label = _("Send to the learning partner")

    text = FreeTextFormField(
        label=_("What would help you?"),
        max_length=SUPPORT_TEXT_LENGTH,
        rows=3,
        help_text=_("In a sentence. The unit's learning partner and the central section can read it. No names of children."),
    )
