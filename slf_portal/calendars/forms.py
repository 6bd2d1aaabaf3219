"""Forms of a person's own calendar: what her address tells, and where her other calendar is read."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from learningcycle.importers import CalendarFileError
from learningcycle.rules import Span
from observations.importers import fetch_busy_times
from observations.models import ADDRESS_LENGTH
from slf_portal.common.fetching import FetchError
from slf_portal.common.forms import PortalForm


class FeedForm(PortalForm):
    """What the address tells."""

    with_own_calendar = forms.BooleanField(
        label=_("Also the meetings that already stand in our own calendar"), required=False
    )


class BusyAddressForm(PortalForm):
    """The address of her own calendar, which is read at once; `spans` are the times it says busy."""

    submit_label = _("Read the calendar")

    address = forms.CharField(
        label=_("The address of your own calendar"),
        max_length=ADDRESS_LENGTH,
        help_text=_("It begins with https:// and often ends in .ics. Outlook calls it “publish calendar”."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spans: list[Span] = []

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address.lower().startswith("webcal://"):
            address = "https" + address[len("webcal") :]
        if _host(address) == _host(settings.PORTAL_URL):
            raise forms.ValidationError(_("That is the portal's own calendar. Write the address of another one."))
        try:
            self.spans = fetch_busy_times(address)
        except (FetchError, CalendarFileError) as error:
            raise forms.ValidationError(str(error)) from error
        return address


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
