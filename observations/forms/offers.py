"""Forms of times that are offered to a team, and of its answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learningcycle.models import Meeting
from observations.actions import MOST_TIMES
from observations.forms.visits import MeetingChoiceField, WarnedForm, clean_span, initial_of
from observations.models import REASON_LENGTH, OfferedTime
from observations.rules import Span
from slf_portal.accounts.models import User
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import ClockField, ComingDayField, PortalForm


class OfferForm(WarnedForm):
    """One to three times for the team to choose among; a later row that is left empty is not offered."""

    submit_label = _("Offer the times")
    anyway_label = _("Offer them anyway")

    def __init__(
        self,
        *args: Any,
        visitors: QuerySet[User],
        meetings: Sequence[Meeting],
        suggested: Sequence[Span],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spans: list[Span] = []
        self.fields["visitor"] = forms.ModelChoiceField(label=_("Who visits"), queryset=visitors, empty_label=None)
        for number in range(1, MOST_TIMES + 1):
            shown = initial_of(suggested[number - 1]) if number <= len(suggested) else {}
            names = self.names(number)
            labels = (_("Day"), _("Begins"), _("Ends"))
            for name, label, kind, key in zip(
                names, labels, (ComingDayField, ClockField, ClockField), ("on", "begins", "ends"), strict=True
            ):
                self.fields[name] = kind(label=f"{label} {number}", required=number == 1, initial=shown.get(key))
        if meetings:
            field = MeetingChoiceField(
                label=_("Does a meeting move to the time you choose together?"),
                queryset=Meeting.objects.filter(pk__in=[one.pk for one in meetings]).order_by("starts_at"),
                required=False,
                empty_label=str(_("No, no meeting moves")),
                widget=forms.Select,
            )
            self.fields["meeting"] = field

    @staticmethod
    def names(number: int) -> tuple[str, str, str]:
        return (f"on_{number}", f"begins_{number}", f"ends_{number}")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(1, MOST_TIMES + 1):
            names = self.names(number)
            given = [name for name in names if cleaned.get(name) is not None]
            if not given or any(name in self.errors for name in names):
                continue
            for name in set(names) - set(given):
                self.add_error(name, forms.Field.default_error_messages["required"])
            span = clean_span(self, names)
            if span is not None and any(span.overlaps(other) for other in self.spans):
                self.add_error(names[0], _("The time overlaps with another one you offer."))
            elif span is not None:
                self.spans.append(span)
        return cleaned

    @property
    def moves(self) -> Meeting | None:
        meeting: Meeting | None = self.cleaned_data.get("meeting")
        return meeting


class OfferAnswerForm(PortalForm):
    """The team's answer: the time whose button was pressed, or why none of them suits."""

    time = forms.ModelChoiceField(queryset=OfferedTime.objects.none(), required=False, widget=forms.HiddenInput)
    reason = FreeTextFormField(label=_("Why none of them suits"), max_length=REASON_LENGTH, rows=2, required=False)

    submit_label = _("None of them suits us")

    def __init__(self, *args: Any, times: QuerySet[OfferedTime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time"].queryset = times  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("time") is None and not (cleaned.get("reason") or "").strip() and not self.errors:
            self.add_error("reason", _("Say in a few words why."))
        return cleaned
