"""Fields that carry what stood there when the page was opened: two may write at once, and nothing is lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from slf_portal.common.fields import plain_lines
from slf_portal.common.forms import PortalForm
from teams.actions import Writing


class TwinForm(PortalForm):
    """A form whose fields each have a hidden twin `was_<name>`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues: dict[str, str] = {}
        self.names: list[str] = []

    def add_twins(self, names: Iterable[str]) -> None:
        self.names = list(names)
        for name in self.names:
            stood = self.get_initial_for_field(self.fields[name], name)
            self.fields[_was(name)] = forms.CharField(
                widget=forms.HiddenInput, required=False, strip=False, initial=_as_text(stood)
            )
        self._place_not_cpr()

    def writings(self) -> dict[str, Writing]:
        """What was written, by the field's name."""
        return {
            name: Writing(_as_text(self.cleaned_data[name]), plain_lines(self.cleaned_data[_was(name)]))
            for name in self.names
        }

    def show_colleagues(self, stored: Mapping[str, str]) -> None:
        """Show beside her own text what someone else wrote; saved again, hers stands in its place."""
        renewed: MultiValueDict[str, Any] = MultiValueDict()
        renewed.update(self.data)
        for name, writing in self.writings().items():
            renewed[_was(name)] = stored.get(name, writing.text)
        for name, text in stored.items():
            self.colleagues[name] = self._in_words(name, text)
            self.add_error(name, _("A colleague has written here meanwhile. Put together what is to stand."))
        self.data = renewed

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each field, the hidden one beside it, and what a colleague wrote meanwhile."""
        return [
            {"field": self[name], "was": self[_was(name)], "colleague": self.colleagues.get(name)}
            for name in self.names
        ]

    def _in_words(self, name: str, text: str) -> str:
        """What stands there, as it is read: a choice by its label."""
        field = self.fields[name]
        if text and isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            return {str(value): str(label) for value, label in choices}.get(text, text)
        return text


def _was(name: str) -> str:
    return f"was_{name}"


def _as_text(value: Any) -> str:
    """As it is stored: text, or the id of a row."""
    return "" if value is None else str(getattr(value, "pk", value))
