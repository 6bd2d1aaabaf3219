"""The organisation, its people in their roles, and what is promised."""

from teams.models.organisation import Closure, District, Team, Unit, UnitDistrict
from teams.models.promises import Grus, PromiseTerms, TeamContract
from teams.models.roles import Membership, PortfolioUnit, ResourcePerson, TeamLeader, UnitLeader
from teams.models.support import SupportRequest

__all__ = [
    "Closure",
    "District",
    "Grus",
    "Membership",
    "PortfolioUnit",
    "PromiseTerms",
    "ResourcePerson",
    "SupportRequest",
    "Team",
    "TeamContract",
    "TeamLeader",
    "Unit",
    "UnitDistrict",
    "UnitLeader",
]
