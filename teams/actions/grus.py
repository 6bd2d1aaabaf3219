"""Finding the day of a GRUS: proposing, planning, answering, moving and cancelling."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from slf_portal.common.templatetags.portal import long_day
from teams import queries
from teams.enums import OPEN_GRUS, GrusSide, GrusState
from teams.models import Grus, GrusQuestion, Team
from teams.queries.closures import why_closed


class GrusRefusedError(RefusedError):
    """The GRUS cannot be as asked; the message says why."""


class GrusDayRefusedError(GrusRefusedError):
    """It is the day that cannot be."""

    field = "on"


@dataclass(frozen=True, slots=True)
class GrusTime:
    """A day, and from when to when where that is known."""

    on: dt.date
    begins: dt.time | None = None
    ends: dt.time | None = None


def refuse_grus_day(*, team: Team, on: dt.date, but: Grus | None = None) -> None:
    """Raise GrusDayRefusedError where no GRUS, save `but` itself, can be on that day; the message names it."""
    day = {"day": capfirst(long_day(on))}
    if on < today():
        raise GrusDayRefusedError(_("%(day)s has passed. Choose a day to come.") % day)
    if reason := why_closed(team.unit, on):
        raise GrusDayRefusedError(_("%(day)s is closed: %(reason)s. Choose another day.") % {**day, "reason": reason})
    others = team.grus_rows.filter(on=on).exclude(state=GrusState.CANCELLED)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise GrusDayRefusedError(_("%(day)s the team already has a GRUS.") % day)


def plan_grus(*, by: User, team: Team, time: GrusTime, token: uuid.UUID | None = None) -> Grus:
    """Plan it. A proposal that was open is answered by it. Raises GrusRefusedError."""
    with change(by=by, verb="plan GRUS", token=token):
        team = locked_team(team)
        grus = queries.proposed_grus(team) or Grus(team=team)
        _plan(by, grus, time)
    return grus


def propose_grus(
    *, by: User, team: Team, time: GrusTime, line: str = "", confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Grus:  # fmt: skip
    """The team proposes a day to its leader, in place of what was proposed before. Raises GrusRefusedError."""
    with change(by=by, verb="propose GRUS", token=token):
        team = locked_team(team)
        grus = queries.proposed_grus(team) or Grus(team=team, state=GrusState.PROPOSED)
        _propose(by, grus, time, line, confirmed_not_cpr=confirmed_not_cpr)
        grus.waits_for = GrusSide.LEADER
        grus.save()
    return grus


def propose_other_time(
    *, by: User, grus: Grus, time: GrusTime, line: str = "", version: int, confirmed_not_cpr: bool = False
) -> Grus:
    """Who was asked proposes another day to the one who asked. Raises GrusRefusedError, StaleFormError."""
    with change(by=by, verb="propose other time for GRUS"):
        grus = _locked_proposal(grus, version)
        answers = GrusSide(grus.waits_for)
        _propose(by, grus, time, line, confirmed_not_cpr=confirmed_not_cpr)
        grus.waits_for = GrusSide.TEAM if answers is GrusSide.LEADER else GrusSide.LEADER
        grus.save()
    return grus


def accept_grus(*, by: User, grus: Grus, version: int) -> Grus:
    """Who was asked says yes to the day. Raises GrusRefusedError, StaleFormError."""
    with change(by=by, verb="say yes to GRUS"):
        grus = _locked_proposal(grus, version)
        _plan(by, grus, GrusTime(grus.on, grus.begins, grus.ends))
    return grus


def move_grus(*, by: User, grus: Grus, time: GrusTime, version: int) -> Grus:
    """Move a planned GRUS. Raises GrusRefusedError, StaleFormError."""
    with change(by=by, verb="move GRUS"):
        grus = locked_planned(grus)
        refuse_stale(stored=grus.version, shown=version)
        _place(grus, time)
        save_checked(grus)
    return grus


def cancel_grus(*, by: User, grus: Grus, reason: str, confirmed_not_cpr: bool = False) -> Grus:
    """Cancel what is proposed or planned, with a line why. What people prepared for it is deleted by the database."""
    with change(by=by, verb="cancel GRUS"):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.Grus.reason")
        grus = _locked(grus)
        if not grus.is_open:
            raise GrusRefusedError(_("It has been held or cancelled already."))
        if not reason:
            raise GrusRefusedError(_("Say in a line why."))
        grus.state, grus.reason, grus.line = GrusState.CANCELLED, reason, ""
        save_checked(grus, confirmed_not_cpr=confirmed_not_cpr)
    return grus


def end_grus(*, by: User | None, team: Team, on: dt.date) -> None:
    """The team is no more from that day: what is proposed or planned from then on is cancelled."""
    with change(by=by, verb="end GRUS"):
        for grus in Grus.objects.select_for_update().filter(team=team, on__gte=on, state__in=sorted(OPEN_GRUS)):
            grus.state, grus.reason, grus.line = GrusState.CANCELLED, _("The team ended."), ""
            save_checked(grus)


def plan_next_grus(*, by: User, grus: Grus, on: dt.date) -> Grus:
    """At the end of one the day of the next is agreed on. Raises GrusRefusedError."""
    with change(by=by, verb="plan GRUS"):
        following = queries.proposed_grus(locked_team(grus.team)) or Grus(team=grus.team)
        _plan(by, following, GrusTime(on))
    return following


def locked_planned(grus: Grus) -> Grus:
    """The GRUS for one writer at a time. Raises GrusRefusedError unless it is planned."""
    grus = _locked(grus)
    if not grus.is_planned:
        raise GrusRefusedError(_("It has been held or cancelled already, or has no agreed day yet."))
    return grus


def locked_open(grus: Grus) -> Grus:
    """The GRUS for one writer at a time. Raises GrusRefusedError when it is held or cancelled."""
    grus = _locked(grus)
    if not grus.is_open:
        raise GrusRefusedError(_("It has been held or cancelled already."))
    return grus


def locked_team(team: Team) -> Team:
    """The team, for one who finds a day for it at a time."""
    return Team.objects.select_for_update(of=("self",)).select_related("unit").get(pk=team.pk)


def _locked(grus: Grus) -> Grus:
    return Grus.objects.select_for_update(of=("self",)).select_related("team__unit").get(pk=grus.pk)


def _locked_proposal(grus: Grus, version: int) -> Grus:
    grus = _locked(grus)
    if not grus.is_proposed:
        raise GrusRefusedError(_("The proposal has been answered already."))
    refuse_stale(stored=grus.version, shown=version)
    return grus


def _plan(by: User, grus: Grus, time: GrusTime) -> None:
    leaders = queries.grus_leaders(grus.team, time.on)
    if not leaders:
        raise GrusRefusedError(
            _("Nobody is named as the team's leader, and a GRUS is held with her. Ask an administrator.")
        )
    _place(grus, time)
    grus.state, grus.line = GrusState.PLANNED, ""
    grus.leader = by if by in leaders else leaders[0]
    _save_with_questions(grus)


def _propose(by: User, grus: Grus, time: GrusTime, line: str, *, confirmed_not_cpr: bool) -> None:
    if confirmed_not_cpr:
        note_text_override(by=by, place="teams.Grus.line")
    _place(grus, time)
    grus.proposed_by, grus.line = by, line
    _save_with_questions(grus, confirmed_not_cpr=confirmed_not_cpr)


def _place(grus: Grus, time: GrusTime) -> None:
    refuse_grus_day(team=grus.team, on=time.on, but=grus if grus.pk else None)
    grus.on, grus.begins, grus.ends = time.on, time.begins, time.ends
    grus.version += 1


def _save_with_questions(grus: Grus, *, confirmed_not_cpr: bool = False) -> None:
    """Save it; a new one begins with its own copy of the questions that are suggested."""
    is_new = grus.pk is None
    save_checked(grus, confirmed_not_cpr=confirmed_not_cpr)
    if is_new:
        GrusQuestion.objects.bulk_create(
            GrusQuestion(grus=grus, position=position, theme=suggested.theme, text=suggested.text)
            for position, suggested in enumerate(queries.suggested_grus_questions(), start=1)
        )
