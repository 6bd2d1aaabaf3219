"""The form that is used while a GRUS is held."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import DayField, PortalForm
from slf_portal.common.templatetags.portal import short_day
from teams import queries
from teams.actions import GrusDayRefusedError, Meanwhile, PointWriting, Talk, Writing, refuse_grus_day
from teams.forms.grus import as_stored
from teams.models import Grus, GrusPoint
from teams.models.agreements import AGREEMENT_LENGTH
from teams.models.grus import NOTES_LENGTH

# A group keeps a handful of promises; a page with very many rows helps nobody.
USUAL_POINTS = 5
MOST_POINTS = 20


@dataclass(frozen=True, slots=True)
class Clashes:
    """Where two have written at once: what she wrote, and what a colleague did meanwhile."""

    mine: Talk
    theirs: Meanwhile

    def note(self, key: int) -> str | None:
        return self.mine.notes[key].text if key in self.theirs.notes else None

    def point(self, key: int) -> PointWriting | None:
        mine = {point.key: point for point in self.mine.points}
        return mine.get(key) if key in self.theirs.points else None


NO_CLASHES = Clashes(Talk({}, []), Meanwhile())


@dataclass(frozen=True, slots=True)
class PointRow:
    """A row of the page: its fields, and what a colleague wrote meanwhile."""

    number: int
    fields: list[Any] = field(default_factory=list)
    colleague: GrusPoint | None = None

    @property
    def colleague_more(self) -> str:
        """Who and by when, as the colleague wrote it."""
        if self.colleague is None:
            return ""
        who = self.colleague.owner.name if self.colleague.owner else _("the team")
        return " · ".join(str(part) for part in (who, short_day(self.colleague.due_on)) if part)


class GrusTalkForm(PortalForm):
    """Notes to each question, development points, the next day, and that it was held with the leader.

    Each text carries how it stood when the page was opened.
    """

    leader = forms.ModelChoiceField(label=_("Responsible leader"), queryset=User.objects.none(), required=False)
    leader_present = forms.BooleanField(label=_("The leader took part in the conversation"), required=False)
    next_on = DayField(
        label=_("The next GRUS"), required=False, help_text=_("It is planned when this one is noted as held.")
    )
    next_stood = forms.DateField(widget=forms.HiddenInput(), required=False)
    rows = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(
        self, *args: Any, grus: Grus, rows: int = USUAL_POINTS, clashes: Clashes = NO_CLASHES, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.grus, self.clashes = grus, clashes
        self.questions, self.points = queries.grus_questions(grus), queries.drafted_grus_points(grus)
        self.numbers = range(1, self._rows(rows) + 1)
        self._add_notes()
        self._add_points()
        self._fill_end()
        self._place_not_cpr()

    def _rows(self, wanted: int) -> int:
        """So many rows as were asked for, or as the page had that is sent; always one to spare."""
        sent = str(self.data.get("rows", ""))
        wanted = max(wanted, int(sent) if sent.isdecimal() else 0)
        return max(len(self.points) + 1, USUAL_POINTS, min(wanted, MOST_POINTS))

    def _add_notes(self) -> None:
        for question in self.questions:
            mine = self.clashes.note(question.pk)
            self.fields[f"notes_{question.pk}"] = FreeTextFormField(
                label=question.text,
                max_length=NOTES_LENGTH,
                rows=3,
                required=False,
                initial=question.notes if mine is None else mine,
            )
            self.fields[f"was_{question.pk}"] = _hidden(question.notes)

    def _add_points(self) -> None:
        people = queries.grus_owners(self.grus.team)
        for number in self.numbers:
            stored = self.points[number - 1] if number <= len(self.points) else None
            shown = (self.clashes.point(stored.pk) if stored else None) or stored
            self.fields[f"point_{number}"] = FreeTextFormField(
                label=_("What we agree"),
                max_length=AGREEMENT_LENGTH,
                rows=2,
                required=False,
                initial=shown.text if shown else "",
            )
            self.fields[f"who_{number}"] = forms.ModelChoiceField(
                label=_("Who does it"),
                queryset=people,
                required=False,
                empty_label=str(_("the team")),
                initial=shown.owner if shown else None,
            )
            self.fields[f"by_{number}"] = DayField(
                label=_("By"), required=False, initial=shown.due_on if shown else None
            )
            self.fields[f"key_{number}"] = _hidden(str(stored.pk) if stored else "")
            self.fields[f"stood_{number}"] = _hidden(stored.as_it_stands if stored else "")

    def _fill_end(self) -> None:
        leaders = queries.grus_leaders(self.grus.team, self.grus.on)
        choice = self.fields["leader"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101
        choice.queryset = User.objects.filter(pk__in=[leader.pk for leader in leaders]).order_by("sort_key", "pk")
        choice.initial = self.grus.leader if self.grus.leader in leaders else next(iter(leaders), None)
        self.fields["next_on"].initial = self.clashes.mine.next_on or self.grus.next_on
        self.fields["next_stood"].initial = self.grus.next_on
        self.fields["rows"].initial = len(self.numbers)

    @property
    def is_to_be_held(self) -> bool:
        return "hold" in self.data

    @property
    def rows_wanted(self) -> int:
        """How many rows the page is to have next: one more where that was asked for, 0 where it was not."""
        return len(self.numbers) + 1 if "add" in self.data else 0

    def clean_next_on(self) -> dt.date | None:
        on: dt.date | None = self.cleaned_data["next_on"]
        if on:
            try:
                refuse_grus_day(team=self.grus.team, on=on)
            except GrusDayRefusedError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in self.numbers:
            self._check_point(number, cleaned)
        if self.is_to_be_held:
            self._check_end(cleaned)
        return cleaned

    def _check_point(self, number: int, cleaned: dict[str, Any]) -> None:
        text, by = cleaned.get(f"point_{number}"), cleaned.get(f"by_{number}")
        if not text:
            if not cleaned.get(f"key_{number}") and (by or cleaned.get(f"who_{number}")):
                self.add_error(f"point_{number}", _("Say what it is, or clear the row."))
        elif by and by < self.grus.on:
            self.add_error(f"by_{number}", _("Choose a day after the GRUS."))
        elif self.is_to_be_held and not by and f"by_{number}" not in self.errors:
            self.add_error(f"by_{number}", _("Say by when. You can move it later."))

    def _check_end(self, cleaned: dict[str, Any]) -> None:
        if self.grus.on > today():
            self.add_error(None, _("The day has not come yet. Move the GRUS if you hold it today."))
        if not cleaned.get("leader") and "leader" not in self.errors:
            self.add_error("leader", _("Say which leader took part."))
        if not cleaned.get("leader_present"):
            self.add_error(
                "leader_present",
                _("A GRUS is held with the leader responsible for the team. Move it if she could not take part."),
            )

    def talk(self) -> Talk:
        """What was written."""
        sent = self.cleaned_data
        return Talk(
            notes={
                question.pk: Writing(as_stored(sent[f"notes_{question.pk}"]), as_stored(sent[f"was_{question.pk}"]))
                for question in self.questions
            },
            points=[
                PointWriting(
                    as_stored(sent[f"point_{number}"]),
                    sent[f"who_{number}"],
                    sent[f"by_{number}"],
                    key=int(sent[f"key_{number}"]) if sent[f"key_{number}"].isdecimal() else None,
                    was=as_stored(sent[f"stood_{number}"]),
                )
                for number in self.numbers
            ],
            next_on=sent["next_on"],
            next_stood=sent["next_stood"],
        )

    def put_together(self, theirs: Meanwhile) -> Self:
        """The page again as it stands now, with both texts where two have written; saved again, hers stands."""
        end = {name: self.cleaned_data[name] for name in ("leader", "leader_present")}
        return type(self)(grus=self.grus, rows=len(self.numbers), clashes=Clashes(self.talk(), theirs), initial=end)

    def note_rows(self) -> list[dict[str, Any]]:
        """For the page: each question, its fields, and what a colleague wrote meanwhile."""
        return [
            {
                "question": question,
                "field": self[f"notes_{question.pk}"],
                "was": self[f"was_{question.pk}"],
                "colleague": self.clashes.theirs.notes.get(question.pk),
            }
            for question in self.questions
        ]

    def point_rows(self) -> list[PointRow]:
        """For the page: the rows of the development points."""
        keys = {number: point.pk for number, point in enumerate(self.points, start=1)}
        return [
            PointRow(
                number,
                [self[f"{name}_{number}"] for name in ("key", "stood", "point", "who", "by")],
                self.clashes.theirs.points.get(keys.get(number, 0)),
            )
            for number in self.numbers
        ]


def _hidden(value: str) -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, required=False, strip=False, initial=value)
