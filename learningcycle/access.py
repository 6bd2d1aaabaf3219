"""Fetching a meeting, a cycle or a template and checking in one step."""

from collections.abc import Callable

from django.http import Http404
from django.shortcuts import get_object_or_404

from learningcycle.models import (
    AgendaItem,
    Conversation,
    Cycle,
    Gathering,
    GatheringSeries,
    Meeting,
    MethodTemplate,
    Snag,
)
from learningcycle.permissions import can_see_template
from learningcycle.queries import gatherings_of, series_of
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from teams.access import TeamPermission, require, standing
from teams.models import Team
from teams.permissions import can_view_team
from teams.standing import Standing


def get_meeting(request: PortalRequest, pk: int, may: TeamPermission) -> Meeting:
    """The meeting, when the person may do that with its team."""
    meeting = get_object_or_404(Meeting.objects.select_related("team__unit__parent"), pk=pk)
    _require_in_team(request, meeting.team, may)
    return meeting


def get_conversation(request: PortalRequest, meeting_id: int, may: TeamPermission) -> Conversation:
    """The conversation of the meeting with that id, when the person may do that with its team; 404 without one."""
    rows = Conversation.objects.select_related("meeting__team__unit__parent")
    conversation = get_object_or_404(rows, meeting_id=meeting_id)
    _require_in_team(request, conversation.meeting.team, may)
    return conversation


def get_agenda_item(request: PortalRequest, pk: int, may: TeamPermission) -> AgendaItem:
    """The item of a meeting's agenda, when the person may do that with its team."""
    item = get_object_or_404(AgendaItem.objects.select_related("conversation__meeting__team__unit__parent"), pk=pk)
    _require_in_team(request, item.conversation.meeting.team, may)
    return item


def get_cycle(request: PortalRequest, pk: int, may: TeamPermission) -> Cycle:
    """The learning cycle, when the person may do that with its team."""
    rows = Cycle.objects.select_related("team__unit__parent", "phase", "version_used", "goal_step__goal")
    cycle = get_object_or_404(rows, pk=pk)
    _require_in_team(request, cycle.team, may)
    return cycle


def get_series(request: PortalRequest, pk: int) -> GatheringSeries:
    """The series of fixed meetings, for who takes part in it; hidden from everybody else, whatever her role."""
    return get_object_or_404(series_of(standing(request), today()), pk=pk)


def get_gathering(request: PortalRequest, pk: int) -> Gathering:
    """The fixed meeting, for who takes part in its series; hidden from everybody else, whatever her role."""
    return get_object_or_404(gatherings_of(standing(request), today()), pk=pk)


def get_template(
    request: PortalRequest, pk: int, may: Callable[[Standing, MethodTemplate], bool] = can_see_template
) -> MethodTemplate:
    """The template, when the person may do that with it; hidden from whoever may not see it."""
    template = get_object_or_404(MethodTemplate.objects.select_related("unit"), pk=pk)
    if not can_see_template(standing(request), template):
        raise Http404
    require(may(standing(request), template))
    return template


def get_snag(request: PortalRequest, pk: int) -> Snag:
    """The person's own note; anybody else's does not exist."""
    return get_object_or_404(Snag, pk=pk, owner=request.user)


def _require_in_team(request: PortalRequest, team: Team, may: TeamPermission) -> None:
    if not can_view_team(standing(request), team):
        raise Http404
    require(may(standing(request), team))
