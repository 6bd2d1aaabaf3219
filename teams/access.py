"""Fetching and checking in one step: a stranger gets 404, an insider without the right gets 403."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from teams.models import SupportRequest, Team, Unit
from teams.permissions import belongs_to_unit, can_answer_support, can_view_unit
from teams.queries import standing_of
from teams.standing import Standing

TeamPermission = Callable[[Standing, Team], bool]
UnitPermission = Callable[[Standing, Unit], bool]


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
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not (can_view_unit(standing(request), unit) or belongs_to_unit(standing(request), unit)):
        raise Http404
    require(may(standing(request), unit))
    return unit


def get_support_request(request: PortalRequest, pk: int) -> SupportRequest:
    """The request for sparring, when the person is the unit's learning partner."""
    support = get_object_or_404(SupportRequest.objects.select_related("unit"), pk=pk)
    here = standing(request)
    if not (can_view_unit(here, support.unit) or belongs_to_unit(here, support.unit)):
        raise Http404
    require(can_answer_support(here, support))
    return support


def require(allowed: bool) -> None:  # noqa: FBT001 - the answer of a permission, not a switch
    """Raise PermissionDenied (403) unless allowed."""
    if not allowed:
        raise PermissionDenied
