"""Forms of visits: when, by whom, and why not."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningcycle.models import Meeting
from observations.actions import TakenError
from observations.models import REASON_LENGTH
from observations.queries import Around, FreeTime, VisitWarning, visit_span
from observations.rules import EVALUATION_MINUTES, LONGEST, MOST_EVALUATION_MINUTES, Span, is_on_the_clock
from slf_portal.accounts.models import User
from slf_portal.common.dates import COPENHAGEN, at
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import ClockField, ComingDayField, PortalForm
from slf_portal.common.templatetags.portal import sentence, until

# What a button of the page of a conflict sends: a meeting's id, or a day, a beginning and an end.
TAKE = "take"
# The fields of a time that is none of the team's meetings: needed once that is chosen.
OTHER_TIME = ("on", "begins", "ends")


class MeetingChoiceField(forms.ModelChoiceField[Meeting]):
    """One of the team's meetings, with what is to be known of each."""

    widget = forms.RadioSelect
    notes: Mapping[int, str] = {}

    def label_from_instance(self, obj: Meeting) -> str:
        when, note = sentence(until(obj.starts_at, obj.ends_at)), self.notes.get(obj.pk)
        return format_html('{} <span class="muted">· {}</span>', when, note) if note else when


class _OtherLast(ModelChoiceIterator):  # type: ignore[type-arg]
    """The meetings first, then the choice of another time."""

    def __iter__(self) -> Iterator[Any]:
        every = list(super().__iter__())
        yield from (choice for choice in every if choice[0])
        yield from (choice for choice in every if not choice[0])


class MeetingOrOtherField(MeetingChoiceField):
    """One of the meetings or, where `empty_label` names it, another time: something is always chosen."""

    iterator = _OtherLast

    def clean(self, value: Any) -> Meeting | None:
        if self.empty_label is not None and value in self.empty_values:
            return None
        meeting: Meeting = super().clean(value)
        return meeting


def clean_span(form: forms.Form, names: tuple[str, str, str]) -> Span | None:
    """The time that three fields of a form say, or None; what no visit can have is told at the field."""
    on, begins, ends = (form.cleaned_data.get(name) for name in names)
    if on is None or begins is None or ends is None:
        return None
    # An hour that comes twice, the night the clocks go back, is the first of the two.
    span = Span(at(on, begins), at(on, ends))
    if not is_on_the_clock(span.starts_at):
        form.add_error(names[1], _("That hour does not exist: the clocks go forward that night."))
    elif not is_on_the_clock(span.ends_at):
        form.add_error(names[2], _("That hour does not exist: the clocks go forward that night."))
    elif ends <= begins:
        form.add_error(names[2], _("It ends before it begins."))
    elif span.length > LONGEST:
        form.add_error(names[2], _("A visit lasts eight hours at most."))
    else:
        return span
    return None


class WarnedForm(PortalForm):
    """A form that shows once what somebody should know, keeps everything typed, and does it when it is sent again.

    `seen` holds the keys of what was shown: something else, after a change of the time, is shown as well.
    """

    anyway_label: Any = _("Book it anyway")

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[VisitWarning] = []
        self.taken: TakenError | None = None

    def is_warned(self, warnings: Sequence[VisitWarning]) -> bool:
        """Whether the person has seen all of it; else it is shown."""
        seen = set(self.cleaned_data["seen"].split())
        if all(warning.key in seen for warning in warnings):
            return True
        self.warnings = list(warnings)
        self.submit_label = self.anyway_label
        renewed: MultiValueDict[str, Any] = MultiValueDict(self.data)
        renewed[self.add_prefix("seen")] = " ".join(sorted(seen | {warning.key for warning in warnings}))
        self.data = renewed
        return False

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        """As every form; what is in the way is kept in `taken`, and told at the field that says when."""

        def noted() -> object:
            try:
                return act()
            except TakenError as taken:
                self.taken, taken.field = taken, refused_at
                raise

        return super().carried_out(noted)


class VisitTimeForm(WarnedForm):
    """When a visit is: one of the team's meetings with time to evaluate it, or another time where one may choose."""

    meeting = MeetingOrOtherField(label=_("Which meeting?"), queryset=Meeting.objects.none())
    minutes_after = forms.IntegerField(
        label=_("Minutes to evaluate the conversation afterwards"),
        initial=EVALUATION_MINUTES,
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_EVALUATION_MINUTES)],
        widget=forms.NumberInput(attrs={"min": 0, "max": MOST_EVALUATION_MINUTES, "step": 5}),
    )
    on = ComingDayField(label=_("Day"), required=False)
    begins = ClockField(label=_("Begins"), required=False)
    ends = ClockField(label=_("Ends"), required=False)

    field_order = ("visitor", "meeting", "minutes_after", "on", "begins", "ends")

    def __init__(
        self, *args: Any, meetings: Sequence[Meeting], may_choose: bool, notes: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.span: Span | None = None
        if meetings:
            field = cast("MeetingChoiceField", self.fields["meeting"])
            field.notes = notes
            field.queryset = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]).order_by("starts_at")
            field.empty_label = str(_("Another time")) if may_choose else None
        else:
            del self.fields["meeting"], self.fields["minutes_after"]
        for name in OTHER_TIME:
            other: Any = self.fields[name]
            other.required, other.needed_when = not meetings, _("at another time")
            if not may_choose:
                del self.fields[name]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.chosen is not None:
            for name in OTHER_TIME:  # a meeting is chosen: what stands there is not asked for
                self.errors.pop(name, None)
            self._clean_meeting(self.chosen)
        elif "on" in self.fields and not self.errors.get("meeting"):
            self._clean_other_time()
        return cleaned

    @property
    def chosen(self) -> Meeting | None:
        meeting: Meeting | None = self.cleaned_data.get("meeting")
        return meeting

    @property
    def minutes(self) -> int:
        minutes = self.cleaned_data.get("minutes_after")
        return EVALUATION_MINUTES if minutes is None else int(minutes)

    @property
    def where(self) -> str:
        """The field at which a refused time is told."""
        return "meeting" if self.chosen is not None or "on" not in self.fields else "begins"

    def times(self) -> dict[str, Any]:
        """`starts_at`, `ends_at` and `meeting`, as the actions take them."""
        assert self.span is not None  # noqa: S101 - a valid form has one
        return {"starts_at": self.span.starts_at, "ends_at": self.span.ends_at, "meeting": self.chosen}

    def _clean_meeting(self, meeting: Meeting) -> None:
        if "minutes_after" in self.errors:
            return
        self.span = visit_span(meeting, self.minutes)
        if self.span.length > LONGEST:
            self.add_error("minutes_after", _("A visit lasts eight hours at most."))

    def _clean_other_time(self) -> None:
        for name in OTHER_TIME:
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, forms.Field.default_error_messages["required"])
        self.span = clean_span(self, OTHER_TIME)


class VisitBookForm(VisitTimeForm):
    """When someone visits, and who."""

    submit_label = _("Book the visit")

    def __init__(self, *args: Any, visitors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"] = forms.ModelChoiceField(label=_("Who visits"), queryset=visitors, empty_label=None)
        self.order_fields(self.field_order)


class VisitMoveForm(VisitTimeForm):
    """When it is instead."""

    submit_label = _("Move the visit")
    anyway_label = _("Move it anyway")


class VisitHandOverForm(WarnedForm):
    """Which colleague makes the visit."""

    submit_label = _("Hand over")
    anyway_label = _("Hand over anyway")

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"] = forms.ModelChoiceField(
            label=_("Who visits instead?"), queryset=colleagues, widget=forms.RadioSelect, empty_label=None
        )


class ReasonForm(PortalForm):
    """Why something does not come about, in a few words."""

    reason = FreeTextFormField(label=_("Why?"), max_length=REASON_LENGTH, rows=2)

    submit_label = _("Cancel the visit")


def with_taken_time(data: Any) -> Any:
    """What was sent, with the time of the button that was pressed on the page of a conflict in place of the old one."""
    pressed = data.get(TAKE, "").split()
    if not data or not pressed:
        return data or None
    renewed = data.copy()
    keys = ("meeting",) if len(pressed) == 1 else OTHER_TIME
    renewed.setlist("meeting", [""])
    for key, value in zip(keys, pressed, strict=False):
        renewed.setlist(key, [value])
    return renewed


def pressed_value(free: FreeTime) -> str:
    """What the button for that time sends."""
    if free.meeting is not None:
        return str(free.meeting.pk)
    begins, ends = (moment.astimezone(COPENHAGEN) for moment in (free.span.starts_at, free.span.ends_at))
    return f"{begins:%Y-%m-%d %H:%M} {ends:%H:%M}"


def notes_on(meetings: Iterable[Meeting], around: Around) -> dict[int, str]:
    """For the ids of meetings what is to be known of a visit there, in words."""
    found: dict[int, str] = {}
    for meeting in meetings:
        span = visit_span(meeting, EVALUATION_MINUTES)
        words = [warning.text.rstrip(".") for warning in around.warnings(span)]
        if not around.is_free(span):
            words.insert(0, gettext("somebody is busy"))
        if words:
            found[meeting.pk] = "; ".join(words)
    return found


def initial_of(span: Span) -> dict[str, Any]:
    """The fields of another time, filled in."""
    begins, ends = (moment.astimezone(COPENHAGEN) for moment in (span.starts_at, span.ends_at))
    return {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}


def minutes_between(earlier: dt.datetime, later: dt.datetime) -> int:
    return int((later - earlier).total_seconds() // 60)
