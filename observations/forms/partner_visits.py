"""Forms of learning partners' visits."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from observations.actions import PartnerPlan, TakenError
from observations.enums import PartnerVisitKind
from observations.forms.visits import clean_span
from observations.models import ABOUT_LENGTH, REASON_LENGTH, Booking
from slf_portal.accounts.models import User
from slf_portal.common.dates import COPENHAGEN
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import ComingDayField, PortalForm, TimesForm
from teams.models import SupportRequest

# A free time to take instead, as its button sends it.
CHOSEN = "take_time"
_CHOSEN_FORMAT = "%Y-%m-%d %H:%M"


class _RequestField(forms.ModelChoiceField[SupportRequest]):
    def label_from_instance(self, obj: SupportRequest) -> str:
        return f"{obj.asked_by.name}: {Truncator(obj.text).chars(70)}"


class PartnerVisitForm(TimesForm):
    """What a learning partner does at a unit, when, and with whom.

    Where somebody is booked already, `is_taken` is true and `clashes` are the bookings that stand in the way.
    """

    on = ComingDayField(label=_("Day"))
    kind = forms.ChoiceField(label=_("What kind of visit"), choices=PartnerVisitKind.choices)
    about = FreeTextFormField(
        label=_("What it is about"),
        max_length=ABOUT_LENGTH,
        rows=2,
        required=False,
        help_text=_(
            "In a sentence. The unit's leaders, resource persons and learning partners and those who take part can "
            "read it. No names of children."
        ),
    )
    participants = forms.ModelMultipleChoiceField(
        label=_("Who takes part"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their time is booked too, and they are told. The unit's leaders are told anyway."),
    )

    field_order = ("asked", "kind", "on", "begins", "ends", "participants", "about")

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        requests: QuerySet[SupportRequest] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_taken = False
        self.clashes: list[Booking] = []
        participants: Any = self.fields["participants"]
        participants.queryset = people
        if requests is not None and requests.exists():
            self.fields["asked"] = _RequestField(
                label=_("What the unit has asked for"),
                queryset=requests,
                required=False,
                empty_label=gettext("nothing in particular"),
                help_text=_("You take the request with the visit."),
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "ends" not in self.errors:
            clean_span(self, ("on", "begins", "ends"))
        return cleaned

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        def remember() -> object:
            try:
                return act()
            except TakenError as error:
                self.is_taken, self.clashes = True, error.clashes
                raise

        return super().carried_out(remember, refused_at=refused_at)

    def plan(self) -> PartnerPlan:
        """What was filled in, as the actions take it."""
        said = self.cleaned_data
        return PartnerPlan(
            kind=said["kind"], about=said["about"], participants=tuple(said["participants"]), **self.moments()
        )


class CancelPartnerVisitForm(PortalForm):
    """Why a visit is cancelled."""

    submit_label = _("Cancel the visit")

    reason = FreeTextFormField(
        label=_("Why?"),
        max_length=REASON_LENGTH,
        rows=2,
        help_text=_("In a sentence. It stands on the visit's page, not in the mail."),
    )


def with_chosen_time(sent: QueryDict) -> QueryDict:
    """The form as it was sent; with the free time that was chosen, where one was, in place of the one typed."""
    try:
        starts_at, ends_at = (
            dt.datetime.strptime(part, _CHOSEN_FORMAT)  # noqa: DTZ007 - the clock on the wall
            for part in sent.get(CHOSEN, "").split("/")
        )
    except ValueError:
        return sent
    data = sent.copy()
    data["on"] = starts_at.date().isoformat()
    data["begins"], data["ends"] = (f"{moment:%H:%M}" for moment in (starts_at, ends_at))
    return data


def as_chosen(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """What the button of a free time sends."""
    return "/".join(moment.astimezone(COPENHAGEN).strftime(_CHOSEN_FORMAT) for moment in (starts_at, ends_at))
