"""Forms of the import from a calendar file: the file, and which of its series are taken over.

The file is read and forgotten. Between the looking and the confirming its meetings lie in the page itself, sealed so
that nobody can change them there.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningcycle.importers import (
    MOST_BYTES,
    CalendarFile,
    CalendarFileError,
    FoundSeries,
    LeftOut,
    SeriesPreview,
    read_calendar,
)
from learningcycle.rules import Span
from slf_portal.common.dates import add_months, end_of_day, today
from slf_portal.common.forms import PortalForm

_MONTHS = 12
_SEALED_SECONDS = 2 * 60 * 60


class CalendarFileForm(PortalForm):
    """A file from the team's own calendar; `found` is what it holds."""

    submit_label = _("Look at what would come in")

    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("A file that ends in .ics, at most 1 MB. It is read once and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            content = b"\0" * (MOST_BYTES + 1) if (file.size or 0) > MOST_BYTES else file.read()
            until = end_of_day(add_months(today(), _MONTHS))
            self.found = read_calendar(content, since=timezone.now(), until=until)
        except CalendarFileError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class TakeOverForm(PortalForm):
    """Which of the series found are taken over."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    series = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one series.")},
    )

    def __init__(self, *args: Any, found: CalendarFile, previews: list[SeriesPreview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field: Any = self.fields["series"]
        field.choices = [(one.key, one.name) for one in previews]
        field.initial = [one.key for one in previews if one.fresh]

    def spans(self) -> list[Span]:
        """The meetings of the series that were chosen."""
        chosen = set(self.cleaned_data["series"])
        return [
            span
            for number, series in enumerate(self.found.series, start=1)
            for span in series.spans
            if str(number) in chosen
        ]


def seal(found: CalendarFile, *, about: str) -> str:
    """What was found, in a word that only the portal can have written; `about` is what it is for."""
    value = {
        "series": [[one.name, [_numbers(span) for span in one.spans]] for one in found.series],
        "left_out": [[one.name, one.why] for one in found.left_out],
        "passed": found.passed,
        "is_cut": found.is_cut,
    }
    return signing.dumps(value, salt=f"learningcycle.ics:{about}", compress=True)


def unseal(sealed: str, *, about: str) -> CalendarFile:
    """What was sealed. Raises CalendarFileError when it was changed, was for something else, or is two hours old."""
    try:
        value = signing.loads(sealed, salt=f"learningcycle.ics:{about}", max_age=_SEALED_SECONDS)
    except signing.BadSignature as error:
        raise CalendarFileError(gettext("Too long has passed since you chose the file. Choose it again.")) from error
    return CalendarFile(
        series=tuple(
            FoundSeries(name, tuple(Span(_moment(begins), _moment(ends)) for begins, ends in spans))
            for name, spans in value["series"]
        ),
        left_out=tuple(LeftOut(name, why) for name, why in value["left_out"]),
        passed=value["passed"],
        is_cut=value["is_cut"],
    )


def _numbers(span: Span) -> tuple[int, int]:
    return int(span.starts_at.timestamp()), int(span.ends_at.timestamp())


def _moment(number: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(number, dt.UTC)
