"""Writing during a visit. Asked by the page's script, the answers are JSON."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from observations import actions, queries
from observations.access import get_known_visit
from observations.enums import VisitState
from observations.forms import CountsForm, LineEditForm, LineForm, LineKeyForm, PrivateNoteForm
from observations.models import Visit, VisitCount, VisitLine, VisitRecord
from observations.permissions import can_write_visit
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.forms import PortalForm
from slf_portal.common.templatetags.portal import clock


@require_safe
def visit_run(request: PortalRequest, pk: int) -> HttpResponse:
    """The page to write on during the visit."""
    return _show(request, get_known_visit(request, pk, can_write_visit))


@require_safe
def visit_run_state(request: PortalRequest, pk: int) -> HttpResponse:
    """What the page's script asks for every few seconds: what the person has written on every device of hers.

    With the token that her next text is sent with: signing in again gives another one.
    """
    visit = get_known_visit(request, pk, can_write_visit)
    state = queries.run_state(visit, request.user)
    return JsonResponse({**state, "person": request.user.pk, "csrf": get_token(request)})


@require_POST
def line_write(request: PortalRequest, pk: int) -> HttpResponse:
    """Write a line down. Sent again with the same key it is the same line."""
    visit = get_known_visit(request, pk, can_write_visit)
    form = LineForm(request.POST, foci=queries.foci_of(visit))
    _hide_anothers_line(request, visit)
    saved = form.is_valid() and form.carried_out(
        lambda: actions.write_line(
            by=request.user,
            visit=visit,
            key=form.cleaned_data["key"],
            text=form.cleaned_data["text"],
            said_at=form.cleaned_data["said_at"],
            focus=form.focus(),
            confirmed_not_cpr=form.cpr_overridden,
        )
    )
    if _asks_for_json(request):
        return JsonResponse(queries.told_line(form.outcome, request.user)) if saved else _refused(form)
    return redirect("observations:visit_run", visit.pk) if saved else _show(request, visit, line=form)


@require_POST
def line_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a line of one's own. 409 gives the text that stands there now, 410 says that it is gone."""
    visit = get_known_visit(request, pk, can_write_visit)
    _hide_anothers_line(request, visit)
    form = LineEditForm(request.POST)
    saved = form.is_valid() and form.carried_out(
        lambda: actions.edit_line(
            by=request.user,
            visit=visit,
            key=form.cleaned_data["key"],
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    )
    if _asks_for_json(request):
        return JsonResponse(queries.told_line(form.outcome, request.user)) if saved else _refused(form)
    return redirect("observations:visit_run", visit.pk) if saved else _show(request, visit, edited=form)


@require_POST
def line_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Delete a line of one's own; one that is gone already is left gone."""
    visit = get_known_visit(request, pk, can_write_visit)
    _hide_anothers_line(request, visit)
    form = LineKeyForm(request.POST)
    deleted = form.is_valid() and form.carried_out(
        lambda: actions.delete_line(by=request.user, visit=visit, key=form.cleaned_data["key"])
    )
    if _asks_for_json(request):
        return JsonResponse({}) if deleted else _refused(form)
    if not deleted:
        messages.warning(request, _first_error(form))
    return redirect("observations:visit_run", visit.pk)


@require_POST
def private_note_write(request: PortalRequest, pk: int) -> HttpResponse:
    """Save what she notes for herself."""
    visit = get_known_visit(request, pk, can_write_visit)
    form = PrivateNoteForm(request.POST, note=queries.private_note_of(visit, request.user))
    saved = form.is_valid() and form.carried_out(
        lambda: actions.write_private_note(
            by=request.user,
            visit=visit,
            text=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    )
    if _asks_for_json(request):
        if not saved:
            return _refused(form)
        return JsonResponse({"version": form.outcome.version, "saved_at": clock(timezone.now())})
    if not saved:
        return _show(request, visit, note=form)
    messages.success(request, _("Saved %(time)s") % {"time": clock(timezone.now())})
    return redirect("observations:visit_run", visit.pk)


@require_POST
def counts_write(request: PortalRequest, pk: int) -> HttpResponse:
    """Save what was counted."""
    visit = get_known_visit(request, pk, can_write_visit)
    form = _counts_form(visit, request.POST)
    saved = form.is_valid() and form.carried_out(
        lambda: actions.write_counts(
            by=request.user, visit=visit, minutes=form.minutes(), questions=form.cleaned_data["questions"]
        )
    )
    if _asks_for_json(request):
        return JsonResponse({"saved_at": clock(timezone.now())}) if saved else _refused(form)
    if not saved:
        return _show(request, visit, counts=form)
    messages.success(request, _("Saved %(time)s") % {"time": clock(timezone.now())})
    return redirect("observations:visit_run", visit.pk)


def _show(request: PortalRequest, visit: Visit, **forms: PortalForm) -> HttpResponse:
    """The page; a form that was refused comes back with everything in it."""
    foci, note = queries.foci_of(visit), queries.private_note_of(visit, request.user)
    preparation = queries.preparation_of(visit)
    record = VisitRecord.objects.filter(visit=visit).first()
    context: dict[str, Any] = {
        "visit": visit,
        "team": visit.team,
        "foci": foci,
        "lines": queries.lines_of(visit),
        "is_early": visit.on > today(),
        "is_cancelled": visit.state == VisitState.CANCELLED,
        "is_closed": record is not None and record.is_closed,
        "line": LineForm(foci=foci),
        "note": PrivateNoteForm(note=note),
        "edited": None,
        "counts": _counts_form(visit) if preparation.may_count else None,
        "days": settings.VISIT_LINES_DAYS,
        "most_days": settings.VISIT_OPEN_LINES_DAYS,
    }
    return render(request, "observations/visit_run.html", {**context, **forms})


def _counts_form(visit: Visit, data: Any = None) -> CountsForm:
    counts = queries.counts_of(visit)
    questions = next((row.count for row in counts if row.label == VisitCount.QUESTIONS), None)
    return CountsForm(data, items=queries.counted_items(visit, counts), questions=questions)


def _hide_anothers_line(request: PortalRequest, visit: Visit) -> None:
    """A key that is another's line, or one of another visit, is nothing that she may know of."""
    form = LineKeyForm(request.POST)
    if form.is_valid():
        line = VisitLine.objects.filter(pk=form.cleaned_data["key"]).first()
        if line is not None and (line.visit_id, line.author_id) != (visit.pk, request.user.pk):
            raise Http404


def _refused(form: Any) -> JsonResponse:
    """Why it was not saved; where another device was first, what stands there now."""
    if getattr(form, "changed", None) is not None:
        return JsonResponse({"text": form.changed.text, "version": form.changed.version}, status=409)
    if getattr(form, "is_gone", False):
        return JsonResponse({}, status=410)
    return JsonResponse({"error": _first_error(form), "asks": _asks_about_digits(form)}, status=422)


def _asks_about_digits(form: PortalForm) -> bool:
    return any(form.has_error(name, "cpr") for name in form.errors)


def _first_error(form: PortalForm) -> str:
    return next((str(message) for found in form.errors.values() for message in found), "")


def _asks_for_json(request: PortalRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
