"""Forms of visits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.forms import TimesForm


class VisitForm(TimesForm):
    """When someone visits, and who."""

    visitor = forms.ModelChoiceField(label=_("Who visits"), queryset=User.objects.none(), empty_label=None)

    field_order = ("visitor", "on", "begins", "ends")

    def __init__(self, *args: Any, visitors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"].queryset = visitors
