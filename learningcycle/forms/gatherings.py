"""Forms of fixed meetings: what and when a series is and who takes part, one meeting's time, and a point."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from learningcycle.actions import Arrangement
from learningcycle.enums import GatheringKind
from learningcycle.models import GatheringSeries
from learningcycle.models.gatherings import GATHERING_TITLE_LENGTH, MOST_WEEKS, POINT_LENGTH
from slf_portal.accounts.models import User
from slf_portal.common.dates import is_within_a_year, today
from slf_portal.common.fields import FreeTextFormField, refuse_cpr
from slf_portal.common.forms import ClockField, ClockSpanForm, DayField, PortalForm, TimesForm

ONCE, FROM_FILE = "once", "file"
_TIMES = ("first_on", "begins", "ends")
_NEEDED = {"required": _("Fill this in, or choose that the days stand in a calendar file.")}
_SATURDAY = 5


class SeriesForm(ClockSpanForm):
    """A series of fixed meetings: whose, how often, when, and who takes part."""

    # The times are needed but where the days stand in a file, and that the browser does not know.
    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Which meeting"), choices=GatheringKind.choices)
    title = forms.CharField(
        label=_("What you call it"),
        max_length=GATHERING_TITLE_LENGTH,
        required=False,
        validators=[refuse_cpr],
        help_text=_("Only if it has a name of its own. Those who take part see it, nobody else."),
    )
    every = forms.ChoiceField(label=_("How often"))
    first_on = DayField(
        label=_("First day"),
        error_messages=_NEEDED,
        help_text=_("It also says the weekday. Holidays and closed days are left out."),
    )
    begins = ClockField(label=_("Begins"), error_messages=_NEEDED)
    ends = ClockField(label=_("Ends"), error_messages=_NEEDED)
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
    in_own_calendar = forms.BooleanField(
        label=_("It is already in our own calendar"),
        required=False,
        initial=True,
        help_text=_("Then the portal neither invites to it nor reminds of it."),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Who takes part, beside yourself"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Members of the teams"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("kind", "title", "every", "first_on", "begins", "ends", "last_day", "in_own_calendar")

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        members: QuerySet[User],
        series: GatheringSeries | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        found: dict[str, Any] = {"people": people, "members": members}
        for name, queryset in found.items():
            field: Any = self.fields[name]
            field.queryset = queryset
            if not queryset.exists():
                del self.fields[name]
        every: Any = self.fields["every"]
        every.choices = _how_often(with_file=series is None)
        if self.is_from_file:
            for name in ("every", *_TIMES, "last_day"):
                del self.fields[name]
        elif self.data.get("every") == FROM_FILE:
            for name in _TIMES:
                self.fields[name].required = False

    @property
    def is_from_file(self) -> bool:
        """Whether the days of the series were taken over from a calendar: they are not changed here."""
        return self.series is not None and self.series.first_on is None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_from_file or cleaned.get("every") == FROM_FILE:
            return cleaned
        first, last = cleaned.get("first_on"), cleaned.get("last_day")
        if first:
            self._check_first(first, is_once=cleaned.get("every") == ONCE)
        if last and last < today():
            self.add_error("last_day", gettext("The day has passed."))
        elif first and last and last < first:
            self.add_error("last_day", gettext("The last day lies before the first."))
        return cleaned

    def _check_first(self, first: dt.date, *, is_once: bool) -> None:
        stood = self.series.first_on if self.series else None
        if first != stood and not is_within_a_year(first, today()):
            self.add_error("first_on", gettext("Choose a day from today on, within a year."))
        elif not is_once and first.weekday() >= _SATURDAY:
            self.add_error("first_on", gettext("Choose a day from Monday to Friday: weekends are closed."))

    def arrangement(self) -> Arrangement:
        """What was filled in, as the actions take it."""
        said = self.cleaned_data
        every, last = said.get("every", FROM_FILE), said.get("last_day")
        has_days = every != FROM_FILE
        return Arrangement(
            kind=said["kind"],
            title=said["title"],
            every_weeks=None if every in {ONCE, FROM_FILE} else int(every),
            first_on=said["first_on"] if has_days else None,
            ends_on=last + dt.timedelta(days=1) if has_days and last else None,
            starts_at=said["begins"] if has_days else None,
            ends_at=said["ends"] if has_days else None,
            in_own_calendar=said["in_own_calendar"],
        )

    def chosen(self) -> list[User]:
        """Everyone who was ticked."""
        return [*self.cleaned_data.get("people", ()), *self.cleaned_data.get("members", ())]


def _how_often(*, with_file: bool) -> list[tuple[str, Any]]:
    weeks = range(2, MOST_WEEKS + 1)
    choices = [
        ("1", gettext("every week")),
        *((str(count), ngettext("every week", "every %(count)d weeks", count) % {"count": count}) for count in weeks),
        (ONCE, gettext("just once")),
    ]
    return [*choices, (FROM_FILE, gettext("the days stand in a calendar file"))] if with_file else choices


class GatheringForm(TimesForm):
    """When one fixed meeting is."""


class PointForm(PortalForm):
    """Something to talk about."""

    submit_label = _("Add")

    text = FreeTextFormField(label=_("A point for the meeting"), max_length=POINT_LENGTH, rows=2)

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())
