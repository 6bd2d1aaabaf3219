"""Choosing whom to be, and looking for a mail."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slf_portal.accounts.models import User
from slf_portal.common.forms import FilterForm, SearchField
from slf_portal.demo.defaults.personas import PERSONAS
from slf_portal.demo.queries import person_of


class PersonaForm(forms.Form):
    """Whom to sign in as."""

    persona = forms.ChoiceField(
        choices=[(persona.key, persona.role) for persona in PERSONAS],
        error_messages={
            "required": gettext_lazy("Choose a person."),
            "invalid_choice": gettext_lazy("There is no such person in the demo."),
        },
    )

    def clean_persona(self) -> User:
        person = person_of(self.cleaned_data["persona"])
        if person is None:
            raise ValidationError(_("The demo organisation has not been built in this database."))
        return person


class MailFilterForm(FilterForm):
    """The recipient to look for: an e-mail or a part of one."""

    q = SearchField(label=gettext_lazy("Recipient"))
