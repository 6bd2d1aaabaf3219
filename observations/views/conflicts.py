"""What stands in the way of a visit, and three times instead."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from observations.forms import VisitTimeForm, pressed_value
from observations.models import Booking
from observations.permissions import can_know_of_visit
from observations.queries import Around, FreeTime, absence_words
from slf_portal.common.templatetags.portal import until
from teams.models import Team
from teams.permissions import can_see_names
from teams.standing import Standing

_SENT_ALONG = ("token", "version", "seen", "visitor", "minutes_after")


@dataclass(frozen=True, slots=True)
class Alternative:
    """A free time, and what its button sends."""

    free: FreeTime
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is in the way, in words, the times that are free instead, and what each button sends along."""

    words: list[str]
    alternatives: list[Alternative]
    fields: list[tuple[str, Any]]


def conflict_of(standing: Standing, form: VisitTimeForm, around: Around) -> Conflict | None:
    """The page of a conflict, when the form was refused because somebody's time is taken."""
    if form.taken is None or form.span is None:
        return None
    meetings = list(form.fields["meeting"].queryset) if "meeting" in form.fields else []  # type: ignore[attr-defined]
    others = [meeting for meeting in meetings if meeting != form.chosen]
    free = around.free_times(form.span, others, minutes_after=form.minutes)
    may_choose = "on" in form.fields
    return Conflict(
        words=words_of(standing, around.team, form.taken.clashes, visitor_id=around.visitor.pk),
        alternatives=[Alternative(one, pressed_value(one)) for one in free if one.meeting is not None or may_choose],
        fields=[(name, form[name].value() or "") for name in _SENT_ALONG if name in form.fields],
    )


def words_of(standing: Standing, team: Team, clashes: list[Booking], *, visitor_id: int) -> list[str]:
    """One line for each thing in the way: only as much as the reader may know of it."""
    found: dict[str, None] = {}
    for booking in clashes:
        found.setdefault(_word(standing, team, booking, visitor_id=visitor_id))
    return list(found)


def _word(standing: Standing, team: Team, booking: Booking, *, visitor_id: int) -> str:
    may_know_who = booking.person_id == visitor_id or can_see_names(standing, team)
    said = {
        "who": booking.person.name if may_know_who else _("A member of the team"),
        "when": until(booking.starts_at, booking.ends_at),
    }
    if booking.absence is not None:
        return _("%(who)s is away %(when)s.") % {**said, "when": absence_words(booking.absence)}
    if booking.visit is not None and can_know_of_visit(standing, booking.visit):
        return _("%(who)s is busy %(when)s with the visit to %(team)s.") % {**said, "team": booking.visit.team.name}
    return _("%(who)s is busy with a visit %(when)s.") % said
