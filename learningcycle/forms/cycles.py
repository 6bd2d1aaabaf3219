"""Forms of learning cycles."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learningcycle.enums import DataKind, Decision, EntryKind
from learningcycle.forms.twins import TwinForm
from learningcycle.models import TemplateVersion
from learningcycle.models.cycles import (
    CYCLE_TITLE_LENGTH,
    ENTRY_LENGTH,
    EVALUATION_LENGTH,
    FOCUS_LENGTH,
    GOAL_LENGTH,
    LEARNING_LENGTH,
)
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm
from teams.forms import AgreementForm
from teams.models import StaircaseStep

READ_BY_TEAM = _("The team and your resource person. The leader cannot see it in the portal. No names of children.")
READ_BY_LEADER_TOO = _("The leader can see it too.")
LINE_LENGTH, SOURCE_LENGTH = 80, 120


def _line(label: Any, length: int = LINE_LENGTH, **kwargs: Any) -> FreeTextFormField:
    return FreeTextFormField(label=label, max_length=length, widget=forms.TextInput(), **kwargs)


def _title() -> FreeTextFormField:
    help_text = _("The leader and those who support the team can see it.")
    return _line(_("What do you call it?"), CYCLE_TITLE_LENGTH, help_text=help_text)


def _focus() -> FreeTextFormField:
    return FreeTextFormField(
        label=_("What is in focus, in one sentence?"),
        max_length=FOCUS_LENGTH,
        rows=2,
        required=False,
        help_text=READ_BY_TEAM,
    )


def _learning(label: Any) -> FreeTextFormField:
    return FreeTextFormField(label=label, max_length=LEARNING_LENGTH, rows=3, required=False, help_text=READ_BY_TEAM)


class BeginCycleForm(PortalForm):
    """A title, how to go about it, and the focus where the team knows it already."""

    submit_label = _("Begin the learning cycle")

    title = _title()
    focus = _focus()
    template = forms.TypedChoiceField(label=_("How do you want to work?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[TemplateVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {version.pk: version for version in offered}
        choice: Any = self.fields["template"]
        choice.choices = [(version.pk, version.title) for version in offered]

    def chosen(self) -> TemplateVersion:
        return self.offered[self.cleaned_data["template"]]

    def templates(self) -> list[dict[str, Any]]:
        """For the page: each choice, and the template it stands for."""
        rows: Any = self["template"]
        return [
            {"choice": choice, "version": version} for choice, version in zip(rows, self.offered.values(), strict=True)
        ]


class GoalStepField(forms.ModelChoiceField[StaircaseStep]):
    """A step of the unit's staircase, named with its goal."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.goal.title}: {obj.position}. {obj.title}"


# The parts of a cycle that are written by themselves: the word in the address, and the fields.
PARTS = {
    "fokus": ("title", "focus"),
    "maal": ("goal", "goal_step"),
    "evaluering": ("evaluation", "learning"),
}


class CycleForm(TwinForm):
    """What is written about a cycle as a whole, or one part of it."""

    title = _title()
    focus = _focus()
    goal = FreeTextFormField(
        label=_("What do you want to achieve?"),
        max_length=GOAL_LENGTH,
        rows=3,
        required=False,
        help_text=READ_BY_LEADER_TOO,
    )
    goal_step = GoalStepField(
        StaircaseStep.objects.none(),
        label=_("Which step of the unit's staircase does it lead to?"),
        required=False,
        empty_label=_("No step in particular"),
        help_text=READ_BY_LEADER_TOO,
        error_messages={
            "invalid_choice": _("The step has been taken out of the staircase. Choose again; your text is kept.")
        },
    )
    evaluation = FreeTextFormField(
        label=_("How did it go?"), max_length=EVALUATION_LENGTH, rows=6, required=False, help_text=READ_BY_TEAM
    )
    learning = _learning(_("What did you learn?"))

    def __init__(self, *args: Any, part: str, steps: QuerySet[StaircaseStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step: Any = self.fields["goal_step"]
        step.queryset = steps
        shown = PARTS.get(part) or [name for names in PARTS.values() for name in names]
        for name in {name for names in PARTS.values() for name in names} - set(shown):
            del self.fields[name]
        self.add_twins(shown)


# By kind: what is asked, what helps to answer it, and how many lines there is room for at first.
_ASKED: dict[EntryKind, tuple[Any, Any, int]] = {
    EntryKind.DATA: (
        _("What do you see and hear?"),
        _("Describe it without judging or explaining. Of groups, and of three children or more."),
        5,
    ),
    EntryKind.INTERPRETATION: (
        _("How can it be understood?"),
        _("One way to understand it. Write several: your own share in it too, and what you disagree on."),
        4,
    ),
    EntryKind.SIGN: (_("What sign do you look for?"), _("Something you can see or hear when you are on the way."), 2),
    EntryKind.LOG: (_("What did you do, and what did you notice?"), _("A line or two is enough."), 4),
}
_OF_DATA = ("data_kind", "period", "group", "source")


class EntryForm(TwinForm):
    """A line of a cycle; of data also what it is, from when, about whom and where it comes from."""

    kind = forms.TypedChoiceField(choices=EntryKind.choices, coerce=EntryKind, widget=forms.HiddenInput)
    text = FreeTextFormField(label="", max_length=ENTRY_LENGTH)
    data_kind = forms.ChoiceField(
        label=_("What kind of data is it?"),
        choices=[("", _("Not chosen")), *((kind.value, capfirst(kind.label)) for kind in DataKind)],
        required=False,
    )
    period = _line(_("From when?"), required=False, help_text=_("As “weeks 40 to 44”."))
    group = _line(
        _("About which group?"), required=False, help_text=_("As “5th form” or “about half of the youngest”.")
    )
    source = _line(_("Where does it come from?"), SOURCE_LENGTH, required=False)

    def __init__(self, *args: Any, kind: EntryKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = kind
        label, help_text, rows = _ASKED[kind]
        self.fields["text"].label, self.fields["text"].help_text = label, help_text
        self.fields["text"].widget.attrs["rows"] = rows
        if kind is not EntryKind.DATA:
            for name in _OF_DATA:
                del self.fields[name]
        self.add_twins(name for name in ("text", *_OF_DATA) if name in self.fields)

    def texts(self) -> dict[str, str]:
        return {name: writing.text for name, writing in self.writings().items()}


class TrialActionForm(AgreementForm):
    """What is tried, by whom and until when."""

    submit_label = _("Save the trial action")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What do you try, on how small a scale?")


class PhaseForm(PortalForm):
    """The button that leads to a phase, by its number."""

    to = forms.IntegerField()


class CloseCycleForm(TwinForm):
    """What was learned, what becomes of what was tried, and whether others may hear of it."""

    submit_label = _("Close the learning cycle")

    learning = _learning(_("What did you learn? One line is enough."))
    decision = forms.ChoiceField(
        label=_("What becomes of what you tried?"),
        choices=[(decision.value, capfirst(decision.label)) for decision in Decision],
        widget=forms.RadioSelect,
        required=False,
    )
    is_shared = forms.BooleanField(
        label=_("Share with others"),
        required=False,
        help_text=_("Marks what you learned as worth sharing. Nothing is sent, and nobody new can see it yet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_twins(["learning"])
