"""What the rooms above ask of the organisation."""

from teams.queries.closures import ClosedDays, closed_days, coming_closures, is_public_holiday
from teams.queries.people import (
    district_of,
    learning_partners,
    people_of,
    people_of_teams,
    possible_visitors,
    responsible_leaders,
    unit_leaders,
)
from teams.queries.promises import (
    TermsByPromise,
    contract_facts,
    grus_facts,
    inherited_terms,
    partner_teams,
    terms_of_teams,
    terms_of_unit,
    terms_of_units,
)
from teams.queries.standing import standing_of
from teams.queries.tree import ancestor_lines, line_of, with_parts

__all__ = [
    "ClosedDays",
    "TermsByPromise",
    "ancestor_lines",
    "closed_days",
    "coming_closures",
    "contract_facts",
    "district_of",
    "grus_facts",
    "inherited_terms",
    "is_public_holiday",
    "learning_partners",
    "line_of",
    "partner_teams",
    "people_of",
    "people_of_teams",
    "possible_visitors",
    "responsible_leaders",
    "standing_of",
    "terms_of_teams",
    "terms_of_unit",
    "terms_of_units",
    "unit_leaders",
    "with_parts",
]
