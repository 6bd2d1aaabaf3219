"""The form that closes a conversation: what we try and when we meet; all else is offered."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learningcycle.actions import CycleNews, Ending, GoalChangedError, GoalWriting, NextTime, Trial
from learningcycle.forms.readers import READ_BY_TEAM
from learningcycle.models import Cycle
from learningcycle.models.cycles import ENTRY_LENGTH, GOAL_LENGTH, LEARNING_LENGTH
from learningcycle.queries import Closing, people_of_meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import COPENHAGEN, at, today
from slf_portal.common.fields import FreeTextFormField, plain_lines
from slf_portal.common.forms import ClockField, DayField, FilterForm, PortalForm
from slf_portal.common.templatetags.portal import sentence, until
from teams.models.agreements import AGREEMENT_LENGTH
from teams.queries import possible_owners

TRIALS = (1, 2, 3)
SIGNS = (1, 2)
MOST_PRESENT = 200
PLANNED, OTHER, LATER = "planned", "other", "later"

_LEADER_SEES_IT = _("The leader can see it.")
_TEXT = {"required": False, "rows": 2}


class CloseMeetingForm(PortalForm):
    """How the conversation ended. Nothing in it is saved before everything is."""

    submit_label = _("Close the conversation")

    nothing_new = forms.BooleanField(label=_("We try nothing new this time"), required=False)
    next_meeting = forms.ChoiceField(
        label=_("When do we meet?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("That meeting is not planned any more. Choose again.")},
    )
    next_on = DayField(label=_("Day"), required=False)
    next_begins = ClockField(label=_("Begins"), required=False)
    next_ends = ClockField(label=_("Ends"), required=False)
    with_learning_cycle = forms.BooleanField(
        label=_("We used the learning cycle"),
        required=False,
        help_text=_("Then it counts as the month's learning conversation. The leader can see it."),
    )
    goal = FreeTextFormField(
        label=_("The goal of the learning cycle"), max_length=GOAL_LENGTH, help_text=_LEADER_SEES_IT, **_TEXT
    )
    goal_was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    phase = forms.ChoiceField(
        label=_("Where is the learning cycle now?"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_LEADER_SEES_IT,
    )
    next_focus_person = forms.ModelChoiceField(
        label=_("Focus person next time"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=READ_BY_TEAM,
    )
    learning = FreeTextFormField(
        label=_("What did we learn today? One line is enough."), max_length=LEARNING_LENGTH, **_TEXT
    )
    how_it_went = FreeTextFormField(label=_("How did the conversation go?"), max_length=LEARNING_LENGTH, **_TEXT)
    disagreement = FreeTextFormField(label=_("What are we not agreed on yet?"), max_length=LEARNING_LENGTH, **_TEXT)
    present_count = forms.IntegerField(
        label=_("How many were here?"), required=False, min_value=1, max_value=MOST_PRESENT, help_text=_LEADER_SEES_IT
    )
    present = forms.ModelMultipleChoiceField(
        label=_("Who was here?"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only the team and your resource person see the names. They are deleted after 12 months."),
    )
    hint_shown = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, closing: Closing, **kwargs: Any) -> None:
        conversation = closing.conversation
        super().__init__(*args, shown_version=conversation.version if conversation else 0, **kwargs)
        self.closing = closing
        self.colleague_goal: str | None = None
        self._add_trials()
        self._fill_next_meeting()
        self._fill_cycle(closing.cycle)
        self._fill_rest()
        self._place_not_cpr()

    def _add_trials(self) -> None:
        owners = possible_owners(self.closing.meeting.team, today())
        day = self.closing.following.on if self.closing.following else self.closing.free_day
        for number in TRIALS:
            self.fields[f"what_{number}"] = FreeTextFormField(
                label=_("What we try"), max_length=AGREEMENT_LENGTH, **_TEXT
            )
            self.fields[f"who_{number}"] = forms.ModelChoiceField(
                label=_("Who does it?"), queryset=owners, required=False, empty_label=_("The team")
            )
            self.fields[f"by_{number}"] = DayField(label=_("By when?"), required=False, initial=day)

    def _fill_next_meeting(self) -> None:
        following, meeting = self.closing.following, self.closing.meeting
        field: Any = self.fields["next_meeting"]
        planned = [(PLANNED, sentence(until(following.starts_at, following.ends_at)))] if following else []
        field.choices = [*planned, (OTHER, _("Another time, which we plan now")), (LATER, _("We agree on it later"))]
        if following:
            field.initial = PLANNED
        elif self.closing.free_day:
            field.initial = OTHER
            self.fields["next_on"].initial = self.closing.free_day
        begins, ends = (moment.astimezone(COPENHAGEN).time() for moment in (meeting.starts_at, meeting.ends_at))
        self.fields["next_begins"].initial, self.fields["next_ends"].initial = begins, ends
        self.fields["with_learning_cycle"].initial = meeting.is_planned or meeting.with_learning_cycle

    def _fill_cycle(self, cycle: Cycle | None) -> None:
        following = self.closing.next_phase
        if cycle is None or following is None:
            del self.fields["phase"]
        else:
            field: Any = self.fields["phase"]
            here, there = str(cycle.phase.position), str(following.position)
            stay = _("We stay in %(phase)s") % {"phase": cycle.phase}
            field.choices = [(here, stay), (there, _("We go on to %(phase)s") % {"phase": following})]
            field.initial = here
            # A colleague has gone on meanwhile: the phase that was chosen is behind us.
            sent = str(self.data.get("phase", ""))
            if sent.isdecimal() and int(sent) < cycle.phase.position:
                self._renew("phase", here)
        if cycle is None:
            del self.fields["goal"], self.fields["goal_was"]
            return
        self.fields["goal"].initial = self.fields["goal_was"].initial = cycle.goal
        for number in SIGNS:
            self.fields[f"sign_{number}"] = FreeTextFormField(
                label=_("A sign we will look for"), max_length=ENTRY_LENGTH, help_text=READ_BY_TEAM, **_TEXT
            )

    def _fill_rest(self) -> None:
        meeting, conversation = self.closing.meeting, self.closing.conversation
        focus: Any = self.fields["next_focus_person"]
        chosen = conversation.next_focus_person if conversation else None
        focus.queryset = possible_owners(meeting.team, today(), also=chosen)
        present: Any = self.fields["present"]
        present.queryset = people_of_meeting(meeting)
        present.initial = self.closing.present
        if conversation is not None:
            for name in ("learning", "how_it_went", "disagreement", "present_count", "next_focus_person"):
                self.fields[name].initial = getattr(conversation, name)

    # What was typed ----------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_trials(cleaned)
        if cleaned.get("next_meeting") == OTHER:
            self._check_next_time(cleaned)
        count, present = cleaned.get("present_count"), cleaned.get("present") or ()
        if count is not None and count < len(present):
            self.add_error("present_count", _("More names are ticked than were here."))
        return cleaned

    def _check_trials(self, cleaned: dict[str, Any]) -> None:
        texts = [name for name in (f"what_{number}" for number in TRIALS) if cleaned.get(name) or name in self.errors]
        for number in TRIALS:
            if cleaned.get(f"what_{number}") and f"by_{number}" not in self.errors:
                self._check_day(f"by_{number}", cleaned.get(f"by_{number}"), _("By when? Choose a day."))
        if cleaned.get("nothing_new") and texts:
            self.add_error("nothing_new", _("You have written what you try. Take out the tick, or the text."))
        elif not (cleaned.get("nothing_new") or texts or self.closing.agreements):
            self.add_error("what_1", _("Write what you try, or tick that you try nothing new."))

    def _check_next_time(self, cleaned: dict[str, Any]) -> None:
        if "next_on" not in self.errors:
            self._check_day("next_on", cleaned.get("next_on"), _("Choose the day."))
        begins, ends = cleaned.get("next_begins"), cleaned.get("next_ends")
        for name in ("next_begins", "next_ends"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Choose the time."))
        if begins and ends and ends <= begins:
            self.add_error("next_ends", _("It ends before it begins."))

    def _check_day(self, name: str, day: dt.date | None, missing: Any) -> None:
        if day is None:
            self.add_error(name, missing)
        elif day < today():
            self.add_error(name, _("The day has passed. Choose today or a later one."))

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        """As in every form; where a colleague has written another goal, both are shown, and hers is kept beside."""

        def watched() -> object:
            try:
                return act()
            except GoalChangedError as error:
                self.colleague_goal = error.stored
                self._renew("goal_was", error.stored)
                raise

        return super().carried_out(watched, refused_at=refused_at)

    def note_hint(self) -> None:
        """The hint about words that may point to a child is on the page now: it does not come again."""
        self._renew("hint_shown", "on")

    def _renew(self, name: str, value: str) -> None:
        renewed: MultiValueDict[str, Any] = MultiValueDict()
        renewed.update(self.data)
        renewed[self.add_prefix(name)] = value
        self.data = renewed

    def ending(self) -> Ending:
        cleaned = self.cleaned_data
        return Ending(
            trials=[
                Trial(cleaned[f"what_{number}"], cleaned[f"who_{number}"], cleaned[f"by_{number}"])
                for number in TRIALS
                if cleaned[f"what_{number}"]
            ],
            next_time=self._next_time(),
            with_learning_cycle=cleaned["with_learning_cycle"],
            cycle=self._cycle_news(),
            next_focus_person=cleaned["next_focus_person"],
            learning=cleaned["learning"],
            how_it_went=cleaned["how_it_went"],
            disagreement=cleaned["disagreement"],
            present=list(cleaned["present"]),
            present_count=cleaned["present_count"] or len(cleaned["present"]) or None,
        )

    def _next_time(self) -> NextTime | None:
        cleaned = self.cleaned_data
        if cleaned["next_meeting"] != OTHER:
            return None
        return NextTime(*(at(cleaned["next_on"], cleaned[name]) for name in ("next_begins", "next_ends")))

    def _cycle_news(self) -> CycleNews:
        cleaned, following = self.cleaned_data, self.closing.next_phase
        if "goal" not in self.fields:
            return CycleNews()
        goes_on = following is not None and cleaned.get("phase") == str(following.position)
        return CycleNews(
            goal=GoalWriting(cleaned["goal"], plain_lines(cleaned["goal_was"])),
            signs=[cleaned[f"sign_{number}"] for number in SIGNS if cleaned[f"sign_{number}"]],
            phase=following if goes_on else None,
        )

    # For the page ------------------------------------------------------------------------------------------------

    def texts(self) -> list[tuple[str, str]]:
        """What is written in the form, each with its label."""
        return [(str(self.fields[name].label), self.cleaned_data[name]) for name in self._free_texts()]

    def trial_rows(self) -> list[dict[str, Any]]:
        return [
            {"number": number, "fields": [self[f"{name}_{number}"] for name in ("what", "who", "by")]}
            for number in TRIALS
        ]

    def has_more_trials(self) -> bool:
        """Whether another line than the first is filled in, or wrong: then they stand open."""
        return any(self[f"what_{number}"].value() or self[f"what_{number}"].errors for number in TRIALS[1:])

    def cycle_fields(self) -> list[Any]:
        names = ["goal", *(f"sign_{number}" for number in SIGNS), "phase"]
        return [self[name] for name in names if name in self.fields]

    def rest_fields(self) -> list[Any]:
        """What is offered about the conversation itself, and who was here."""
        return [self[name] for name in ("learning", "how_it_went", "disagreement", "next_focus_person")]

    def people_fields(self) -> list[Any]:
        return [self["present_count"], self["present"]]

    def has_more(self) -> bool:
        """Whether something of what is offered is filled in, or wrong: then it stands open."""
        names = [field.name for field in (*self.cycle_fields(), *self.rest_fields(), *self.people_fields())]
        return self.is_bound or any(self.initial_of(name) for name in names if name not in {"goal", "phase"})

    def initial_of(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)


class MinutesFilterForm(FilterForm):
    """Which minutes: those about one learning cycle."""

    cycle = forms.ModelChoiceField(
        label=_("Learning cycle"), queryset=Cycle.objects.none(), empty_label=pgettext_lazy("learning cycles", "All")
    )

    def __init__(self, *args: Any, cycles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cycle"]
        field.queryset = cycles
