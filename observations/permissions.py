"""Who may do what with visits."""

from teams.models import Team
from teams.permissions import leads_team
from teams.standing import Standing


def can_plan_visits(standing: Standing, team: Team) -> bool:
    """Plan, move and cancel visits: the team's resource persons, its leader and the unit's learning partner."""
    return team.pk in standing.serves or leads_team(standing, team) or team.unit_id in standing.portfolio


def can_note_visits(standing: Standing, team: Team) -> bool:
    """Say that a visit was held and the conversation evaluated: the resource persons' word."""
    return team.pk in standing.serves
