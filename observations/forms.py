"""Forms of visits."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.forms import TimesForm


class VisitForm(TimesForm):
    """When someone visits, and who."""

    field_order = ("visitor", "on", "begins", "ends")

    def __init__(self, *args: Any, visitors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"] = forms.ModelChoiceField(label=_("Who visits"), queryset=visitors, empty_label=None)
        self.order_fields(self.field_order)
