"""Forms of the target staircase."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import DayField, PortalForm
from teams.models import StaircaseGoal, StaircaseStep
from teams.models.staircase import ACTIVITY_LENGTH, LOOKS_LENGTH, TITLE_LENGTH, VISION_LENGTH, WORDS_LENGTH
from teams.queries import steps_of_goal

MOST_ACTIVITIES = 10


class GoalForm(PortalForm):
    """A goal, the vision it is tied to, and the days it holds."""

    submit_label = _("Save the goal")

    title = FreeTextFormField(label=_("The goal in a sentence"), max_length=TITLE_LENGTH, widget=forms.TextInput())
    vision = FreeTextFormField(label=_("Which vision is it tied to?"), max_length=VISION_LENGTH, rows=3, required=False)
    starts_on = DayField(label=_("Holds from"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("The first day it no longer holds."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The end date lies before the start date."))
        return cleaned


class StepForm(PortalForm):
    """A step, what it looks like to stand there, and the activities that lead there."""

    submit_label = _("Save the step")

    title = FreeTextFormField(label=_("The step in a sentence"), max_length=TITLE_LENGTH, widget=forms.TextInput())
    looks_like = FreeTextFormField(
        label=_("What does it look like when we stand here?"), max_length=LOOKS_LENGTH, rows=4, required=False
    )
    activities = FreeTextFormField(
        label=_("Activities"),
        max_length=MOST_ACTIVITIES * ACTIVITY_LENGTH,
        rows=5,
        required=False,
        help_text=_("What we do to come to stand here. One on each line."),
    )

    def clean_activities(self) -> str:
        text: str = self.cleaned_data["activities"]
        lines = _lines(text)
        if len(lines) > MOST_ACTIVITIES:
            raise ValidationError(_("At most %(most)d activities on a step.") % {"most": MOST_ACTIVITIES})
        for line in lines:
            if len(line) > ACTIVITY_LENGTH:
                told = {"line": Truncator(line).chars(40), "most": ACTIVITY_LENGTH}
                raise ValidationError(_("“%(line)s” is too long: at most %(most)d characters on a line.") % told)
        return text

    def activity_lines(self) -> list[str]:
        """The lines that say something, each once."""
        return _lines(self.cleaned_data["activities"])


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))


class StepField(forms.ModelChoiceField[StaircaseStep]):
    """One of a goal's steps, named with its place."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.position}. {obj.title}"


class StaircaseWordForm(PortalForm):
    """Where a team stands, in its own words."""

    submit_label = _("Save our words")

    where_text = FreeTextFormField(label=_("Where do we stand?"), max_length=WORDS_LENGTH, rows=5)
    next_text = FreeTextFormField(label=_("What is next for us?"), max_length=WORDS_LENGTH, rows=3, required=False)
    step = StepField(
        StaircaseStep.objects.none(),
        label=_("Which step is it most like?"),
        required=False,
        empty_label=_("No step in particular"),
        error_messages={
            "invalid_choice": _("The step has been taken out, or is of another goal. Choose again; your text is kept.")
        },
    )

    def __init__(self, *args: Any, goal: StaircaseGoal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["step"]
        choice.queryset = steps_of_goal(goal, today())
