"""What stands in the way of a new school year as it was chosen, said where it was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from slf_portal.common.templatetags.portal import long_day
from teams.enums import Becomes
from teams.models import Membership
from teams.queries.school_year import FOLLOWS, LEAVES, SchoolYear, TeamNow, TeamsNow, TeamThen, teams_then


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason, and the key of what it is about: a team's name, what becomes of it, or where a member goes."""

    where: str
    reason: str


def name_key(key: str) -> str:
    return f"{key}-name"


def becomes_key(key: str) -> str:
    return f"{key}-becomes"


def member_key(row: Membership) -> str:
    return f"member-{row.pk}"


def problems(now: TeamsNow, year: SchoolYear) -> list[Problem]:
    """Everything that cannot be as chosen; the day is checked by the form and by the action."""
    then = teams_then(now, year)
    return [*_names(now, year, then), *_ends_too_early(now, year), *_misplaced(now, year), *_empty(now, then)]


def _names(now: TeamsNow, year: SchoolYear, then: list[TeamThen]) -> Iterator[Problem]:
    """Every new team has a name that no other team of its unit has."""
    for team in then:
        if team.is_new and not team.name:
            yield Problem(name_key(team.key), _("Give the new team a name."))
    wanted = {row for here in now.teams for row in [year.goes_to.get(member.pk) for member in here.members]}
    for fresh in year.fresh:
        if not fresh.name and fresh.key in wanted:
            yield Problem(name_key(fresh.key), _("Give the new team a name."))
    taken = {_name(team.unit_id, team.name) for team in now.other_groups}
    taken |= {_name(team.unit_id, team.name) for team in then if not team.is_new}
    for team in then:
        if team.is_new and team.name and _name(team.unit_id, team.name) in taken:
            yield Problem(name_key(team.key), _("Another team here has that name then. Choose another."))
        taken |= {_name(team.unit_id, team.name)} if team.is_new else set()


def _name(unit_id: int, name: str) -> tuple[int, str]:
    return unit_id, name.casefold()


def _ends_too_early(now: TeamsNow, year: SchoolYear) -> Iterator[Problem]:
    for here in now.teams:
        begins = here.team.starts_on
        if year.ends(here) and begins is not None and begins > year.on:
            reason = _("The team begins on %(day)s. Choose a later day, or let it go on.") % {"day": long_day(begins)}
            yield Problem(becomes_key(here.key), reason)


def _misplaced(now: TeamsNow, year: SchoolYear) -> Iterator[Problem]:
    for here in now.teams:
        for row in here.members:
            chosen = year.goes_to.get(row.pk, FOLLOWS)
            there = now.by_key.get(chosen)
            if chosen in {FOLLOWS, LEAVES} or there is None:
                continue
            if year.choice(there).becomes == Becomes.ENDS:
                reason = _("%(team)s ends. Choose another team.") % {"team": there.team.name}
                yield Problem(member_key(row), reason)
            elif _is_there_already(there, row, year):
                words = {"person": row.person.name, "team": there.team.name}
                reason = _("%(person)s is in %(team)s already. Let her leave this team instead.") % words
                yield Problem(member_key(row), reason)


def _is_there_already(there: TeamNow, row: Membership, year: SchoolYear) -> bool:
    stays = (member for member in there.members if year.goes_to.get(member.pk, FOLLOWS) in {FOLLOWS, there.key})
    return any(member.person_id == row.person_id for member in stays)


def _empty(now: TeamsNow, then: list[TeamThen]) -> Iterator[Problem]:
    """A team that people were in has somebody then."""
    for team in then:
        if team.before is None or team.people:
            continue
        if team.is_new:
            yield Problem(becomes_key(team.key), _("Nobody would be in it. Let somebody follow, or let the team end."))
        elif team.before.members:
            yield Problem(becomes_key(team.key), _("Nobody would be left. Let somebody stay, or let the team end."))
