"""Fetching a meeting and checking in one step."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from learningcycle.models import Meeting
from slf_portal.accounts.http import PortalRequest
from teams.access import TeamPermission, require, standing
from teams.permissions import can_view_team


def get_meeting(request: PortalRequest, pk: int, may: TeamPermission) -> Meeting:
    """The meeting, when the person may do that with its team."""
    meeting = get_object_or_404(Meeting.objects.select_related("team__unit__parent"), pk=pk)
    if not can_view_team(standing(request), meeting.team):
        raise Http404
    require(may(standing(request), meeting.team))
    return meeting
