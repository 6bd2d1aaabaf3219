"""Forms of units: their rhythm, and asking for sparring."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm
from teams.enums import Promise, every_months
from teams.models.support import SUPPORT_TEXT_LENGTH
from teams.queries import TermsByPromise

NOT_AGREED = "0"
# The rhythms a unit can agree on, in months.
INTERVALS: dict[Promise, tuple[int, ...]] = {
    Promise.MEETING: (1, 2, 3),
    Promise.CONTRACT: (12, 6, 24),
    Promise.GRUS: (12, 6, 24),
    Promise.VISIT: (3, 2, 4, 6),
}


class TermsForm(PortalForm):
    """How often each promise is to be kept; "not agreed" is an answer as well."""

    submit_label = _("Choose the rhythm")

    def __init__(self, *args: Any, agreed: TermsByPromise, inherited: TermsByPromise, **kwargs: Any) -> None:
        months = {promise.value: terms.interval_months for promise, terms in agreed.items()}
        super().__init__(*args, initial=months, **kwargs)
        for promise in Promise:
            choices: list[tuple[str, Any]] = [
                (str(months), every_months(months)) for months in _intervals(promise, agreed)
            ]
            if promise not in inherited:
                choices.append((NOT_AGREED, _("Not agreed")))
            self.fields[promise.value] = forms.ChoiceField(
                label=capfirst(promise.label), choices=choices, initial=NOT_AGREED
            )

    def intervals(self) -> dict[Promise, int | None]:
        """The months between, for each promise; None is not agreed."""
        return {promise: int(self.cleaned_data[promise.value]) or None for promise in Promise}


def _intervals(promise: Promise, agreed: TermsByPromise) -> list[int]:
    """The rhythms on offer, with the one in force even when it is not one of ours."""
    current = agreed.get(promise)
    return sorted({*INTERVALS[promise], *([current.interval_months] if current else [])})


class SupportForm(PortalForm):
    """One sentence to the learning partner."""

    submit_label = _("Send to the learning partner")

    text = FreeTextFormField(
        label=_("What would help you?"),
        max_length=SUPPORT_TEXT_LENGTH,
        rows=3,
        help_text=_(
            "In a sentence. The unit's learning partner and the central section can read it. No names of children."
        ),
    )
