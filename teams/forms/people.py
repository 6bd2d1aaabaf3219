"""Forms of a team's people: who, from when, until when."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.accounts.queries import named_like
from slf_portal.common.cpr import contains_cpr
from slf_portal.common.dates import today
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.forms import DayField, FilterForm, PortalForm, SearchField

# As many people as one looks through; the search narrows them.
SHOWN_PEOPLE = 20


class PeopleFilterForm(FilterForm):
    """Words of a name, or the beginning of an e-mail."""

    q = SearchField(label=_("Search by name or e-mail"))

    def narrow(self, people: QuerySet[User]) -> QuerySet[User]:
        return named_like(people, self.cleaned_data.get("q", "")) if self.is_valid() else people


class PersonFromForm(PortalForm):
    """A person among those found, and the day it begins."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), widget=forms.RadioSelect)
    starts_on = DayField(label=_("From"), initial=today)

    def __init__(self, *args: Any, people: QuerySet[User], found: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people
        listed = list(found[: SHOWN_PEOPLE + 1])
        field.choices = [(person.pk, f"{person.name}, {person.email}") for person in listed[:SHOWN_PEOPLE]]
        self.has_choices = bool(listed)
        if len(listed) > SHOWN_PEOPLE:
            field.help_text = _("There are more: search for the name.")


class AddMemberForm(PersonFromForm):
    submit_label = _("Add the member")


class AddResourcePersonForm(PersonFromForm):
    submit_label = _("Add")


class NameTeamLeaderForm(PersonFromForm):
    """Who is responsible; nobody named means the unit's own leaders."""

    submit_label = _("Save")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.required = False
        field.choices = [("", _("The unit's leader, nobody in particular")), *field.choices]
        self.has_choices = True


class WelcomeForm(PortalForm):
    """Someone new, by name and e-mail."""

    submit_label = _("Add and invite")

    name = forms.CharField(label=_("Name"), max_length=150, validators=[refuse_cpr])
    email = forms.EmailField(
        label=_("Work e-mail"), max_length=200, help_text=_("It is what she signs in with, and where the link is sent.")
    )
    starts_on = DayField(label=_("Member from"), initial=today)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if contains_cpr(email):
            raise forms.ValidationError(_("The e-mail seems to contain a CPR number."))
        return email


class EndForm(PortalForm):
    """The first day it no longer holds."""

    submit_label = _("End it")

    on = DayField(
        label=_("Ends on"),
        help_text=_("The first day it no longer holds. Today: access closes at once."),
    )
