"""Forms of what a team has agreed on."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import DayField, PortalForm
from teams.enums import AgreementSource, AgreementState, Helped
from teams.models import Agreement
from teams.models.agreements import AGREEMENT_LENGTH, REASON_LENGTH
from teams.permissions import leads_team
from teams.queries import standing_of

READ_BY_TEAM = _(
    "The team and your resource person can read it. The leader cannot see it in the portal unless you share it. "
    "No names of children."
)
READ_BY_LEADER_TOO = _("The team, your resource person and your leader can read it. No names of children.")


def readers_of(agreement: Agreement) -> Any:
    """Who can read what is written about it, said before it is written."""
    owner = agreement.owner
    is_read_by_leader = (
        agreement.is_shared
        or agreement.source == AgreementSource.GRUS
        or (owner is not None and leads_team(standing_of(owner, today()), agreement.team))
    )
    return READ_BY_LEADER_TOO if is_read_by_leader else READ_BY_TEAM


class AgreementForm(PortalForm):
    """What, who and by when."""

    text = FreeTextFormField(label=_("What have you agreed on?"), max_length=AGREEMENT_LENGTH, rows=3)
    owner = forms.ModelChoiceField(
        label=_("Who does it?"), queryset=User.objects.none(), required=False, empty_label=_("The team")
    )
    due_on = DayField(label=_("By when?"))

    def __init__(self, *args: Any, owners: QuerySet[User], readers: Any = READ_BY_TEAM, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owners
        self.fields["text"].help_text = readers

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < today() and due_on != self.initial.get("due_on"):
            raise forms.ValidationError(_("The day has passed. Choose today or a later one."))
        return due_on


class AgreementStateForm(PortalForm):
    """One of the buttons that say how far it is. Dropping it asks why, and has a form of its own."""

    state = forms.TypedChoiceField(
        choices=[(state, state.label) for state in AgreementState if state is not AgreementState.DROPPED],
        coerce=AgreementState,
    )


class ShareForm(PortalForm):
    """One of the two buttons."""

    is_shared = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda word: word == "1")


class DropForm(PortalForm):
    submit_label = _("Drop it")

    reason = FreeTextFormField(label=_("Why? One line is enough."), max_length=REASON_LENGTH, rows=2)

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = readers


class HelpedForm(PortalForm):
    helped = forms.TypedChoiceField(
        label=_("Did it help?"), choices=Helped.choices, coerce=Helped, widget=forms.RadioSelect
    )
    note = FreeTextFormField(label=_("What have you seen?"), max_length=REASON_LENGTH, rows=2, required=False)

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = readers
