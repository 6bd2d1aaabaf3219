"""Who may do what with visits."""

from observations.models import PartnerVisit, PeerObservation, Visit, VisitOffer, VisitRecord
from teams.models import Team, Unit
from teams.permissions import can_plan_meetings, can_view_team, is_of_team, leads_team
from teams.standing import Standing


def can_plan_visits(standing: Standing, team: Team) -> bool:
    """Plan, move and cancel visits: its resource persons, its leader and her stand-in, the unit's learning partner."""
    units = standing.portfolio | standing.plans_for_units
    return team.pk in standing.serves or leads_team(standing, team) or team.unit_id in units


def plans_visits(standing: Standing) -> bool:
    """Has a team to plan visits for, `can_plan_visits` says which; a learning partner before she has any, too."""
    units = standing.leads_units | standing.portfolio | standing.plans_for_units
    return standing.is_learning_partner or bool(standing.serves or standing.leads_teams or units)


def visits_teams(standing: Standing) -> bool:
    """Visiting is her job: a resource person or a learning partner."""
    return bool(standing.serves or standing.portfolio)


def can_note_visits(standing: Standing, team: Team) -> bool:
    """Say that a visit was held and the conversation evaluated: the resource persons' word."""
    return team.pk in standing.serves


def is_visitor(standing: Standing, visit: Visit) -> bool:
    """It is her visit, and visiting is still her job: a resource person or a learning partner."""
    return visit.visitor_id == standing.person_id and visits_teams(standing)


def can_know_of_visit(standing: Standing, visit: Visit) -> bool:
    """Know that there is such a visit, and when. What is written there is a matter of its own."""
    return can_view_team(standing, visit.team) or is_visitor(standing, visit)


def can_prepare_visit(standing: Standing, visit: Visit) -> bool:
    """Agree on the focus beforehand, and read the status sheet: the visitor, the team and its resource persons."""
    return is_visitor(standing, visit) or is_of_team(standing, visit.team)


def can_write_visit(standing: Standing, visit: Visit) -> bool:
    """Write down what is seen and heard: the visitor."""
    return is_visitor(standing, visit)


def can_read_lines(standing: Standing, visit: Visit, record: VisitRecord | None) -> bool:
    """Read what the visitor wrote: she herself, and the members once it is shared. Nobody else, ever."""
    is_shared = record is not None and record.is_shared
    return is_visitor(standing, visit) or (is_shared and visit.team_id in standing.member_of)


def can_change_visit(standing: Standing, visit: Visit) -> bool:
    """Move it, cancel it and hand it over: who plans the team's visits, and she whose visit it is."""
    return can_plan_visits(standing, visit.team) or is_visitor(standing, visit)


def can_know_of_offer(standing: Standing, offer: VisitOffer) -> bool:
    return can_view_team(standing, offer.team) or offer.visitor_id == standing.person_id


def can_answer_offer(standing: Standing, offer: VisitOffer) -> bool:
    """Choose a time for the team: who plans its meetings, not she who asks."""
    return can_plan_meetings(standing, offer.team) and offer.visitor_id != standing.person_id


def can_withdraw_offer(standing: Standing, offer: VisitOffer) -> bool:
    return can_plan_visits(standing, offer.team) or offer.visitor_id == standing.person_id


def can_plan_partner_visits(standing: Standing, unit: Unit) -> bool:
    """Plan a learning partner's visit to the unit: its learning partners."""
    return unit.pk in standing.portfolio


def can_change_partner_visit(standing: Standing, visit: PartnerVisit) -> bool:
    """Move and cancel it and say that it was held: the unit's learning partners, and she whose visit it is."""
    is_hers = visit.partner_id == standing.person_id and standing.is_learning_partner
    return is_hers or visit.unit_id in standing.portfolio


def can_read_partner_visit(standing: Standing, visit: PartnerVisit) -> bool:
    """Read what it is about: the unit's leaders, resource persons and planning stand-ins, and who takes part.

    All others who may open the unit's page see there that it is planned, and when.
    """
    units = standing.leads_units | standing.units_served | standing.plans_for_units
    if visit.unit_id in units or can_change_partner_visit(standing, visit):
        return True
    has_role = bool(standing.leads_units | standing.units_of_own_teams)
    return has_role and any(person.pk == standing.person_id for person in visit.participants.all())


def can_have_partner_calendar(standing: Standing) -> bool:
    """Open one's own calendar of visits to units: a learning partner."""
    return standing.is_learning_partner


def can_see_partner_load(standing: Standing) -> bool:
    """See how many visits each learning partner has, and how long they take: the central section."""
    return standing.sees_all_units


def can_use_peer_observation(standing: Standing) -> bool:
    """Ask a colleague to observe: everyone with a team or a unit of her own."""
    return bool(standing.teams_seen or standing.leads_units)


def is_observed(standing: Standing, peer: PeerObservation) -> bool:
    """Whose practice it is: she alone may delete it."""
    return peer.observed_id == standing.person_id


def is_observer(standing: Standing, peer: PeerObservation) -> bool:
    """Who was asked: she answers, writes the lines and hands them over."""
    return peer.observer_id == standing.person_id


def can_evaluate_visit(standing: Standing, visit: Visit) -> bool:
    """Evaluate the conversation in the room: the team's own words and next steps. The visitor and the whole team."""
    return is_visitor(standing, visit) or is_of_team(standing, visit.team)


def can_answer_visit(standing: Standing, visit: Visit) -> bool:
    """Answer the questions about the conversation: a member."""
    return visit.team_id in standing.member_of


def can_share_visit(standing: Standing, visit: Visit) -> bool:
    """Share it with the team, close it and open it again: the visitor, whose lines they are."""
    return is_visitor(standing, visit)
