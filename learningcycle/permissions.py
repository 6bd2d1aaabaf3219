"""Who may do what with a team's learning cycles and conversations, and with templates."""

from learningcycle.models import MethodTemplate
from learningcycle.queries import units_of_seen_templates
from slf_portal.accounts.enums import CentralRole
from teams.models import Team, Unit
from teams.permissions import is_of_team
from teams.standing import Standing


def can_read_conversation(standing: Standing, team: Team) -> bool:
    """Read what is written in the team's cycles and conversations: the team and its resource persons, nobody else."""
    return is_of_team(standing, team)


def can_write_conversation(standing: Standing, team: Team) -> bool:
    """Prepare, hold and close a conversation, and write the cycle. The team's own: not the leader's."""
    return is_of_team(standing, team)


def can_see_templates(standing: Standing) -> bool:
    """Open the list of templates: everyone with a team, a unit or a central role."""
    return bool(standing.teams_seen or standing.units_seen or standing.stands_in_for or standing.central_roles)


def can_see_template(standing: Standing, template: MethodTemplate) -> bool:
    """Everyone's templates are open; a unit's to whoever has a team in it or may open its page."""
    if template.unit_id is None:
        return can_see_templates(standing)
    return standing.sees_all_units or template.unit_id in units_of_seen_templates(standing)


def can_change_template(standing: Standing, template: MethodTemplate) -> bool:
    """Everyone's: administrators and learning partners. A unit's: its leaders, its learning partner, administrators."""
    if template.unit_id is None:
        return standing.is_administrator or CentralRole.LEARNING_PARTNER in standing.central_roles
    here = standing.leads_units | standing.portfolio
    return standing.is_administrator or template.unit_id in here


def can_have_gatherings(standing: Standing) -> bool:
    """Open one's own fixed meetings: everyone with a team, or with a unit that is led or supported."""
    return bool(standing.teams_seen or standing.units_seen)


def can_make_gatherings(standing: Standing, unit: Unit) -> bool:
    """Begin a series of fixed meetings in the unit: its leaders, resource persons and learning partners."""
    return unit.pk in standing.leads_units | standing.units_served | standing.portfolio


def can_copy_template(standing: Standing, template: MethodTemplate) -> bool:
    """Copy a template one may read: whoever has a unit to give it to."""
    has_unit = standing.is_administrator or bool(standing.leads_units | standing.portfolio)
    return has_unit and can_see_template(standing, template)


def can_note_snags(standing: Standing) -> bool:
    """Note something troublesome for oneself: everyone with a team or a unit."""
    return bool(standing.teams_seen or standing.leads_units)


def can_bring_snags(standing: Standing) -> bool:
    """Bring such a note to a meeting: who meets in a team, or serves one."""
    return bool(standing.member_of or standing.serves)
