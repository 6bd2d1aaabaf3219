"""What a unit understands by being a resource person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.paging import paged
from teams import actions, queries
from teams.access import get_unit, standing
from teams.forms import RoleDescriptionForm
from teams.models import RoleDescription
from teams.permissions import can_read_role_description, can_write_role_description


@require_safe
def role_description(request: PortalRequest, unit_id: int) -> HttpResponse:
    """The unit's own words, or those of the nearest unit above it; and who changed them."""
    unit = get_unit(request, unit_id, can_read_role_description)
    description = queries.role_description_of(unit)
    changes = queries.role_description_changes(description) if description else []
    return render(
        request,
        "teams/role_description.html",
        {
            "unit": unit,
            "description": description,
            "page": paged(request, changes),
            "may_write": can_write_role_description(standing(request), unit),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def role_description_edit(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Write the unit's own; where it has none it begins with the words that hold for it."""
    unit = get_unit(request, unit_id, can_write_role_description)
    own = RoleDescription.objects.filter(unit=unit).first()
    basis = own or queries.role_description_of(unit)
    form = RoleDescriptionForm(
        request.POST or None,
        initial={"text": basis.text if basis else ""},
        shown_version=own.version if own else 0,
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.describe_role(
            by=request.user,
            unit=unit,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("Saved. Everyone with a team in the unit can read it."))
        return redirect("teams:role_description", unit.pk)
    return render(request, "teams/role_description_edit.html", {"form": form, "unit": unit, "own": own, "basis": basis})
