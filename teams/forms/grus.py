"""Forms of a GRUS: finding its day, its questions, and what each one prepares for herself."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import ClockField, DayField, PortalForm
from teams.actions import GrusTime, QuestionWriting
from teams.enums import GrusTheme
from teams.models import GrusQuestion
from teams.models.grus import LINE_LENGTH, MOST_QUESTIONS, PREPARATION_LENGTH, QUESTION_LENGTH

_READERS = _("The team, its resource persons and its leaders can read it. No names of children.")


class GrusTimeForm(PortalForm):
    """The day of a GRUS, and from when to when where that is known."""

    submit_label = _("Plan the GRUS")

    on = DayField(label=_("Day"))
    begins = ClockField(label=_("Begins"), required=False)
    ends = ClockField(label=_("Ends"), required=False)

    field_order: Iterable[str] | None = ("on", "begins", "ends")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if ends and not begins and "begins" not in self.errors:
            self.add_error("begins", _("Say when it begins as well."))
        elif begins and ends and ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        return cleaned

    def time(self) -> GrusTime:
        return GrusTime(self.cleaned_data["on"], self.cleaned_data["begins"], self.cleaned_data["ends"])


class MoveGrusForm(GrusTimeForm):
    submit_label = _("Move the GRUS")


class ProposeGrusForm(GrusTimeForm):
    """A day that someone else is to say yes to, and a line to her."""

    submit_label = _("Propose the day")

    line = FreeTextFormField(
        label=_("A line with it"), max_length=LINE_LENGTH, rows=2, required=False, help_text=_READERS
    )

    field_order = ("on", "begins", "ends", "line")


class CancelGrusForm(PortalForm):
    submit_label = _("Cancel the GRUS")

    reason = FreeTextFormField(label=_("Why, in a line"), max_length=LINE_LENGTH, rows=2, help_text=_READERS)


class GrusPreparationForm(PortalForm):
    """What one person notes for herself."""

    submit_label = _("Save my notes")

    text = FreeTextFormField(
        label=_("My notes"),
        max_length=PREPARATION_LENGTH,
        rows=8,
        required=False,
        help_text=_("Only you can read them. They are deleted when the GRUS is held or cancelled."),
    )


class GrusQuestionsForm(PortalForm):
    """At most five questions, each with how it stood when the page was opened."""

    submit_label = _("Save the questions")

    def __init__(
        self,
        *args: Any,
        questions: list[GrusQuestion],
        mine: Mapping[int, QuestionWriting] | None = None,
        colleagues: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`mine` and `colleagues`: what she wrote, and someone else meanwhile, where the two are to be put together."""
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues or {}
        stored = {question.position: question for question in questions}
        for place in range(1, MOST_QUESTIONS + 1):
            shown: Any = (mine or {}).get(place) or stored.get(place)
            self.fields[f"text_{place}"] = FreeTextFormField(
                label=_("Question %(number)s") % {"number": place},
                max_length=QUESTION_LENGTH,
                rows=2,
                required=False,
                initial=shown.text if shown else "",
            )
            self.fields[f"theme_{place}"] = forms.ChoiceField(
                label=_("Theme"), choices=GrusTheme.choices, initial=shown.theme if shown else _usual_theme(place)
            )
            stood = stored[place].as_it_stands if place in stored else ""
            self.fields[f"was_{place}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, strip=False, initial=stood
            )
        self._place_not_cpr()

    def writings(self) -> dict[int, QuestionWriting]:
        """What was written, by its place."""
        return {
            place: QuestionWriting(
                self.cleaned_data[f"theme_{place}"],
                as_stored(self.cleaned_data[f"text_{place}"]),
                as_stored(self.cleaned_data[f"was_{place}"]),
            )
            for place in range(1, MOST_QUESTIONS + 1)
        }

    def put_together(self, questions: list[GrusQuestion], theirs: Mapping[int, str]) -> Self:
        """The page again as it stands now, with both texts where two have written; saved again, hers stands."""
        mine = {place: self.writings()[place] for place in theirs}
        return type(self)(questions=questions, mine=mine, colleagues=theirs)

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each question's fields, and what a colleague wrote meanwhile."""
        return [
            {
                "text": self[f"text_{place}"],
                "theme": self[f"theme_{place}"],
                "was": self[f"was_{place}"],
                "colleague": self.colleagues.get(place),
            }
            for place in range(1, MOST_QUESTIONS + 1)
        ]


def as_stored(text: str) -> str:
    """The text with the line ends that are stored: a browser sends others."""
    return text.replace("\r\n", "\n")


def _usual_theme(place: int) -> GrusTheme:
    """The first question looks back, the last one ahead."""
    return {1: GrusTheme.YEAR_PASSED, MOST_QUESTIONS: GrusTheme.YEAR_TO_COME}.get(place, GrusTheme.WORK)
