"""What a visitor and a team agree on before a visit, and what they can begin with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learningcycle.enums import EntryKind
from learningcycle.queries import running_cycles
from observations.models import FOCUS_LENGTH, Visit, VisitFocus, VisitPreparation
from slf_portal.common.dates import today
from teams.queries import stands_of_team

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be copied into a focus, and where it comes from, in words."""

    text: str
    source: str


def preparation_of(visit: Visit) -> VisitPreparation:
    """What was agreed before the visit; empty and not stored as long as nobody has agreed on anything. One query."""
    return VisitPreparation.objects.filter(visit=visit).first() or VisitPreparation(visit=visit)


def foci_of(visit: Visit) -> list[VisitFocus]:
    """What the visitor is asked to look at, in order. One query."""
    return list(visit.foci.all())


def suggestions_from_unit(visit: Visit) -> list[Suggestion]:
    """The goals of the unit's staircase that hold for the team. Three queries."""
    source = _("the unit's goal")
    return [_suggested(stand.goal.title, source) for stand in stands_of_team(visit.team, today())]


def suggestions_from_team(visit: Visit) -> list[Suggestion]:
    """Focus, goal and signs of the team's running cycles. For the team and its resource persons alone."""
    found: list[Suggestion] = []
    for cycle in running_cycles(visit.team):
        names = {"title": cycle.title}
        found += [
            _suggested(cycle.focus, _("the focus of “%(title)s”") % names),
            _suggested(cycle.goal, _("the goal of “%(title)s”") % names),
        ]
        sign = pgettext("of a learning cycle", "a sign in “%(title)s”") % names
        found += [_suggested(entry.text, sign) for entry in cycle.entries.filter(kind=EntryKind.SIGN)]
    return [suggestion for suggestion in found if suggestion.text]


def _suggested(text: str, source: str) -> Suggestion:
    """Cut to what a focus has room for, at a word."""
    if len(text) > FOCUS_LENGTH:
        text = text[: FOCUS_LENGTH - len(_CUT)].rsplit(maxsplit=1)[0] + _CUT
    return Suggestion(text, source)
