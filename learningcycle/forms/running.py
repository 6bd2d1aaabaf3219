"""Forms of a conversation that is going on."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learningcycle.actions import TextMovedOnError
from learningcycle.models import AgendaItem
from learningcycle.models.conversations import ITEM_LENGTH, SILENT_LENGTH
from slf_portal.accounts.models import User
from slf_portal.common.cpr import cpr_numbers
from slf_portal.common.fields import FreeTextFormField, refuse_cpr
from slf_portal.common.forms import PortalForm

KEEP_BOTH, KEEP_THEIRS = "both", "theirs"


class ItemForm(PortalForm):
    """What is written at an item. Where somebody else was first, `moved_on` says what stands there now."""

    text = FreeTextFormField(
        label=_("What we write down"),
        max_length=ITEM_LENGTH,
        required=False,
        # A paragraph under way ends with a line break, and the browser must find what it sent.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "class": "form-control"}),
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, shown_version=item.text_version, initial={"text": item.text}, **kwargs)
        self.item = item
        self.moved_on: TextMovedOnError | None = None

    @property
    def keeps_theirs(self) -> bool:
        """She saw both texts and lets the other one stand."""
        return self.data.get("keep") == KEEP_THEIRS

    def asks_about(self, text: str) -> bool:
        """Digits that stand there already have been explained by whoever wrote them."""
        return bool(cpr_numbers(text) - cpr_numbers(self.item.text))

    def to_write(self) -> str:
        """What she typed; with the other text above it when she saw both and keeps both."""
        text: str = self.cleaned_data["text"]
        both = self.data.get("keep") == KEEP_BOTH and self.cleaned_data["version"] == self.item.text_version
        return "\n\n".join(filter(None, [self.item.text, text])) if both else text

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        def told() -> object:
            try:
                return act()
            except TextMovedOnError as moved_on:
                self.moved_on = moved_on
                raise

        done = super().carried_out(told, refused_at=refused_at)
        if self.moved_on is not None:
            self._show_version(self.moved_on.version)
        return done


class SilentForm(PortalForm):
    """What somebody writes for herself. The key is what her browser knows the note by."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = FreeTextFormField(
        label=_("Only you see this until all is shown"),
        max_length=SILENT_LENGTH,
        required=False,
        # Nobody can be named as the one who explained them.
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "class": "form-control"}),
    )


class LeadForm(PortalForm):
    """Who is to lead the meeting; nobody chosen is the person herself."""

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ModelChoiceField(
            label=_("Meeting leader"), queryset=people, required=False, empty_label=None
        )
