"""What every part of a team's history needs to know about it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months
from slf_portal.demo.actions.people import BuiltTeam, Cast, Teams
from slf_portal.demo.defaults.organisation import UNITS
from slf_portal.demo.defaults.plan import Story
from slf_portal.demo.rules import LONGEST_CLOSURE_DAYS, MONTHS_OF_HISTORY, days_kept, first_open
from teams.defaults import JULY
from teams.enums import Promise
from teams.models import Team
from teams.queries import ClosedDays, TermsByPromise, closed_days, terms_of_teams

# A contract can come into force in the middle of a school holiday.
is_public_day_off = ClosedDays()
# How often a promise was kept where nobody had agreed on it, and none of the story's days counts from it.
USUAL_MONTHS = {Promise.MEETING: 1, Promise.CONTRACT: 12, Promise.GRUS: 12, Promise.VISIT: 3}


@dataclass(frozen=True, slots=True)
class Stage:
    """A team, its story, and the calendar it plays in."""

    today: dt.date
    story: Story
    built: BuiltTeam
    terms: TermsByPromise
    is_closed: ClosedDays

    @property
    def team(self) -> Team:
        return self.built.team

    @property
    def member(self) -> User:
        """Who notes things for the team."""
        return self.built.members[0]

    @property
    def since(self) -> dt.date:
        """The first day of the team's history."""
        earliest = add_months(self.today, -MONTHS_OF_HISTORY)
        return max(earliest, self.team.starts_on or earliest)

    def pause_months(self, promise: Promise) -> frozenset[int]:
        terms = self.terms.get(promise)
        return terms.pause_months if terms else frozenset()

    def days_kept(self, promise: Promise, due: int, since: dt.date) -> list[dt.date]:
        """The days from `since` on on which the promise was kept, the latest first; due again in `due` days."""
        terms = self.terms.get(promise)
        return days_kept(
            self.today + dt.timedelta(days=due),
            months=terms.interval_months if terms else USUAL_MONTHS[promise],
            since=since,
            is_closed=is_public_day_off if promise is Promise.CONTRACT else self.is_off,
        )

    def is_off(self, day: dt.date) -> bool:
        """Closed, or in July: nobody meets then, whatever is agreed."""
        return self.is_closed(day) or day.month == JULY

    def open_day_in(self, days: int) -> dt.date:
        """The first open day in so many days or more."""
        return first_open(self.today + dt.timedelta(days=days), self.is_closed)


def stages(cast: Cast, teams: Teams) -> Iterator[Stage]:
    """The stage of each team that has a story."""
    rows = [built.team for built in teams.values()]
    terms = terms_of_teams(rows, cast.today)
    since = add_months(cast.today, -12 * 3)
    until = cast.today + dt.timedelta(days=LONGEST_CLOSURE_DAYS)
    closed = closed_days({team.unit_id for team in rows}, since, until)
    for plan in UNITS:
        for team in plan.teams:
            built = teams[plan.name, team.name]
            if team.story:
                yield Stage(cast.today, team.story, built, terms[built.team.pk], closed[built.team.unit_id])
