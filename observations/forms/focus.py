"""The form of what is agreed before a visit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from observations.models import FOCUS_LENGTH, VisitFocus, VisitPreparation
from observations.queries import Suggestion
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm

PLACES = ("first", "second")


class FocusForm(PortalForm):
    """At most two things to look at. A suggestion that is pressed is put into the first place that is free."""

    first = FreeTextFormField(label=_("First focus"), max_length=FOCUS_LENGTH, rows=2, required=False)
    second = FreeTextFormField(label=_("Second focus"), max_length=FOCUS_LENGTH, rows=2, required=False)
    may_count = forms.BooleanField(
        label=_("Agreed to count"),
        required=False,
        help_text=_("Minutes per item of the agenda and the number of questions, never per person."),
    )

    def __init__(
        self, *args: Any, preparation: VisitPreparation, foci: Sequence[VisitFocus], data: Any = None, **kwargs: Any
    ) -> None:
        stands = {PLACES[focus.position - 1]: focus.text for focus in foci}
        initial = {**stands, "may_count": preparation.may_count}
        super().__init__(data, *args, shown_version=preparation.version, initial=initial, **kwargs)

    @property
    def copies(self) -> str | None:
        """Which suggestion was pressed, as the form has it."""
        return self.data.get("copy") if self.is_bound else None

    def copy(self, suggestions: Sequence[Suggestion]) -> bool:
        """Put the suggestion that was pressed into a free place, to be saved or changed; False where none is free."""
        number = self.copies or ""
        chosen = suggestions[int(number)].text if number in map(str, range(len(suggestions))) else ""
        free = next((name for name in PLACES if not self.data.get(name, "").strip()), None)
        if chosen in {self.data.get(name) for name in PLACES}:
            return True
        if free is None:
            return False
        renewed: MultiValueDict[str, Any] = MultiValueDict()
        renewed.update(self.data)
        renewed[free] = chosen
        self.data = renewed
        return True

    def texts(self) -> list[str]:
        return [self.cleaned_data[name] for name in PLACES]
