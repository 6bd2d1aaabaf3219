"""Fetching a visit and checking in one step."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from observations.models import Visit
from slf_portal.accounts.http import PortalRequest
from teams.access import TeamPermission, require, standing
from teams.permissions import can_view_team


def get_visit(request: PortalRequest, pk: int, may: TeamPermission) -> Visit:
    """The visit, when the person may do that with its team."""
    visit = get_object_or_404(Visit.objects.select_related("team__unit__parent", "visitor"), pk=pk)
    if not can_view_team(standing(request), visit.team):
        raise Http404
    require(may(standing(request), visit.team))
    return visit
