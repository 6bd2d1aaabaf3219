"""Where a person stands on a day: the teams and units she has a role for. Plain sets, read once per request."""

from dataclasses import dataclass

from slf_portal.accounts.enums import SEES_ALL_UNITS, CentralRole


@dataclass(frozen=True, slots=True)
class Standing:
    """Ids of the teams and units a person has a role for today; units come with all their parts."""

    person_id: int
    member_of: frozenset[int] = frozenset()
    serves: frozenset[int] = frozenset()
    leads_teams: frozenset[int] = frozenset()
    leads_units: frozenset[int] = frozenset()
    portfolio: frozenset[int] = frozenset()
    units_served: frozenset[int] = frozenset()
    units_of_own_teams: frozenset[int] = frozenset()
    units_of_led_teams: frozenset[int] = frozenset()
    central_roles: frozenset[str] = frozenset()
    plans_for_units: frozenset[int] = frozenset()
    keeps_people_of_units: frozenset[int] = frozenset()

    @property
    def sees_all_units(self) -> bool:
        return not SEES_ALL_UNITS.isdisjoint(self.central_roles)

    @property
    def units_seen(self) -> frozenset[int]:
        return self.leads_units | self.portfolio

    @property
    def teams_seen(self) -> frozenset[int]:
        return self.member_of | self.serves | self.leads_teams

    @property
    def stands_in_for(self) -> frozenset[int]:
        """The units, parts included, in which a leader has given her a task; `plans_for_units` and so on say which."""
        return self.plans_for_units | self.keeps_people_of_units

    @property
    def is_administrator(self) -> bool:
        return CentralRole.ADMINISTRATOR in self.central_roles

    @property
    def is_learning_partner(self) -> bool:
        return CentralRole.LEARNING_PARTNER in self.central_roles

    @property
    def is_leader(self) -> bool:
        return bool(self.leads_units or self.leads_teams)
