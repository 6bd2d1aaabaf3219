"""The words the demo organisation is written in. Days count from the day it is built, months go back from it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from learningcycle.enums import Nth, Weekday
from slf_portal.demo.defaults.personas import Persona
from teams.enums import Promise, TeamKind, UnitKind, UnitLevel


@dataclass(frozen=True, slots=True)
class RhythmPlan:
    """When a team has met for a year."""

    nth: Nth
    weekday: Weekday
    starts_at: dt.time
    ends_at: dt.time
    in_own_calendar: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """Where a team stands. `*_due`: in how many days the promise is due again (negative: since), None: never kept.

    `*_planned`: in how many days the next one is arranged, None: not.
    """

    # None: nobody knows when the team began.
    began_months_ago: int | None = 40
    rhythm: RhythmPlan | None = None
    meets_by_appointment: bool = False
    # Nothing is noted for this month and the last one.
    is_behind: bool = False
    # So many months ago the team met, or did not: nobody has said.
    silent_months_ago: int | None = None
    meeting_due: int | None = None
    meeting_planned: int | None = None
    contract_due: int | None = None
    has_contract_draft: bool = False
    grus_due: int | None = None
    grus_planned: int | None = None
    # The team has proposed a day, and the leader has not answered.
    grus_proposed: int | None = None
    visit_due: int | None = None
    visit_planned: int | None = None
    # A visit so many days ago that nobody has said anything about.
    visit_to_note: int | None = None
    # The visitor has offered times that the team has not answered; and is away from so many days ahead.
    visit_offered: bool = False
    visitor_away: int | None = None


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team of so many people. `members`: the personas among them."""

    name: str
    size: int = 5
    kind: TeamKind = TeamKind.PARTNER_TEAM
    story: Story | None = None
    members: tuple[Persona, ...] = ()


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """A resource person: the team she comes from and those she serves, all in one unit or its parts."""

    member_of: str
    serves: tuple[str, ...]
    persona: Persona | None = None


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit with its leader and teams. `terms`: the months between that it has agreed on."""

    name: str
    kind: UnitKind
    level: UnitLevel = UnitLevel.UNIT
    parent: str = ""
    district: str = ""
    former_district: str = ""
    institution_number: str = ""
    address: str = ""
    leader_title: str = ""
    leader: Persona | None = None
    leader_is_new: bool = False
    # Someone under the leader, responsible for these teams.
    deputy_of: tuple[str, ...] = ()
    terms: Mapping[Promise, int] = field(default_factory=dict)
    agreed_years_ago: int = 1
    pauses_this_month: tuple[Promise, ...] = ()
    teams: tuple[TeamPlan, ...] = ()
    services: tuple[ServicePlan, ...] = ()
