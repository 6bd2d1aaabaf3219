"""The organisation, its people in their roles, and what is promised."""

from teams.models.agreements import Agreement
from teams.models.contracts import ContractSection, ContractTemplateSection, ContractYes, TeamContract
from teams.models.grus import Grus, GrusPoint, GrusPreparation, GrusQuestion, GrusQuestionTemplate
from teams.models.mandates import ExpectationQuestion, Mandate, MandateMessage, RoleDescription
from teams.models.organisation import Closure, District, Team, Unit, UnitDistrict
from teams.models.promises import PromiseTerms
from teams.models.roles import Membership, PortfolioUnit, ResourcePerson, TeamLeader, UnitLeader
from teams.models.staircase import StaircaseActivity, StaircaseGoal, StaircaseStep, StaircaseWord
from teams.models.standins import StandIn
from teams.models.support import SupportRequest
from teams.models.topics import PracticeTopic, TopicLine, TopicWord

__all__ = [
    "Agreement",
    "Closure",
    "ContractSection",
    "ContractTemplateSection",
    "ContractYes",
    "District",
    "ExpectationQuestion",
    "Grus",
    "GrusPoint",
    "GrusPreparation",
    "GrusQuestion",
    "GrusQuestionTemplate",
    "Mandate",
    "MandateMessage",
    "Membership",
    "PortfolioUnit",
    "PracticeTopic",
    "PromiseTerms",
    "ResourcePerson",
    "RoleDescription",
    "StaircaseActivity",
    "StaircaseGoal",
    "StaircaseStep",
    "StaircaseWord",
    "StandIn",
    "SupportRequest",
    "Team",
    "TeamContract",
    "TeamLeader",
    "TopicLine",
    "TopicWord",
    "Unit",
    "UnitDistrict",
    "UnitLeader",
]
