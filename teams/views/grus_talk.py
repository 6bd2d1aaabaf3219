"""A GRUS itself: what it is about, preparing and holding it, and what came of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.forms import PortalForm
from slf_portal.common.paging import paged
from slf_portal.common.pdf import pdf_response
from teams import actions, queries
from teams.access import get_grus, standing
from teams.enums import AgreementSource
from teams.forms import GrusPreparationForm, GrusQuestionsForm, GrusTalkForm
from teams.models import Grus
from teams.permissions import can_answer_grus, can_plan_grus, can_take_part_in_grus

T = TypeVar("T")


@require_safe
def grus_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """When, with whom and about what; once it is held what was noted and agreed on, and how far it is."""
    grus, here = get_grus(request, pk, can_take_part_in_grus), standing(request)
    return render(
        request,
        "teams/grus_detail.html",
        {
            **_what_it_holds(grus),
            "may_plan": can_plan_grus(here, grus.team),
            "may_answer": grus.is_proposed and can_answer_grus(here, grus),
            "has_prepared": bool(queries.grus_preparation(grus, request.user)),
            "can_be_held": grus.is_planned and grus.on <= today(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grus_questions(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the questions together. Where two write at once, both texts are shown."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    if not grus.is_open:
        return _not_now(request, grus)
    form = GrusQuestionsForm(request.POST or None, questions=queries.grus_questions(grus))
    if form.is_valid():
        nothing: dict[int, str] = {}
        elsewhere = _answered(
            form,
            lambda: actions.write_questions(
                by=request.user, grus=grus, writings=form.writings(), confirmed_not_cpr=form.cpr_overridden
            ),
            twice=nothing,
        )
        if elsewhere:
            form = form.put_together(queries.grus_questions(grus), elsewhere)
        elif elsewhere is not None:
            messages.success(request, _("The questions are saved. The others see them when they prepare."))
            return redirect("teams:grus_detail", grus.pk)
    return render(request, "teams/grus_questions.html", {"form": form, "grus": grus, "team": grus.team})


@require_http_methods(["GET", "HEAD", "POST"])
def grus_prepare(request: PortalRequest, pk: int) -> HttpResponse:
    """The questions, and one's own notes to them: nobody else reads these, and they go when the GRUS is closed."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    if not grus.is_open:
        return _not_now(request, grus)
    form = GrusPreparationForm(request.POST or None, initial={"text": queries.grus_preparation(grus, request.user)})
    if form.is_valid() and form.carried_out(
        lambda: actions.write_preparation(
            by=request.user, grus=grus, text=form.cleaned_data["text"], confirmed_not_cpr=form.cpr_overridden
        )
    ):
        messages.success(request, _("Your notes are saved. Only you can read them, until they are deleted."))
        return redirect("teams:grus_detail", grus.pk)
    context = {"form": form, "grus": grus, "team": grus.team, "questions": queries.grus_questions(grus)}
    return render(request, "teams/grus_prepare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grus_hold(request: PortalRequest, pk: int) -> HttpResponse:
    """One page for the conversation: notes, points, the next day; saved on the way, and noted as held at the end."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    if not grus.is_planned:
        return _not_now(request, grus)
    form = GrusTalkForm(request.POST or None, grus=grus, rows=_rows(request))
    if form.is_valid():
        meanwhile = _answered(
            form,
            lambda: actions.write_notes(
                by=request.user,
                grus=grus,
                talk=form.talk(),
                confirmed_not_cpr=form.cpr_overridden,
                token=form.cleaned_data["token"],
            ),
            twice=actions.Meanwhile(),
        )
        if meanwhile:
            form = form.put_together(meanwhile)
        elif meanwhile is not None:
            return _hold(request, grus, form) if form.is_to_be_held else _go_on(request, grus, form)
    context = {"form": form, "grus": grus, "team": grus.team, "can_be_held": grus.on <= today()}
    return render(request, "teams/grus_hold.html", context)


def _go_on(request: PortalRequest, grus: Grus, form: GrusTalkForm) -> HttpResponse:
    """What is written is saved: another row of points where that was asked for, else back to the GRUS."""
    messages.success(request, _("It is saved as it stands. Go on when it suits you."))
    if form.rows_wanted:
        page = reverse("teams:grus_hold", args=[grus.pk])
        return redirect(f"{page}?raekker={form.rows_wanted}#point-{form.rows_wanted}")
    return redirect("teams:grus_detail", grus.pk)


def _hold(request: PortalRequest, grus: Grus, form: GrusTalkForm) -> HttpResponse:
    try:
        actions.hold_grus(
            by=request.user,
            grus=grus,
            leader=form.cleaned_data["leader"],
            leader_present=form.cleaned_data["leader_present"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:grus_hold", grus.pk)
    messages.success(request, _("The GRUS is noted as held. What each of you had prepared is deleted."))
    return redirect("teams:grus_detail", grus.pk)


@require_safe
def grus_print(request: PortalRequest, pk: int) -> HttpResponse:
    """The GRUS as a document: the questions before it, what was noted and agreed on after."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    return render(request, "teams/grus_paper.html", _paper(grus))


@require_safe
def grus_pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """The same document as a tagged PDF."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    filename = _("GRUS %(team)s %(day)s.pdf") % {"team": grus.team.name, "day": grus.on}
    return pdf_response(request, "teams/grus_paper.html", _paper(grus), filename=filename)


@require_safe
def grus_history(request: PortalRequest, pk: int) -> HttpResponse:
    """Every change of it and its questions, whoever made it."""
    grus = get_grus(request, pk, can_take_part_in_grus)
    context = {"grus": grus, "team": grus.team, "page": paged(request, queries.grus_changes(grus))}
    return render(request, "teams/grus_history.html", context)


def _what_it_holds(grus: Grus) -> dict[str, Any]:
    return {
        "grus": grus,
        "team": grus.team,
        "people": queries.people_of(grus.team, grus.on),
        "questions": queries.grus_questions(grus),
        "agreements": list(queries.agreements_of_source(AgreementSource.GRUS, grus.pk)),
        "drafts": queries.drafted_grus_points(grus) if grus.is_planned else [],
        "next_planned": queries.next_planned_grus(grus.team) if grus.is_held else None,
    }


def _paper(grus: Grus) -> dict[str, Any]:
    return {
        **_what_it_holds(grus),
        "back_url": reverse("teams:grus_detail", args=[grus.pk]),
        "pdf_url": reverse("teams:grus_pdf", args=[grus.pk]),
    }


def _not_now(request: PortalRequest, grus: Grus) -> HttpResponse:
    """It is held or cancelled, or its day is not agreed on: the page of the GRUS says how it stands."""
    if "hold" not in request.POST or not grus.is_held:
        messages.info(
            request, _("That cannot be done now: the GRUS is %(state)s.") % {"state": grus.get_state_display()}
        )
    return redirect("teams:grus_detail", grus.pk)


def _rows(request: PortalRequest) -> int:
    """The rows of points that the address asks for; 0 for none or nonsense."""
    wanted = request.GET.get("raekker", "")
    return int(wanted) if wanted.isdecimal() else 0


def _answered(form: PortalForm, act: Callable[[], T], *, twice: T) -> T | None:
    """What the action answers, `twice` when the form was sent twice; None when the form was refused."""
    answers: list[T] = []
    if not form.carried_out(lambda: answers.append(act())):
        return None
    return answers[0] if answers else twice
