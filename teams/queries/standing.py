"""Where a person stands on a day."""

import datetime as dt
from collections import defaultdict

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from slf_portal.common import sql
from teams.enums import StandInTask
from teams.queries.tree import with_parts
from teams.standing import Standing

# Every role row of the person that holds on the day: what it is, for which team or unit, and in which unit. The tasks
# of a stand-in come with every part of the unit, and only while the one who gave them leads it.
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
    SELECT 'stands in: ' || task, part.id, part.id
    FROM teams_standin held
    CROSS JOIN unnest(held.tasks) task
    JOIN teams_unit unit ON unit.id = held.unit_id
    LEFT JOIN teams_unit above ON above.id = unit.parent_id
    LEFT JOIN teams_unit top ON top.id = above.parent_id
    JOIN teams_unit part ON TRUE
    LEFT JOIN teams_unit whole ON whole.id = part.parent_id
    LEFT JOIN teams_unit widest ON widest.id = whole.parent_id
    WHERE held.person_id = %(person)s AND held.starts_on <= %(on)s AND held.ends_on > %(on)s
    AND unit.id IN (part.id, part.parent_id, whole.parent_id, widest.parent_id)
    AND EXISTS (
        SELECT 1 FROM teams_unitleader leads JOIN accounts_user leader ON leader.id = leads.person_id
        WHERE leads.person_id = held.leader_id AND leader.is_active
        AND leads.unit_id IN (unit.id, unit.parent_id, above.parent_id, top.parent_id)
        AND leads.starts_on <= %(on)s AND (leads.ends_on IS NULL OR leads.ends_on > %(on)s)
    )
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
        units_of_led_teams=frozenset(in_units["leads"]),
        central_roles=central_roles,
        plans_for_units=frozenset(about[f"stands in: {StandInTask.PLANNING}"]),
        keeps_people_of_units=frozenset(about[f"stands in: {StandInTask.PEOPLE}"]),
    )
