"""The forms of what is written during a visit. The page's script sends the same ones."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcycle.models.templates import TITLE_LENGTH
from observations.actions import LineGoneError, TextChangedError
from observations.models import LINE_LENGTH, MOST_COUNTED, NOTE_LENGTH, PrivateNote, VisitFocus
from slf_portal.common.cpr import cpr_numbers
from slf_portal.common.fields import FreeTextFormField, refuse_cpr
from slf_portal.common.forms import PortalForm

# More items than any agenda has.
_MOST_ITEMS = 60


class LineForm(PortalForm):
    """A line. `key` is what the browser knows it by, `said_at` the phone's own time."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    said_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    text = FreeTextFormField(
        label=_("What I see and hear"),
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "class": "form-control"}),
    )

    def __init__(self, *args: Any, foci: Sequence[VisitFocus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.foci = {str(focus.pk): focus for focus in foci}
        # Not a choice that can be wrong: a focus that was taken out meanwhile is no reason to lose a line.
        self.fields["focus"] = forms.CharField(required=False)

    def focus(self) -> VisitFocus | None:
        return self.foci.get(self.cleaned_data["focus"])


class _VersionedForm(PortalForm):
    """A text that another device may have changed: then `changed` says what stands there now, or it `is_gone`."""

    changed: TextChangedError | None = None
    is_gone = False

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        def told() -> object:
            try:
                return act()
            except TextChangedError as changed:
                self.changed = changed
                raise
            except LineGoneError:
                self.is_gone = True
                raise

        done = super().carried_out(told, refused_at=refused_at)
        if self.changed is not None:
            self._show_version(self.changed.version)
        return done


class LineEditForm(_VersionedForm):
    """Another text for a line of one's own."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = FreeTextFormField(label=_("What I see and hear"), max_length=LINE_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, shown_version=0, **kwargs)


class LineKeyForm(PortalForm):
    """Which line."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class PrivateNoteForm(_VersionedForm):
    """What somebody notes for herself."""

    note = FreeTextFormField(
        label=_("Private notes"),
        max_length=NOTE_LENGTH,
        required=False,
        # A paragraph under way ends with a line break, and the browser must find what it sent.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "class": "form-control"}),
    )

    def __init__(self, *args: Any, note: PrivateNote, **kwargs: Any) -> None:
        super().__init__(*args, shown_version=note.version, initial={"note": note.text}, **kwargs)
        self.stored = note

    def asks_about(self, text: str) -> bool:
        """Digits that stand there already have been explained."""
        return bool(cpr_numbers(text) - cpr_numbers(self.stored.text))


class CountsForm(PortalForm):
    """Minutes for each item, by its title, and how many questions were asked."""

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        items: Mapping[str, int | None],
        questions: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        titles = list(_sent_titles(data)) if data is not None else list(items)
        self.count = len(titles)
        for number, title in enumerate(titles):
            self.fields[f"label_{number}"] = forms.CharField(
                widget=forms.HiddenInput, max_length=TITLE_LENGTH, initial=title, validators=[refuse_cpr]
            )
            self.fields[f"minutes_{number}"] = self._number(title, items.get(title))
        self.fields["questions"] = self._number(_("Questions asked"), questions)

    @staticmethod
    def _number(label: Any, initial: int | None) -> forms.IntegerField:
        widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(
            label=label, initial=initial, required=False, min_value=0, max_value=MOST_COUNTED, widget=widget
        )

    def rows(self) -> list[tuple[Any, Any]]:
        """The hidden title and the minutes of each item."""
        return [(self[f"label_{number}"], self[f"minutes_{number}"]) for number in range(self.count)]

    def minutes(self) -> dict[str, int | None]:
        """By title; two items of one title are one."""
        cleaned = self.cleaned_data
        return {cleaned[f"label_{number}"]: cleaned[f"minutes_{number}"] for number in range(self.count)}


def _sent_titles(data: Mapping[str, str]) -> Iterator[str]:
    for number in range(_MOST_ITEMS):
        if f"label_{number}" not in data:
            return
        yield data[f"label_{number}"]
