"""Fetching a visit or an observation and checking in one step."""

from collections.abc import Callable

from django.http import Http404
from django.shortcuts import get_object_or_404

from observations.models import Absence, PartnerVisit, PeerObservation, Visit, VisitOffer
from observations.permissions import can_know_of_offer, can_know_of_visit, can_read_partner_visit
from observations.queries import peer_observations_of
from slf_portal.accounts.http import PortalRequest
from teams.access import TeamPermission, require, standing
from teams.permissions import belongs_to_unit, can_view_team, can_view_unit
from teams.standing import Standing

VisitPermission = Callable[[Standing, Visit], bool]
OfferPermission = Callable[[Standing, VisitOffer], bool]
PartnerVisitPermission = Callable[[Standing, PartnerVisit], bool]
PeerPermission = Callable[[Standing, PeerObservation], bool]


def get_visit(request: PortalRequest, pk: int, may: TeamPermission) -> Visit:
    """The visit, when the person may do that with its team."""
    visit = _visit(pk)
    if not can_view_team(standing(request), visit.team):
        raise Http404
    require(may(standing(request), visit.team))
    return visit


def get_known_visit(request: PortalRequest, pk: int, may: VisitPermission = can_know_of_visit) -> Visit:
    """The visit, when the person may do that with it; 404 when she may not know of it."""
    visit = _visit(pk)
    if not can_know_of_visit(standing(request), visit):
        raise Http404
    require(may(standing(request), visit))
    return visit


def get_offer(request: PortalRequest, pk: int, may: OfferPermission = can_know_of_offer) -> VisitOffer:
    """The times offered, when the person may do that with them; 404 when she may not know of them."""
    rows = VisitOffer.objects.select_related("team__unit__parent", "visitor", "meeting").prefetch_related("times")
    offer = get_object_or_404(rows, pk=pk)
    if not can_know_of_offer(standing(request), offer):
        raise Http404
    require(may(standing(request), offer))
    return offer


def get_own_absence(request: PortalRequest, pk: int) -> Absence:
    """The person's own absence: nobody else may know of it."""
    return get_object_or_404(Absence, pk=pk, person=request.user)


def get_partner_visit(
    request: PortalRequest, pk: int, may: PartnerVisitPermission = can_read_partner_visit
) -> PartnerVisit:
    """The learning partner's visit, when the person may do that with it; hidden from who has nothing in the unit."""
    rows = PartnerVisit.objects.select_related("unit__parent", "partner", "asked").prefetch_related("participants")
    visit, here = get_object_or_404(rows, pk=pk), standing(request)
    is_near = can_view_unit(here, visit.unit) or belongs_to_unit(here, visit.unit)
    if not is_near and not can_read_partner_visit(here, visit):
        raise Http404
    require(may(here, visit))
    return visit


def get_peer_observation(request: PortalRequest, pk: int, may: PeerPermission | None = None) -> PeerObservation:
    """The observation, for the two whose it is; to everybody else, whatever her role, it does not exist."""
    peer = get_object_or_404(peer_observations_of(request.user), pk=pk)
    require(may is None or may(standing(request), peer))
    return peer


def _visit(pk: int) -> Visit:
    return get_object_or_404(Visit.objects.select_related("team__unit__parent", "visitor", "meeting"), pk=pk)
