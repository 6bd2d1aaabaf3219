"""A new school year: the teams there are, what a leader chooses for each, and what comes of it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from teams.defaults import SCHOOL_YEAR_BEGINS
from teams.enums import Becomes
from teams.models import Membership, ResourcePerson, Team, TeamLeader, Unit
from teams.queries.contracts import contracts_that_say_something
from teams.queries.tree import with_parts

# Where a member goes: with her team, out of it, or to the team with that key.
FOLLOWS, LEAVES = "", "leaves"

# What stands in rooms above, by the team's id and in words: what it has planned from a day on and loses when it ends,
# and what a team that is copied hands on. Each room adds its function in AppConfig.ready; as many queries as functions.
FALLING_AWAY: list[Callable[[Collection[int], dt.date], Mapping[int, list[str]]]] = []
CARRIED_OVER: list[Callable[[Collection[int], dt.date], Mapping[int, str]]] = []

# What is true of the teams, by a key: a value that changes with it, and the words for it.
Facts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TeamNow:
    """A team that has no end, with its people: those of today, and those who begin later."""

    team: Team
    members: Sequence[Membership]
    resource_persons: Sequence[ResourcePerson]
    leaders: Sequence[TeamLeader]

    @property
    def key(self) -> str:
        """What becomes of the team: itself where it goes on, the new team where it is copied."""
        return f"team-{self.team.pk}"


@dataclass(frozen=True)
class TeamsNow:
    """The partner teams of a unit and its parts. `ending` have an end to come; `other_groups` only take up names."""

    units: Sequence[Unit]
    teams: Sequence[TeamNow]
    ending: Sequence[Team]
    other_groups: Sequence[Team]

    @cached_property
    def by_key(self) -> dict[str, TeamNow]:
        return {now.key: now for now in self.teams}


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """What becomes of a team, and the new name where it is copied."""

    becomes: Becomes = Becomes.GOES_ON
    name: str = ""


@dataclass(frozen=True, slots=True)
class FreshTeam:
    """A team that begins from nothing; without a name it is none."""

    key: str
    name: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """What a leader has chosen: by the team's id what becomes of it, by the membership's id where the person goes."""

    on: dt.date
    choices: Mapping[int, TeamChoice]
    fresh: Sequence[FreshTeam]
    goes_to: Mapping[int, str]

    def choice(self, now: TeamNow) -> TeamChoice:
        return self.choices.get(now.team.pk, TeamChoice())

    def ends(self, now: TeamNow) -> bool:
        """Whether the team itself ends, copied or not."""
        return self.choice(now).becomes != Becomes.GOES_ON

    def destination(self, now: TeamNow, row: Membership) -> str:
        """The key of the team the member is in then; empty for none."""
        chosen = self.goes_to.get(row.pk, FOLLOWS)
        if chosen == LEAVES:
            return ""
        if chosen != FOLLOWS:
            return chosen
        return "" if self.choice(now).becomes == Becomes.ENDS else now.key


@dataclass(frozen=True)
class TeamThen:
    """A team as it is from the day on; `people` are the memberships, of one team each, that its members come from."""

    key: str
    name: str
    unit_id: int
    before: TeamNow | None
    is_new: bool
    people: Sequence[Membership]

    @property
    def members(self) -> list[tuple[str, bool]]:
        """Each member's name once, and whether she comes from elsewhere."""
        own = self.before.team.pk if self.before else None
        return list({row.person_id: (row.person.name, row.team_id != own) for row in self.people}.values())


def next_school_year(on: dt.date) -> dt.date:
    """The first day of the next school year, `on` itself when it is that day."""
    begins = SCHOOL_YEAR_BEGINS.replace(year=on.year)
    return begins if begins >= on else begins.replace(year=on.year + 1)


def teams_now(unit: Unit, on: dt.date) -> TeamsNow:
    """The teams of the unit and its parts that have not ended, with their people. Six queries."""
    ids = with_parts(frozenset([unit.pk]))
    units = list(Unit.objects.filter(pk__in=ids).order_by("sort_key", "pk"))
    units.sort(key=lambda one: one.pk != unit.pk)
    rows = Team.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), unit_id__in=ids).select_related("unit")
    teams = list(rows.order_by("unit__sort_key", "sort_key", "pk"))
    lasting = [team for team in teams if team.has_promises and team.ends_on is None]
    members, serving, leading = (_not_ended(model, lasting, on) for model in (Membership, ResourcePerson, TeamLeader))
    return TeamsNow(
        units=units,
        teams=[
            TeamNow(team, members.get(team.pk, []), serving.get(team.pk, []), leading.get(team.pk, []))
            for team in lasting
        ],
        ending=[team for team in teams if team.has_promises and team.ends_on is not None],
        other_groups=[team for team in teams if not team.has_promises and team.ends_on is None],
    )


def _not_ended(model: Any, teams: Iterable[Team], on: dt.date) -> dict[int, list[Any]]:
    rows = model.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), team__in=teams, person__is_active=True)
    found: dict[int, list[Any]] = {}
    for row in rows.select_related("person").order_by("person__sort_key", "person_id", "starts_on"):
        found.setdefault(row.team_id, []).append(row)
    return found


def teams_then(now: TeamsNow, year: SchoolYear) -> list[TeamThen]:
    """The teams as they are from the day on: those that go on, the copies, then those that begin from nothing."""
    people: dict[str, dict[int, list[Membership]]] = {}
    for here in now.teams:
        for row in here.members:
            if row.ends_on is None or row.ends_on > year.on:
                rows = people.setdefault(year.destination(here, row), {}).setdefault(row.person_id, [])
                # Who comes from two teams comes once.
                if not rows or rows[0].team_id == row.team_id:
                    rows.append(row)
    then = [
        _then(here.key, here.team.name, here.team.unit_id, here, people, is_new=False)
        if year.choice(here).becomes == Becomes.GOES_ON
        else _then(here.key, year.choice(here).name, here.team.unit_id, here, people, is_new=True)
        for here in now.teams
        if year.choice(here).becomes != Becomes.ENDS
    ]
    return then + [_then(one.key, one.name, one.unit_id, None, people, is_new=True) for one in year.fresh if one.name]


def _then(
    key: str,
    name: str,
    unit_id: int,
    before: TeamNow | None,
    people: Mapping[str, Mapping[int, list[Membership]]],
    *,
    is_new: bool,
) -> TeamThen:
    rows = [row for of_person in people.get(key, {}).values() for row in of_person]
    rows.sort(key=lambda row: (row.person.sort_key, row.person_id))
    return TeamThen(key, name, unit_id, before, is_new, rows)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a leader's choices, as she sees it before she confirms."""

    teams: list[tuple[TeamThen, list[str]]]
    ending: list[Team]
    leaving: list[tuple[str, str]]
    in_no_team: list[User]
    in_several: list[tuple[str, list[str]]]
    falling_away: list[tuple[str, list[str]]]


def outcome(now: TeamsNow, year: SchoolYear) -> Outcome:
    """Who is where then, who leaves, which teams end, what falls away and what is carried over. Queries: the rooms'."""
    then = teams_then(now, year)
    ending = [here.team for here in now.teams if year.ends(here)]
    places: dict[int, list[str]] = {}
    for team in then:
        for person_id in {row.person_id for row in team.people}:
            places.setdefault(person_id, []).append(team.name)
    people = {row.person_id: row.person for here in now.teams for row in here.members}
    by_name = sorted(people.values(), key=lambda person: (person.sort_key, person.pk))
    carried = _carried_over(
        [here.team.pk for here in now.teams if year.choice(here).becomes == Becomes.COPIED], year.on
    )
    return Outcome(
        teams=[(team, carried.get(team.before.team.pk, []) if team.before and team.is_new else []) for team in then],
        ending=ending,
        leaving=[
            (row.person.name, here.team.name)
            for here in now.teams
            for row in here.members
            if year.goes_to.get(row.pk) == LEAVES
        ],
        in_no_team=[person for person in by_name if person.pk not in places],
        in_several=[(person.name, places[person.pk]) for person in by_name if len(places.get(person.pk, [])) > 1],
        falling_away=falling_away(ending, year.on),
    )


def _carried_over(team_ids: Collection[int], on: dt.date) -> dict[int, list[str]]:
    contracts = contracts_that_say_something(team_ids)
    found = {team_id: [_("the contract, as a draft")] for team_id in team_ids if team_id in contracts}
    for words_of in CARRIED_OVER:
        for team_id, words in words_of(team_ids, on).items():
            found.setdefault(team_id, []).append(words)
    return found


def falling_away(teams: Sequence[Team], on: dt.date) -> list[tuple[str, list[str]]]:
    """For each team that loses something when it ends that day its name and what, in words. One query a room."""
    found: dict[int, list[str]] = {}
    for words_of in FALLING_AWAY:
        for team_id, words in words_of([team.pk for team in teams], on).items():
            found.setdefault(team_id, []).extend(words)
    return [(team.name, found[team.pk]) for team in teams if team.pk in found]


def facts(now: TeamsNow) -> Facts:
    """What the choices rest on, to be held against what is true when they are carried out."""
    known: dict[str, Sequence[str]] = {}
    for here in now.teams:
        name = {"team": here.team.name}
        known[here.key] = (str(here.team.version), _("the team %(team)s") % name)
        for words, rows in (
            (_("%(person)s as a member of %(team)s"), here.members),
            (_("%(person)s as resource person of %(team)s"), here.resource_persons),
            (_("%(person)s as responsible leader of %(team)s"), here.leaders),
        ):
            for row in rows:
                told = words % {"person": row.person.name, **name}
                known[f"{row._meta.model_name}-{row.pk}"] = (f"{row.starts_on} {row.ends_on}", told)
    return known


def changes_since(seen: Facts, now: TeamsNow) -> list[str]:
    """What has changed since it was seen, in words; empty for nothing."""
    known = facts(now)
    new = [_("new: %(what)s") % {"what": known[key][1]} for key in known if key not in seen]
    gone = [_("no longer: %(what)s") % {"what": seen[key][1]} for key in seen if key not in known]
    changed = [
        _("changed: %(what)s") % {"what": known[key][1]}
        for key in known
        if key in seen and known[key][0] != seen[key][0]
    ]
    return [*new, *gone, *changed]
