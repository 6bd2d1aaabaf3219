"""The form of a new school year: what becomes of each team, where each member goes, and new teams."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from slf_portal.common.dates import today
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.forms import ComingDayField, PortalForm
from teams.enums import Becomes
from teams.queries import (
    FOLLOWS,
    LEAVES,
    Facts,
    FreshTeam,
    SchoolYear,
    TeamChoice,
    TeamNow,
    TeamsNow,
    becomes_key,
    facts,
    member_key,
    name_key,
    next_school_year,
    problems,
)

NAME_LENGTH = 150
FRESH_ROWS, MOST_FRESH_ROWS = 2, 30
_SALT = "teams.school_year"

Choices = list[tuple[Any, Any]]


class SchoolYearForm(PortalForm):
    """Everything may be left as it is: then every team goes on with those who are in it.

    The page has two steps and the database knows nothing of the first: the preview carries what was chosen in hidden
    fields (`carried`) together with what it rests on, signed (`seal`, `seen`).
    """

    submit_label = _("See what comes of it")

    on = ComingDayField(label=_("The day it happens"))
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: TeamsNow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["on"].initial = next_school_year(today())
        self.fresh_keys = [f"new-{number}" for number in range(1, self._count_of_fresh_rows() + 1)]
        for key in self.fresh_keys:
            self._add_fresh_team(key)
        for here in now.teams:
            self._add_team(here)

    def _count_of_fresh_rows(self) -> int:
        asked = str(self.data.get("rows") or FRESH_ROWS)
        count = int(asked) if asked.isdecimal() and len(asked) < 4 else FRESH_ROWS  # noqa: PLR2004 - no long numbers
        return min(count + (FRESH_ROWS if "more" in self.data else 0), MOST_FRESH_ROWS)

    def _add_fresh_team(self, key: str) -> None:
        self.fields[name_key(key)] = _NameField(label=_("The new team's name"))
        if len(self.now.units) > 1:
            self.fields[_unit(key)] = forms.TypedChoiceField(
                label=_("Its unit"),
                choices=[(unit.pk, unit.name) for unit in self.now.units],
                coerce=int,
                required=False,
            )

    def _add_team(self, here: TeamNow) -> None:
        self.fields[becomes_key(here.key)] = forms.ChoiceField(
            label=_("What becomes of %(team)s") % {"team": here.team.name},
            choices=Becomes.choices,
            initial=Becomes.GOES_ON,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields[name_key(here.key)] = _NameField(label=_("The new name"))
        places = self._places(but=here)
        for row in here.members:
            self.fields[member_key(row)] = forms.ChoiceField(label=row.person.name, choices=places, required=False)

    def _places(self, *, but: TeamNow) -> Choices:
        others = [(there.key, self._label(there)) for there in self.now.teams if there is not but]
        fresh = [
            (key, self.data.get(name_key(key)) or _("New team %(number)d") % {"number": number})
            for number, key in enumerate(self.fresh_keys, start=1)
        ]
        return [(FOLLOWS, _("Follows the team")), (LEAVES, _("Leaves the team")), (_("Goes to"), [*others, *fresh])]

    def _label(self, there: TeamNow) -> str:
        """The team's name now, and what it is going to be called where that has been said."""
        name = f"{there.team.name} ({there.team.unit.name})" if len(self.now.units) > 1 else there.team.name
        is_copied = self.data.get(becomes_key(there.key)) == Becomes.COPIED
        new = self.data.get(name_key(there.key)) if is_copied else ""
        return f"{name} → {new}" if new else name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            for problem in problems(self.now, self.year()):
                self.add_error(problem.where, problem.reason)
        return cleaned

    def year(self) -> SchoolYear:
        """What was chosen, once it is clean."""
        chosen = self.cleaned_data
        return SchoolYear(
            on=chosen["on"],
            choices={
                here.team.pk: TeamChoice(
                    Becomes(chosen[becomes_key(here.key)] or Becomes.GOES_ON), chosen[name_key(here.key)]
                )
                for here in self.now.teams
            },
            fresh=[
                FreshTeam(key, chosen[name_key(key)], chosen.get(_unit(key)) or self.now.units[0].pk)
                for key in self.fresh_keys
            ],
            goes_to={row.pk: chosen[member_key(row)] for here in self.now.teams for row in here.members},
        )

    # For the pages ----------------------------------------------------------------------------------------------

    def teams(self) -> Iterator[dict[str, Any]]:
        """Each team with its fields; `is_open` where a member does something else than follow."""
        for here in self.now.teams:
            members = [self[member_key(row)] for row in here.members]
            yield {
                "now": here,
                "becomes": self[becomes_key(here.key)],
                "name": self[name_key(here.key)],
                "members": members,
                "is_open": any(field.value() or field.errors for field in members),
            }

    def fresh_teams(self) -> Iterator[dict[str, Any]]:
        """The rows for teams that begin from nothing; `unit` only where there is a choice."""
        for key in self.fresh_keys:
            yield {"name": self[name_key(key)], "unit": self[_unit(key)] if _unit(key) in self.fields else None}

    def carried(self) -> Iterator[tuple[str, str]]:
        """What was filled in, to be carried by hidden fields; the token is the page's own."""
        for name in self.fields:
            if name not in {"token", "rows"} and (value := self.data.get(name)):
                yield name, value

    def seal(self) -> str:
        """What the choices rest on, signed: it names people, and nobody is to choose whom."""
        return signing.dumps({key: list(fact) for key, fact in facts(self.now).items()}, salt=_SALT, compress=True)

    def seen(self) -> Facts:
        """What was sealed; nothing where the seal is broken, which reads as if everything were new."""
        try:
            sealed: Facts = signing.loads(self.data.get("seen", ""), salt=_SALT)
        except signing.BadSignature:
            return {}
        return sealed


class _NameField(forms.CharField):
    """The name of a new team, where there is one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=NAME_LENGTH, validators=[refuse_cpr], **kwargs)


def _unit(key: str) -> str:
    return f"{key}-unit"
