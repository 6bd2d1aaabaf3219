"""Evaluating a conversation: in the room on one screen, and each member on her own phone."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcycle.queries import planned_meetings
from observations import actions, queries
from observations.access import get_known_visit
from observations.forms import AnswerForm, EvaluateForm
from observations.models import Visit, VisitRecord
from observations.permissions import (
    can_answer_visit,
    can_evaluate_visit,
    can_note_visits,
    can_share_visit,
    is_visitor,
)
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from teams.access import standing
from teams.permissions import can_view_team
from teams.queries import possible_owners

# In the address of a page that shows what was just saved: its draft in the browser is no longer needed.
_SAVED = "?gemt=1"


@require_http_methods(["GET", "HEAD", "POST"])
def visit_evaluate(request: PortalRequest, pk: int) -> HttpResponse:
    """The tick that makes the visit count, what the team keeps, its next steps, and the answers as they come."""
    visit = get_known_visit(request, pk, can_evaluate_visit)
    after = queries.after_visit(visit, queries.record_of(visit))
    if request.method != "POST" and after.why_not:
        return _not_now(request, visit, after.why_not)
    form = _form(request, visit, after.record)
    if form.is_valid() and form.carried_out(
        lambda: actions.evaluate_visit(
            by=request.user,
            visit=visit,
            evaluation=form.evaluation(),
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("Saved."))
        return redirect(reverse("observations:visit_evaluate", args=[pk]) + _SAVED)
    here = standing(request)
    context = {
        "visit": visit,
        "team": visit.team,
        "after": after,
        "form": form,
        "answer_url": settings.PORTAL_URL + reverse("observations:visit_answer", args=[pk]),
        "may_share": can_share_visit(here, visit) and not (after.record and after.record.is_shared),
        "may_answer": can_answer_visit(here, visit),
        "may_open_team": can_view_team(here, visit.team),
        "are_too_few": queries.are_too_few_to_answer(visit.team),
        "is_saved": "gemt" in request.GET,
    }
    return render(request, "observations/visit_evaluate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """A member's own answers, without her name; she can change them until the visit is closed."""
    visit = get_known_visit(request, pk, can_answer_visit)
    if request.method != "POST" and (why_not := queries.why_not_now(visit, queries.record_of(visit))):
        return _not_now(request, visit, why_not)
    own, old = queries.own_answers(visit, request.user), queries.answers_to_old_questions(visit, request.user)
    form = AnswerForm(request.POST or None, questions=queries.asked_questions(), own=own, old=old)
    if form.is_valid() and form.carried_out(
        lambda: actions.answer_evaluation(by=request.user, visit=visit, texts=form.texts())
    ):
        messages.success(request, _("Your answer is saved, without your name."))
        return redirect(reverse("observations:visit_answer", args=[pk]) + _SAVED)
    context = {
        "visit": visit,
        "team": visit.team,
        "form": form,
        "has_answered": bool(own),
        "are_too_few": queries.are_too_few_to_answer(visit.team),
        "is_saved": "gemt" in request.GET,
    }
    return render(request, "observations/visit_answer.html", context)


@require_safe
def visit_answers(request: PortalRequest, pk: int) -> HttpResponse:
    """The answers so far, which the page of the evaluation asks for every few seconds."""
    visit = get_known_visit(request, pk, can_evaluate_visit)
    return render(request, "observations/_visit_answers.html", {"answers": queries.answers_of(visit)})


def _form(request: PortalRequest, visit: Visit, record: VisitRecord | None) -> EvaluateForm:
    here = standing(request)
    following = planned_meetings([visit.team_id], today() + dt.timedelta(days=1)).first()
    return EvaluateForm(
        request.POST or None,
        visit=visit,
        kept=record.kept if record else "",
        owners=possible_owners(visit.team, today()),
        # Theirs is the word that it was held.
        may_tick=is_visitor(here, visit) or can_note_visits(here, visit.team),
        initial={"step_by": following.on if following else None},
    )


def _not_now(request: PortalRequest, visit: Visit, why_not: str) -> HttpResponse:
    messages.info(request, why_not)
    return redirect("observations:visit_detail", visit.pk)
