"""Forms of mandates, and of the description of the resource person's role."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import DayField, FilterForm, PortalForm
from teams.actions import Wording
from teams.enums import MandateState
from teams.models import Mandate, Team
from teams.models.mandates import (
    HOURS_RULE,
    LEAST_HOURS,
    LINE_LENGTH,
    MANDATE_TEXT_LENGTH,
    MOST_HOURS,
    ROLE_DESCRIPTION_LENGTH,
    TITLE_LENGTH,
)


class TeamChoiceField(forms.ModelChoiceField[Team]):
    """A team among a leader's own, named with its unit."""

    def label_from_instance(self, team: Any) -> str:
        return f"{team.name} ({team.unit.name})"


class WordingForm(PortalForm):
    """What a mandate says."""

    title = FreeTextFormField(label=_("Title"), max_length=TITLE_LENGTH, widget=forms.TextInput)
    what = FreeTextFormField(label=_("What is to be done?"), max_length=MANDATE_TEXT_LENGTH)
    why = FreeTextFormField(label=_("Why?"), max_length=MANDATE_TEXT_LENGTH, rows=3)
    expectation = FreeTextFormField(
        label=_("What do you expect, and what not?"), max_length=MANDATE_TEXT_LENGTH, rows=3
    )
    hours_per_month = forms.DecimalField(
        label=_("Hours given a month"),
        decimal_places=1,
        localize=True,
        validators=[MinValueValidator(LEAST_HOURS, HOURS_RULE), MaxValueValidator(MOST_HOURS, HOURS_RULE)],
        error_messages={"invalid": HOURS_RULE},
        help_text=_("Time you give, as 6 or 7,5. The portal registers no working time."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
    )
    due_on = DayField(label=_("Deadline"))

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        if due_on < today():
            raise forms.ValidationError(_("The deadline has passed. Choose today or a day to come."))
        return due_on

    def wording(self) -> Wording:
        return Wording(**{name: _plain(self.cleaned_data[name]) for name in Wording.__slots__})


class MandateForm(WordingForm):
    """A new mandate: to a team, to a resource person, or to her about one team."""

    submit_label = _("Send the mandate")
    field_order = ("team", "recipient")

    def __init__(self, *args: Any, teams: QuerySet[Team], people: QuerySet[User], needs_team: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamChoiceField(
            label=_("Team"),
            queryset=teams,
            required=needs_team,
            empty_label=_("Choose a team"),
        )
        self.fields["recipient"] = forms.ModelChoiceField(
            label=_("Resource person"),
            queryset=people,
            required=False,
            empty_label=_("Nobody in particular: the whole team"),
            help_text=_(
                "A team, a resource person, or both: then you ask her about that team, and it can read it as well."
            ),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chose_nobody = not (cleaned.get("team") or cleaned.get("recipient"))
        if chose_nobody and not {"team", "recipient"} & set(self.errors):
            self.add_error("team", _("Choose a team or a resource person."))
        return cleaned


class MandateEditForm(WordingForm):
    """Another wording, and a line that tells why."""

    submit_label = _("Save the change")

    line = FreeTextFormField(
        label=_("A line about the change"),
        max_length=LINE_LENGTH,
        rows=2,
        required=False,
        help_text=_("What you change is told in the thread; here you can say why."),
    )


NO_WORDS = _("Write a line, so that the other side knows what you think of.")


class MandateLineForm(PortalForm):
    """A line in the thread."""

    # One of the buttons beside it needs no words.
    use_required_attribute = False

    text = FreeTextFormField(
        label=_("Write a line"), max_length=LINE_LENGTH, rows=3, error_messages={"required": NO_WORDS}
    )


class MandateAnswerForm(MandateLineForm):
    """An answer, a button's value, with a line; taking it on needs no words."""

    text = FreeTextFormField(label=_("Write a line"), max_length=LINE_LENGTH, rows=3, required=False)
    answer = forms.ChoiceField(
        choices=((MandateState.ACCEPTED, _("I take it")), (MandateState.TALK, _("Let us talk about it"))),
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == MandateState.TALK and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", NO_WORDS)
        return cleaned


class CloseMandateForm(PortalForm):
    """Finished, or withdrawn with a line."""

    submit_label = _("Close the mandate")

    outcome = forms.ChoiceField(label=_("How does it end?"), widget=forms.RadioSelect)
    text = FreeTextFormField(
        label=_("A line"),
        max_length=LINE_LENGTH,
        rows=3,
        required=False,
        help_text=_("The two of you can read it. A mandate is withdrawn with a line that says why."),
    )

    def __init__(self, *args: Any, may_withdraw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(MandateState.DONE, _("It is finished"))]
        if may_withdraw:
            outcomes.append((MandateState.WITHDRAWN, _("I withdraw it")))
        outcome: Any = self.fields["outcome"]
        outcome.choices = outcomes
        outcome.initial = MandateState.DONE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == MandateState.WITHDRAWN and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a line why you withdraw it."))
        return cleaned


class ExpectationsForm(PortalForm):
    """What the two sides have agreed to expect of each other."""

    agreed = FreeTextFormField(
        label=_("What we agreed"),
        max_length=MANDATE_TEXT_LENGTH,
        rows=6,
        required=False,
        help_text=_("Both sides can read it and write in it. No names of children."),
    )


class RoleDescriptionForm(PortalForm):
    """The resource person's role in a unit."""

    text = FreeTextFormField(
        label=_("The role"),
        max_length=ROLE_DESCRIPTION_LENGTH,
        rows=14,
        help_text=_("Everyone with a team in the unit can read it, and in its parts unless they have their own."),
    )


class MandateFilterForm(FilterForm):
    """Where they stand, and which team they are about."""

    OPEN = "open"

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("every state")), (OPEN, _("all that are open")), *MandateState.choices]
    )
    team = TeamChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=_("every team"))

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = teams

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid choices; one that is not valid counts as not chosen and is told at its field."""
        self.full_clean()
        return self.cleaned_data

    def narrow(self, mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
        """The mandates that match."""
        state, team = self.chosen.get("state"), self.chosen.get("team")
        if state:
            mandates = mandates.filter(closed_at__isnull=True) if state == self.OPEN else mandates.filter(state=state)
        return mandates.filter(team=team) if team else mandates


def _plain(value: Any) -> Any:
    """Text with the line breaks it is stored with; a page sends others, and they would look like a change."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
