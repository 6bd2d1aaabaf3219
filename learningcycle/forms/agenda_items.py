"""The form of an item of a meeting's agenda."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcycle.forms.readers import READ_BY_TEAM
from learningcycle.models.templates import MOST_MINUTES, QUESTION_LENGTH, TITLE_LENGTH
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm


class AgendaItemForm(PortalForm):
    """What it is called, what helps to talk about it, and how long it takes."""

    title = FreeTextFormField(label=_("Item"), max_length=TITLE_LENGTH, widget=forms.TextInput())
    question = FreeTextFormField(label=_("Questions that help"), max_length=QUESTION_LENGTH, rows=3, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = READ_BY_TEAM
