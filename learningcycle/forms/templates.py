"""Forms of templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import AgendaPart, PhaseRule, TemplateKind
from learningcycle.models import TemplateVersion
from learningcycle.models.templates import (
    DESCRIPTION_LENGTH,
    MOST_MINUTES,
    MOST_STEPS,
    QUESTION_LENGTH,
    SOURCE_LENGTH,
    TITLE_LENGTH,
)
from learningcycle.queries import StepWords, TemplateWords
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import FilterForm, PortalForm
from teams.models import Unit

# A full template has room for a new step while another is taken out.
EMPTY_ROWS = 2
ROWS = range(1, MOST_STEPS + EMPTY_ROWS + 1)


class TemplateFilterForm(FilterForm):
    """What the templates are of."""

    kind = forms.ChoiceField(label=_("What it is for"), choices=[("", _("cycles and agendas")), *TemplateKind.choices])

    @property
    def chosen(self) -> str:
        """The valid choice; one that is not valid counts as not chosen and is told at its field."""
        self.full_clean()
        return str(self.cleaned_data.get("kind", ""))


class UnitChoiceField(forms.ModelChoiceField[Unit]):
    """A unit, a department named with what it is a part of."""

    def label_from_instance(self, unit: Any) -> str:
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


class TemplateCopyForm(PortalForm):
    """Which unit gets the copy, and what it is called there."""

    submit_label = _("Make the copy")

    unit = UnitChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    title = FreeTextFormField(label=_("Title"), max_length=TITLE_LENGTH, widget=forms.TextInput)

    def __init__(self, *args: Any, units: QuerySet[Unit], title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["unit"]
        choice.queryset = units
        first_two = list(units[:2])
        if len(first_two) == 1:
            choice.initial, choice.empty_label = first_two[0], None
        self.fields["title"].initial = title


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the page: a step's words, its place, and the tick that takes it out."""

    number: int
    words: list[BoundField]
    place: BoundField
    remove: BoundField

    @property
    def says_something(self) -> bool:
        return any(field.value() for field in self.words)


class TemplateForm(PortalForm):
    """Everything a template says, on one page: each step a row with its place, and a few rows for new ones."""

    submit_label = _("Save as a new version")

    title = FreeTextFormField(label=_("Title"), max_length=TITLE_LENGTH, widget=forms.TextInput)
    description = FreeTextFormField(label=_("When it is good"), max_length=DESCRIPTION_LENGTH, rows=2, required=False)
    source = FreeTextFormField(
        label=_("Whose idea it is"), max_length=SOURCE_LENGTH, required=False, widget=forms.TextInput
    )

    def __init__(self, *args: Any, latest: TemplateVersion, words: TemplateWords, **kwargs: Any) -> None:
        super().__init__(*args, shown_version=latest.number, **kwargs)
        self.is_agenda = latest.template.is_agenda
        # Someone made a version after the page was opened: what stands now is shown beside what is typed.
        self.is_stale = self.is_bound and self.data.get("version") != str(latest.number)
        for name in ("title", "description", "source"):
            self.fields[name].initial = getattr(words, name)
        for number in ROWS:
            stored = words.steps[number - 1] if number <= len(words.steps) else None
            self._add_row(number, stored)
        self._place_not_cpr()

    def _add_row(self, number: int, stored: StepWords | None) -> None:
        fields = {**_ROW, **(_OF_AN_ITEM if self.is_agenda else _OF_A_PHASE)}
        for name, make in fields.items():
            field = self.fields[f"{name}_{number}"] = make()
            field.initial = getattr(stored, name, None)
        if stored:
            self.fields[f"place_{number}"].initial = number

    def clean(self) -> dict[str, Any]:
        for number in ROWS:
            if self.cleaned_data.get(f"remove_{number}"):
                self._forget(number)
        cleaned = super().clean()
        for number in self._filled(cleaned):
            if not cleaned.get(f"title_{number}") and f"title_{number}" not in self.errors:
                self.add_error(f"title_{number}", _("Give it a title, or take it out."))
            if self.is_agenda and not cleaned.get(f"minutes_{number}") and f"minutes_{number}" not in self.errors:
                self.add_error(f"minutes_{number}", _("Say how many minutes it takes."))
        return cleaned

    def _forget(self, number: int) -> None:
        """What is taken out needs no correcting first."""
        for name in (f"place_{number}", *self._names(number)):
            self.cleaned_data.pop(name, None)
            self.errors.pop(name, None)

    def _names(self, number: int) -> list[str]:
        """The fields that say something about the step."""
        of_its_kind = _OF_AN_ITEM if self.is_agenda else _OF_A_PHASE
        return [f"{name}_{number}" for name in ("title", "question", *of_its_kind)]

    def _filled(self, cleaned: dict[str, Any]) -> list[int]:
        """The rows in which something stands, right or wrong."""
        return [
            number for number in ROWS if any(cleaned.get(name) or name in self.errors for name in self._names(number))
        ]

    def words(self) -> TemplateWords:
        """What was written, the steps in the order that was asked for."""
        sent = self.cleaned_data
        wanted = [(number, sent.get(f"place_{number}")) for number in self._filled(sent)]
        steps = tuple(
            StepWords(**{name.rpartition("_")[0]: sent[name] for name in self._names(number)})
            for number in in_wanted_order(wanted)
        )
        return TemplateWords(sent["title"], sent["description"], sent["source"], steps)

    @property
    def of_the_whole(self) -> list[BoundField]:
        return [self[name] for name in ("title", "description", "source")]

    @property
    def open_rows(self) -> list[StepRow]:
        """The rows in which something stands, and a few empty ones."""
        return self._rows[: self._open_count]

    @property
    def waiting_rows(self) -> list[StepRow]:
        """The other empty rows."""
        return self._rows[self._open_count :]

    @cached_property
    def _rows(self) -> list[StepRow]:
        return [
            StepRow(
                number, [self[name] for name in self._names(number)], self[f"place_{number}"], self[f"remove_{number}"]
            )
            for number in ROWS
        ]

    @cached_property
    def _open_count(self) -> int:
        return max((row.number for row in self._rows if row.says_something), default=0) + EMPTY_ROWS


def in_wanted_order(rows: Sequence[tuple[int, int | None]]) -> list[int]:
    """The rows' numbers in the order asked for. A row is its number and the place written in it, None for none.

    A row whose place was not touched keeps its turn; the others are put in at the place they ask for, which thus is
    theirs in the end.
    """
    order = [number for number, place in rows if place in {None, number}]
    moved = sorted((place, number) for number, place in rows if place is not None and place != number)
    for place, number in moved:
        order.insert(place - 1, number)
    return order


def _number(label: Any, most: int, rule: Any) -> forms.IntegerField:
    told = dict.fromkeys(("invalid", "min_value", "max_value"), rule)
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, error_messages=told)


def _select(label: Any, nothing: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", nothing), *choices], required=False)


def _prose(label: Any) -> FreeTextFormField:
    return FreeTextFormField(label=label, max_length=QUESTION_LENGTH, rows=2, required=False)


# The fields of a row by name, without its number.
_ROW: dict[str, Any] = {
    "place": lambda: _number(_("Place"), 99, _("Write a number between 1 and 99.")),
    "remove": lambda: forms.BooleanField(label=_("Take it out"), required=False),
    "title": lambda: FreeTextFormField(
        label=_("Title"), max_length=TITLE_LENGTH, required=False, widget=forms.TextInput
    ),
    "question": lambda: _prose(_("Questions that help")),
}
_OF_A_PHASE: dict[str, Any] = {
    "to_write": lambda: _prose(_("What is written down")),
    "rule": lambda: _select(_("Before the phase is left"), _("nothing in particular"), PhaseRule.choices),
}
_OF_AN_ITEM: dict[str, Any] = {
    "minutes": lambda: _number(_("Minutes"), MOST_MINUTES, _("An item takes between 1 and 240 minutes.")),
    "part": lambda: _select(_("Beside it stands"), _("nothing in particular"), AgendaPart.choices),
}
