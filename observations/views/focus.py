"""What the visitor and the team agree on before a visit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from observations import actions, queries
from observations.access import get_known_visit
from observations.forms import FocusForm
from observations.models import Visit
from observations.permissions import can_prepare_visit
from observations.queries import Suggestion
from slf_portal.accounts.http import PortalRequest
from teams.access import standing
from teams.permissions import is_of_team


@require_http_methods(["GET", "HEAD", "POST"])
def visit_focus(request: PortalRequest, pk: int) -> HttpResponse:
    """At most two things to look at; a suggestion that is pressed is put into the form, and nothing is saved yet."""
    visit = get_known_visit(request, pk, can_prepare_visit)
    preparation, foci = queries.preparation_of(visit), queries.foci_of(visit)
    suggestions = _suggestions(request, visit)
    form = FocusForm(preparation=preparation, foci=foci, data=request.POST or None)
    if form.copies is not None:
        if not form.copy(suggestions):
            messages.warning(request, _("There is room for two. Take one out first."))
    elif form.is_valid() and form.carried_out(
        lambda: actions.agree_on_focus(
            by=request.user,
            visit=visit,
            texts=form.texts(),
            may_count=form.cleaned_data["may_count"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("The focus is agreed on."))
        return redirect("observations:visit_detail", visit.pk)
    context = {
        "visit": visit,
        "team": visit.team,
        "form": form,
        "foci": foci,
        "suggestions": suggestions,
    }
    return render(request, "observations/visit_focus.html", context)


def _suggestions(request: PortalRequest, visit: Visit) -> list[Suggestion]:
    """What a team writes in its cycles is its own and its resource persons': a visitor from outside sees the goals."""
    of_unit = queries.suggestions_from_unit(visit)
    if not is_of_team(standing(request), visit.team):
        return of_unit
    return [*queries.suggestions_from_team(visit), *of_unit]
