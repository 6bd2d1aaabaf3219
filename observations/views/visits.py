"""Planning, moving, cancelling and noting visits."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcycle.models import Meeting
from observations import actions, queries
from observations.access import get_known_visit, get_visit
from observations.forms import (
    ReasonForm,
    VisitBookForm,
    VisitHandOverForm,
    VisitMoveForm,
    initial_of,
    minutes_between,
    notes_on,
    with_taken_time,
)
from observations.models import Visit, VisitRecord
from observations.permissions import (
    can_answer_visit,
    can_change_visit,
    can_evaluate_visit,
    can_note_visits,
    can_plan_visits,
    can_prepare_visit,
    can_read_lines,
    can_withdraw_offer,
    can_write_visit,
)
from observations.queries import (
    Around,
    last_answer,
    look_around,
    look_around_span,
    meetings_to_visit,
    usual_visitor,
    visit_texts,
    waiting_offers,
)
from observations.rules import Span
from observations.views.conflicts import conflict_of, words_of
from slf_portal.accounts.http import PortalRequest
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import until
from teams.access import get_team, standing
from teams.models import Team
from teams.permissions import can_plan_meetings, can_view_team
from teams.queries import possible_visitors

ONE_DAY = dt.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_book(request: PortalRequest, team_id: int) -> HttpResponse:
    """Book a visit to one of the team's meetings; at another time, who plans the team's meetings."""
    team = get_team(request, team_id, can_plan_visits)
    here, visitors, meetings = standing(request), possible_visitors(team, today()), meetings_to_visit(team)
    visitor = _visitor(request, team, visitors)
    may_choose, notes = can_plan_meetings(here, team), _notes(team, visitor, meetings)
    form = VisitBookForm(
        with_taken_time(request.POST),
        visitors=visitors,
        meetings=meetings,
        may_choose=may_choose,
        notes=notes,
        initial={"visitor": visitor, "meeting": next((one for one in meetings if one.pk not in notes), None)},
    )
    conflict = None
    if form.is_valid() and form.span is not None:
        around = look_around_span(team, form.cleaned_data["visitor"], form.span)
        if _booked(request, form, team, around):
            return _to_visit(form.outcome, team)
        conflict = conflict_of(here, form, around)
    waiting = waiting_offers([team.pk]).first()
    context = {
        "form": form,
        "team": team,
        "conflict": conflict,
        "can_book": visitor is not None and (bool(meetings) or may_choose),
        "has_visitors": visitor is not None,
        "waiting": waiting,
        "may_withdraw": waiting is not None and can_withdraw_offer(here, waiting),
        "declined": None if waiting else last_answer(team),
    }
    return render(request, "observations/visit_book.html", context)


@require_safe
def visit_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """A visit: when and who, and for those it belongs to what was agreed, written and kept."""
    visit = get_known_visit(request, pk)
    here, record = standing(request), VisitRecord.objects.filter(visit=visit).first()
    context: dict[str, Any] = {
        "visit": visit,
        "team": visit.team,
        "record": record,
        "may_plan": can_change_visit(here, visit),
        "may_prepare": can_prepare_visit(here, visit),
        "may_write": can_write_visit(here, visit),
        "may_read_lines": can_read_lines(here, visit, record),
        "may_open_team": can_view_team(here, visit.team),
        "after": queries.after_visit(visit, record) if can_evaluate_visit(here, visit) else None,
        "may_answer": can_answer_visit(here, visit),
    }
    context["texts"] = visit_texts(visit, with_lines=context["may_read_lines"])
    return render(request, "observations/visit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move a planned visit to another meeting or time."""
    visit = get_known_visit(request, pk, can_change_visit)
    here, team, meetings = standing(request), visit.team, meetings_to_visit(visit.team, but=visit)
    form = VisitMoveForm(
        with_taken_time(request.POST),
        meetings=meetings,
        may_choose=can_plan_meetings(here, team),
        notes=_notes(team, visit.visitor, meetings, but=visit),
        initial=_values(visit),
        shown_version=visit.version,
    )
    conflict = None
    if form.is_valid() and form.span is not None:
        around = look_around_span(team, visit.visitor, form.span, but=visit)
        if _moved(request, form, visit, around):
            return redirect("observations:visit_detail", visit.pk)
        conflict = conflict_of(here, form, around)
    can_book = bool(meetings) or "on" in form.fields
    context = {"form": form, "visit": visit, "team": team, "conflict": conflict, "can_book": can_book}
    return render(request, "observations/visit_move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a colleague make the visit: for good, or as a stand-in this once."""
    visit = get_known_visit(request, pk, can_change_visit)
    colleagues = possible_visitors(visit.team, today()).exclude(pk=visit.visitor_id)
    form = VisitHandOverForm(request.POST or None, colleagues=colleagues, shown_version=visit.version)
    in_the_way: list[str] = []
    if form.is_valid():
        colleague = form.cleaned_data["visitor"]
        if _handed_over(request, form, visit):
            return redirect("observations:visit_detail", visit.pk)
        if form.taken is not None:
            in_the_way = words_of(standing(request), visit.team, form.taken.clashes, visitor_id=colleague.pk)
    context = {
        "form": form,
        "visit": visit,
        "team": visit.team,
        "in_the_way": in_the_way,
        "has_colleagues": colleagues.exists(),
    }
    return render(request, "observations/visit_hand_over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Say why, and cancel a planned visit."""
    visit = get_known_visit(request, pk, can_change_visit)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.cancel_visit(by=request.user, visit=visit, reason=form.cleaned_data["reason"])
    ):
        when = until(visit.starts_at, visit.ends_at)
        messages.success(request, _("The visit %(when)s is cancelled. Everyone concerned is told.") % {"when": when})
        return redirect("observations:visit_detail", visit.pk)
    return render(request, "observations/visit_cancel.html", {"form": form, "visit": visit, "team": visit.team})


@require_POST
def visit_held(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that the visit was held; `is_evaluated` says whether the conversation was evaluated."""
    visit = get_visit(request, pk, can_note_visits)
    is_evaluated = request.POST.get("is_evaluated") == "1"
    said = _("Noted: the conversation is evaluated.") if is_evaluated else _("Noted: the visit was held.")
    return _done(
        request,
        visit,
        lambda: actions.mark_visit_held(by=request.user, visit=visit, is_evaluated=is_evaluated),
        said,
    )


@require_POST
def visit_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back that the visit was held."""
    visit = get_visit(request, pk, can_note_visits)
    return _done(
        request,
        visit,
        lambda: actions.unmark_visit_held(by=request.user, visit=visit),
        _("The note is taken back. The visit is still planned."),
    )


def _booked(request: PortalRequest, form: VisitBookForm, team: Team, around: Around) -> bool:
    assert form.span is not None  # noqa: S101 - asked before
    if around.is_free(form.span) and not form.is_warned(around.warnings(form.span)):
        return False
    done = form.carried_out(
        lambda: actions.book_visit(
            by=request.user,
            team=team,
            visitor=form.cleaned_data["visitor"],
            token=form.cleaned_data["token"],
            **form.times(),
        ),
        refused_at=form.where,
    )
    if done:
        when = until(form.span.starts_at, form.span.ends_at)
        messages.success(request, _("The visit is planned for %(when)s. The team is told.") % {"when": when})
    return done


def _moved(request: PortalRequest, form: VisitMoveForm, visit: Visit, around: Around) -> bool:
    assert form.span is not None  # noqa: S101 - asked before
    if around.is_free(form.span) and not form.is_warned(around.warnings(form.span)):
        return False
    done = form.carried_out(
        lambda: actions.move_visit(
            by=request.user, visit=visit, visitor=visit.visitor, version=form.cleaned_data["version"], **form.times()
        ),
        refused_at=form.where,
    )
    if done:
        when = until(form.span.starts_at, form.span.ends_at)
        messages.success(request, _("The visit is moved to %(when)s. Everyone concerned is told.") % {"when": when})
    return done


def _handed_over(request: PortalRequest, form: VisitHandOverForm, visit: Visit) -> bool:
    colleague, span = form.cleaned_data["visitor"], Span(visit.starts_at, visit.ends_at)
    around = look_around_span(visit.team, colleague, span, but=visit)
    if around.is_free(span) and not form.is_warned(around.warnings(span)):
        return False
    done = form.carried_out(
        lambda: actions.hand_over_visit(
            by=request.user, visit=visit, visitor=colleague, version=form.cleaned_data["version"]
        ),
        refused_at="visitor",
    )
    if done:
        messages.success(request, _("%(name)s makes the visit. Everyone concerned is told.") % {"name": colleague.name})
    return done


def _visitor(request: PortalRequest, team: Team, visitors: QuerySet[User]) -> User | None:
    """Whose time the page looks at: who is chosen, else the reader herself, else who visits the team usually."""
    chosen = request.POST.get("visitor", "")
    if chosen.isdecimal() and (found := visitors.filter(pk=chosen).first()):
        return found
    return visitors.filter(pk=request.user.pk).first() or usual_visitor(team, visitors, today())


def _notes(
    team: Team, visitor: User | None, meetings: Sequence[Meeting], *, but: Visit | None = None
) -> dict[int, str]:
    if visitor is None or not meetings:
        return {}
    around = look_around(team, visitor, meetings[0].on, meetings[-1].on + ONE_DAY, but=but)
    return notes_on(meetings, around)


def _to_visit(visit: Visit | None, team: Team) -> HttpResponse:
    """To the visit, where it is prepared; a form that was sent twice leads to the team."""
    if visit is None:
        return redirect("dashboard:team_detail", team.pk)
    return redirect("observations:visit_detail", visit.pk)


def _done(request: PortalRequest, visit: Visit, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("dashboard:team_detail", visit.team_id)


def _values(visit: Visit) -> dict[str, Any]:
    values = {**initial_of(Span(visit.starts_at, visit.ends_at)), "meeting": visit.meeting_id}
    if visit.meeting is not None:
        values["minutes_after"] = max(0, minutes_between(visit.meeting.ends_at, visit.ends_at))
    return values
