"""Fetching and checking in one step: a stranger gets 404, an insider without the right gets 403."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from teams.enums import ContractState
from teams.models import (
    Agreement,
    Grus,
    Mandate,
    Membership,
    PracticeTopic,
    ResourcePerson,
    StaircaseGoal,
    StaircaseStep,
    StandIn,
    SupportRequest,
    Team,
    TeamContract,
    Unit,
)
from teams.permissions import (
    belongs_to_unit,
    can_answer_support,
    can_view_team,
    can_view_unit,
    may_know_of_mandate,
)
from teams.queries import line_of, standing_of
from teams.standing import Standing

TeamPermission = Callable[[Standing, Team], bool]
UnitPermission = Callable[[Standing, Unit], bool]
AgreementPermission = Callable[[Standing, Agreement], bool]
MandatePermission = Callable[[Standing, Mandate], bool]


def standing(request: PortalRequest) -> Standing:
    """The person's standing today, read once per request."""
    if "standing" not in vars(request):
        vars(request)["standing"] = standing_of(request.user, today())
    here: Standing = vars(request)["standing"]
    return here


def get_team(request: PortalRequest, pk: int, may: TeamPermission) -> Team:
    """The team, when the person may do that with it."""
    team = get_object_or_404(Team.objects.visible_to(standing(request)).select_related("unit__parent"), pk=pk)
    require(may(standing(request), team))
    return team


def get_unit(request: PortalRequest, pk: int, may: UnitPermission) -> Unit:
    """The unit, when the person may do that with it."""
    unit = get_known_unit(request, pk)
    require(may(standing(request), unit))
    return unit


def get_known_unit(request: PortalRequest, pk: int) -> Unit:
    """The unit, when it is the person's own or one whose page she may open."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not (can_view_unit(standing(request), unit) or belongs_to_unit(standing(request), unit)):
        raise Http404
    return unit


def get_goal(request: PortalRequest, pk: int, may: UnitPermission) -> StaircaseGoal:
    """The goal, when the person may do that with its unit's staircase."""
    goal = get_object_or_404(StaircaseGoal, pk=pk)
    goal.unit = get_unit(request, goal.unit_id, may)
    return goal


def get_step(request: PortalRequest, pk: int, may: UnitPermission) -> StaircaseStep:
    """The step, when the person may do that with its unit's staircase."""
    step = get_object_or_404(StaircaseStep, pk=pk)
    step.goal = get_goal(request, step.goal_id, may)
    return step


def get_goal_of_team(
    request: PortalRequest, team_id: int, goal_id: int, may: TeamPermission
) -> tuple[Team, StaircaseGoal]:
    """The team and a goal of its unit or of one above, when the person may do that with the team."""
    team = get_team(request, team_id, may)
    goals = StaircaseGoal.objects.filter(unit_id__in=line_of(team.unit_id)).select_related("unit")
    return team, get_object_or_404(goals, pk=goal_id)


def get_topic_of_team(
    request: PortalRequest, team_id: int, topic_id: int, may: TeamPermission
) -> tuple[Team, PracticeTopic]:
    """The team and a topic, when the person may do that with the team."""
    team = get_team(request, team_id, may)
    return team, get_object_or_404(PracticeTopic.objects.prefetch_related("lines"), pk=topic_id)


def get_contract(request: PortalRequest, pk: int, may: TeamPermission) -> TeamContract:
    """A version of a contract that was put in force, when the person may do that with its team."""
    versions = TeamContract.objects.exclude(state=ContractState.DRAFT).select_related("team__unit__parent", "seen_by")
    contract = get_object_or_404(versions, pk=pk)
    if not can_view_team(standing(request), contract.team):
        raise Http404
    require(may(standing(request), contract.team))
    return contract


def get_agreement(request: PortalRequest, pk: int, may: AgreementPermission) -> Agreement:
    """Something a team has agreed on, when the person may do that with it."""
    agreement = get_object_or_404(Agreement.objects.select_related("team__unit__parent", "owner"), pk=pk)
    if not can_view_team(standing(request), agreement.team):
        raise Http404
    require(may(standing(request), agreement))
    return agreement


def get_grus(request: PortalRequest, pk: int, may: TeamPermission) -> Grus:
    """The GRUS, when the person may do that with its team."""
    rows = Grus.objects.select_related("team__unit__parent", "leader", "proposed_by")
    grus = get_object_or_404(rows, pk=pk)
    if not can_view_team(standing(request), grus.team):
        raise Http404
    require(may(standing(request), grus.team))
    return grus


def get_membership(request: PortalRequest, pk: int, may: TeamPermission) -> Membership:
    """The membership, when the person may do that with its team."""
    row = get_object_or_404(Membership.objects.select_related("team__unit__parent", "person"), pk=pk)
    _require_in_team(request, row.team, may)
    return row


def get_resource_person(request: PortalRequest, pk: int, may: TeamPermission) -> ResourcePerson:
    """The resource person's row, when the person may do that with its team."""
    row = get_object_or_404(ResourcePerson.objects.select_related("team__unit__parent", "person"), pk=pk)
    _require_in_team(request, row.team, may)
    return row


def _require_in_team(request: PortalRequest, team: Team, may: TeamPermission) -> None:
    if not can_view_team(standing(request), team):
        raise Http404
    require(may(standing(request), team))


def get_stand_in(request: PortalRequest, pk: int, may: UnitPermission) -> StandIn:
    """The stand-in, when the person may do that with the unit."""
    row = get_object_or_404(StandIn.objects.select_related("unit__parent", "person", "leader"), pk=pk)
    here = standing(request)
    if not (can_view_unit(here, row.unit) or belongs_to_unit(here, row.unit)):
        raise Http404
    require(may(here, row.unit))
    return row


def get_service(request: PortalRequest, pk: int, may: TeamPermission) -> ResourcePerson:
    """A resource person's service of a team, when the person may do that with the team."""
    row = get_object_or_404(ResourcePerson.objects.select_related("team__unit__parent", "person"), pk=pk)
    if not can_view_team(standing(request), row.team):
        raise Http404
    require(may(standing(request), row.team))
    return row


def get_support_request(request: PortalRequest, pk: int) -> SupportRequest:
    """The request for sparring, when the person is the unit's learning partner."""
    support = get_object_or_404(SupportRequest.objects.select_related("unit"), pk=pk)
    here = standing(request)
    if not (can_view_unit(here, support.unit) or belongs_to_unit(here, support.unit)):
        raise Http404
    require(can_answer_support(here, support))
    return support


def get_mandate(request: PortalRequest, pk: int, may: MandatePermission) -> Mandate:
    """The mandate, when the person may do that with it."""
    mandates = Mandate.objects.select_related("unit", "team__unit__parent", "recipient", "given_by", "answered_by")
    mandate = get_object_or_404(mandates, pk=pk)
    if not may_know_of_mandate(standing(request), mandate):
        raise Http404
    require(may(standing(request), mandate))
    return mandate


def require(allowed: bool) -> None:  # noqa: FBT001 - the answer of a permission, not a switch
    """Raise PermissionDenied (403) unless allowed."""
    if not allowed:
        raise PermissionDenied
