"""Where a person stands on a day."""

import datetime as dt
from collections import defaultdict

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from slf_portal.common import sql
from teams.queries.tree import with_parts
from teams.standing import Standing

# Every role row of the person that holds on the day: what it is, for which team or unit, and in which unit.
_ROLES = """
    WITH team AS (SELECT id, unit_id FROM teams_team WHERE ends_on IS NULL OR ends_on > %(on)s)
    SELECT 'member', team.id, team.unit_id FROM teams_membership held JOIN team ON team.id = held.team_id
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'serves', team.id, team.unit_id FROM teams_resourceperson held JOIN team ON team.id = held.team_id
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'leads', team.id, team.unit_id FROM teams_teamleader held JOIN team ON team.id = held.team_id
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'unit', held.unit_id, held.unit_id FROM teams_unitleader held
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT 'portfolio', held.unit_id, held.unit_id FROM teams_portfoliounit held
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
    UNION ALL
    SELECT held.role, 0, 0 FROM accounts_centralrolerow held
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on > %(on)s)
"""


def standing_of(user: User, on: dt.date) -> Standing:
    """Everything the person has a role for on that day: one query, and one for each tree of units she is over."""
    about: defaultdict[str, set[int]] = defaultdict(set)
    in_units: defaultdict[str, set[int]] = defaultdict(set)
    for role, subject, unit_id in sql.rows(_ROLES, person=user.pk, on=on):
        about[role].add(subject)
        in_units[role].add(unit_id)
    central_roles = frozenset(role for role in CentralRole if role in about)
    # The role opens the portfolio: who is no longer a learning partner sees none of it.
    portfolio = about["portfolio"] if CentralRole.LEARNING_PARTNER in central_roles else ()
    return Standing(
        person_id=user.pk,
        member_of=frozenset(about["member"]),
        serves=frozenset(about["serves"]),
        leads_teams=frozenset(about["leads"]),
        leads_units=with_parts(frozenset(about["unit"])),
        portfolio=with_parts(frozenset(portfolio)),
        units_served=frozenset(in_units["serves"]),
        units_of_own_teams=frozenset(in_units["member"] | in_units["serves"] | in_units["leads"]),
        central_roles=central_roles,
    )
