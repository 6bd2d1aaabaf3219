"""Forms of the team contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm
from teams.actions import Writing
from teams.models.contracts import KEY_LINE_LENGTH, SECTION_LENGTH
from teams.queries import Heading


class ContractForm(PortalForm):
    """The sections of a contract, each with what stood there when the page was opened."""

    submit_label = _("Save the draft")

    def __init__(self, *args: Any, headings: Sequence[Heading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [heading.key for heading in headings]
        self.colleagues: dict[int, str] = {}
        for heading in headings:
            self.fields[_text(heading.key)] = FreeTextFormField(
                label=heading.title,
                help_text=heading.help_text,
                max_length=SECTION_LENGTH,
                required=False,
                initial=heading.text,
            )
            self.fields[_was(heading.key)] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=heading.text
            )
        self._place_not_cpr()

    def writings(self) -> dict[int, Writing]:
        """What was written, by the section's key."""
        return {
            key: Writing(_lines(self.cleaned_data[_text(key)]), _lines(self.cleaned_data[_was(key)]))
            for key in self.keys
        }

    def show_colleagues(self, stored: Mapping[int, str]) -> None:
        """Show beside her own text what someone else wrote; saved again, hers stands in its place."""
        renewed: MultiValueDict[str, Any] = MultiValueDict()
        renewed.update(self.data)
        for key, writing in self.writings().items():
            renewed[_was(key)] = stored.get(key, writing.text)
        for key, text in stored.items():
            self.colleagues[key] = text
            self.add_error(_text(key), _("A colleague has written here meanwhile. Put together what is to stand."))
        self.data = renewed

    def sections(self) -> list[dict[str, Any]]:
        """For the page: each section's field, the hidden one beside it, and what a colleague wrote meanwhile."""
        return [
            {"field": self[_text(key)], "was": self[_was(key)], "colleague": self.colleagues.get(key)}
            for key in self.keys
        ]


def _text(key: int) -> str:
    return f"text_{key}"


def _was(key: int) -> str:
    return f"was_{key}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


class PutInForceForm(PortalForm):
    """The two lines that stand at the start of every meeting."""

    submit_label = _("Put it in force today")

    first_line = FreeTextFormField(
        label=_("A line to begin every meeting with"), max_length=KEY_LINE_LENGTH, rows=2, required=False
    )
    second_line = FreeTextFormField(label=_("And one more"), max_length=KEY_LINE_LENGTH, rows=2, required=False)
