"""Forms of peer observations of practice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from observations.models.peer import PEER_FOCUS_LENGTH, PEER_LINE_LENGTH
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.common.fields import FreeTextFormField, refuse_cpr
from slf_portal.common.forms import ClockField, ComingDayField, PortalForm

# To log who explained digits would be a trace of it: they are refused whatever they are.
_SECRET: dict[str, Any] = {"validators": [refuse_cpr]}


class PeerForm(PortalForm):
    """Whom to ask, what to look at, and when if that is known."""

    submit_label = _("Ask")

    observer = forms.ModelChoiceField(
        label=_("Who shall observe"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("choose a colleague"),
        help_text=_("Colleagues in your teams and your unit's resource persons."),
    )
    address = forms.EmailField(
        label=_("Or another colleague's work e-mail"),
        required=False,
        help_text=_("Someone in your unit or in a unit near it."),
    )
    focus = FreeTextFormField(
        label=_("What shall she look at?"),
        max_length=PEER_FOCUS_LENGTH,
        rows=2,
        help_text=_("At most two lines. As: Whom do I turn to when I ask? How long do I wait for the answer?"),
        **_SECRET,
    )
    on = ComingDayField(label=_("Day"), required=False)
    begins = ClockField(label=_("Begins"), required=False)

    def __init__(
        self, *args: Any, colleagues: QuerySet[User], find: Callable[[str], User | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        observer: Any = self.fields["observer"]
        observer.queryset = colleagues

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("begins") and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", gettext("Choose the day as well, or leave both empty."))
        if cleaned.get("on") and not cleaned.get("begins") and "begins" not in self.errors:
            self.add_error("begins", gettext("Choose the time as well, or leave both empty."))
        if not {"observer", "address"} & set(self.errors):
            self._choose_one(cleaned)
        return cleaned

    def _choose_one(self, cleaned: dict[str, Any]) -> None:
        address, chosen = cleaned.get("address"), cleaned.get("observer")
        if address and chosen:
            self.add_error("address", gettext("Choose one of the two."))
        elif address:
            cleaned["observer"] = self.find(address)
            if cleaned["observer"] is None:
                self.add_error("address", gettext("No colleague near you has that address in the portal."))
        elif not chosen:
            self.add_error("observer", gettext("Choose a colleague."))

    def starts_at(self) -> dt.datetime | None:
        """When, if that was said."""
        on, begins = self.cleaned_data.get("on"), self.cleaned_data.get("begins")
        return at(on, begins) if on and begins else None


class PeerLineForm(PortalForm):
    """A line of what was seen and heard."""

    submit_label = _("Add the line")

    text = FreeTextFormField(label=_("What I see and hear"), max_length=PEER_LINE_LENGTH, rows=2, **_SECRET)
