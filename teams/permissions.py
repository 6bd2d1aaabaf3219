"""Who may do what with a team or unit: small predicates over a person's standing."""

from teams.models import SupportRequest, Team, Unit
from teams.standing import Standing


def leads_team(standing: Standing, team: Team) -> bool:
    return team.pk in standing.leads_teams or team.unit_id in standing.leads_units


def is_of_team(standing: Standing, team: Team) -> bool:
    """A member of the team or a resource person serving it."""
    return team.pk in standing.member_of or team.pk in standing.serves


def can_view_team(standing: Standing, team: Team) -> bool:
    return standing.sees_all_units or team.pk in standing.teams_seen or team.unit_id in standing.units_seen


def can_plan_meetings(standing: Standing, team: Team) -> bool:
    """Plan, move and cancel meetings and choose the rhythm."""
    return is_of_team(standing, team) or leads_team(standing, team)


def can_note_meetings(standing: Standing, team: Team) -> bool:
    """Say that a meeting was held. The team's own word: not the leader's."""
    return is_of_team(standing, team)


def can_see_names(standing: Standing, team: Team) -> bool:
    """See who the members are; central roles and learning partners see status only."""
    return is_of_team(standing, team) or leads_team(standing, team) or standing.is_administrator


def can_view_unit(standing: Standing, unit: Unit) -> bool:
    return standing.sees_all_units or unit.pk in standing.units_seen


def belongs_to_unit(standing: Standing, unit: Unit) -> bool:
    """Has a team in the unit: such a person may know that the unit's page exists."""
    return unit.pk in standing.units_of_own_teams


def can_ask_support(standing: Standing, unit: Unit) -> bool:
    """Ask the learning partner for sparring: the unit's leaders and resource persons."""
    return unit.pk in standing.leads_units or unit.pk in standing.units_served


def can_choose_terms(standing: Standing, unit: Unit) -> bool:
    """Agree on the promises of a unit: its leader's decision."""
    return unit.pk in standing.leads_units


def can_answer_support(standing: Standing, request: SupportRequest) -> bool:
    return request.unit_id in standing.portfolio
