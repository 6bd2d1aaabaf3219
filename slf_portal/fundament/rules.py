"""Which reminders a team's promises and meetings give. Pure: no database, no clock.

The rules are defaults of ours, made for someone who looks after many teams:

- A promise is reminded of on the day it becomes "soon" (step 1), on the first open day after its deadline (step 2), and
  from then on, while nobody has arranged anything, on the first open day of each month (step 3 and on). All the days
  are counted from the deadline and none from today, so that every planner at any time means the same reminders.
- The monthly meeting has a deadline every month, so it is reminded of once: the day its month becomes "soon".
- A member who has not said yes to the contract in force is asked once, the day after it came, or she did.
- A meeting that stands in no calendar of the team's own is reminded of the day before.
- Only what lies at most 14 days back is still sent. What has been due for longer when it enters the portal waits for
  the next first of the month. Of several steps about the same thing that are due, only the last is sent.
- Step 1 falls on an open day or the last one before it, the later steps on the first one after. In pause months there
  is no step: it waits for the month after. On a day the unit is closed nothing is sent about its teams.
- Nothing is sent while the promise's status asks for nobody: kept, planned, paused, unknown, not agreed.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from slf_portal.common.dates import add_months, first_of_month, last_of_month
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.rules import PLANNED_AHEAD, SENT_WITHIN, PlannedReminder
from teams.enums import Promise
from teams.rules import NOTHING, AskedForYes, Facts, Terms, due_date, promise_status

ONE_DAY = dt.timedelta(days=1)
LONGEST_CLOSURE_DAYS = 90
# A first of the month so soon after step 2 is passed over.
REST_AFTER_DEADLINE = dt.timedelta(days=15)

KINDS = {
    Promise.MEETING: ReminderKind.MEETING_NOT_NOTED,
    Promise.CONTRACT: ReminderKind.CONTRACT_RENEWAL,
    Promise.GRUS: ReminderKind.GRUS_DUE,
    Promise.VISIT: ReminderKind.VISIT_DUE,
}


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A planned meeting, today's included."""

    pk: int
    on: dt.date
    in_own_calendar: bool
    has_begun: bool


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """All that decides a team's reminders, seen on one day. People are ids of those who may see the team that day."""

    team_id: int
    name: str
    path: str
    starts_on: dt.date | None
    terms: Mapping[Promise, Terms]
    facts: Mapping[Promise, Facts]
    is_closed: Callable[[dt.date], bool]
    is_quiet_today: bool
    meetings: tuple[ComingMeeting, ...] = ()
    members: frozenset[int] = frozenset()
    resource_persons: frozenset[int] = frozenset()
    leaders: frozenset[int] = frozenset()
    asked_for_yes: tuple[AskedForYes, ...] = ()

    def recipients(self, kind: ReminderKind) -> frozenset[int]:
        """Who is to do something about it."""
        if kind in {ReminderKind.MEETING_TOMORROW, ReminderKind.CONTRACT_YES}:
            return self.members | self.resource_persons
        if kind is ReminderKind.VISIT_DUE:
            return self.resource_persons
        if kind is ReminderKind.GRUS_DUE:
            return self.leaders
        return self.resource_persons or self.members


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: called for from `since`, sent on `due_on`; `only_to` names the one it is for, None everyone."""

    kind: ReminderKind
    number: int
    subject: str
    since: dt.date
    due_on: dt.date
    about_on: dt.date
    only_to: int | None = None

    def recipients(self, team: TeamFacts) -> frozenset[int]:
        return team.recipients(self.kind) if self.only_to is None else frozenset({self.only_to})


def team_of_subject(subject: str) -> int:
    """The id of the team that a reminder's subject is about."""
    return int(subject.split(":", 2)[1])


def planned_reminders(team: TeamFacts, today: dt.date) -> set[PlannedReminder]:
    """The team's reminders that should exist, from 14 days back to 35 ahead of `today`."""
    steps = [*_meetings_tomorrow(team, today), *_asked_for_yes(team), *_promise_steps(team, today)]
    return {
        PlannedReminder(
            kind=step.kind,
            step=step.number,
            subject=step.subject,
            recipient_id=person_id,
            due_on=step.due_on,
            team_name=team.name,
            about_on=step.about_on,
            path=team.path,
        )
        for step in steps
        if _is_in_window(step, today) and not (team.is_quiet_today and step.due_on <= today)
        for person_id in step.recipients(team)
    }


def _is_in_window(step: Step, today: dt.date) -> bool:
    return today - SENT_WITHIN <= step.due_on <= today + PLANNED_AHEAD


# Meetings -------------------------------------------------------------------------------------------------------


def _meetings_tomorrow(team: TeamFacts, today: dt.date) -> Iterator[Step]:
    if Promise.MEETING not in team.terms:
        return
    for meeting in team.meetings:
        if not (meeting.in_own_calendar or meeting.has_begun):
            eve = meeting.on - ONE_DAY
            yield Step(
                kind=ReminderKind.MEETING_TOMORROW,
                number=1,
                subject=f"team:{team.team_id}:meeting:{meeting.pk}:{meeting.on}",
                since=eve,
                due_on=_last_open(eve, team.is_closed),
                about_on=meeting.on,
            )


# The team's contract --------------------------------------------------------------------------------------------


def _asked_for_yes(team: TeamFacts) -> Iterator[Step]:
    """Once, the day after: whoever was at the table has said yes by then."""
    if Promise.CONTRACT not in team.terms:
        return
    for asked in team.asked_for_yes:
        day_after = asked.since + ONE_DAY
        yield Step(
            kind=ReminderKind.CONTRACT_YES,
            number=1,
            subject=f"team:{team.team_id}:yes:{asked.contract_id}",
            since=day_after,
            due_on=_first_open(day_after, team.is_closed),
            about_on=asked.in_force_on,
            only_to=asked.person_id,
        )


# Promises -------------------------------------------------------------------------------------------------------


def _promise_steps(team: TeamFacts, today: dt.date) -> Iterator[Step]:
    for promise, terms in team.terms.items():
        is_monthly = promise is Promise.MEETING and terms.interval_months == 1
        steps = _monthly_steps if is_monthly else _interval_steps
        out_of_pause = (_after_pause(step, terms) for step in steps(team, promise, terms, today))
        placed = [_on_open_day(step, team, terms) for step in out_of_pause if step is not None]
        called_for = [
            step
            for step in placed
            if _is_in_window(step, today)
            and _needs_someone(team, promise, terms, max(today, step.since, step.due_on), today)
        ]
        yield from _last_of_each(called_for, today)


def _monthly_steps(team: TeamFacts, promise: Promise, terms: Terms, today: dt.date) -> Iterator[Step]:
    """One for each month near the window, a pause month's left out."""
    for month in _months_near(today):
        if month.month not in terms.pause_months:
            soon = last_of_month(month) - dt.timedelta(days=terms.soon_days)
            subject = f"team:{team.team_id}:{month:%Y-%m}"
            yield Step(KINDS[promise], 1, subject, since=soon, due_on=soon, about_on=month)


def _interval_steps(team: TeamFacts, promise: Promise, terms: Terms, today: dt.date) -> Iterator[Step]:
    deadline = due_date(terms, team.starts_on, team.facts.get(promise, NOTHING))
    if deadline is None:
        return
    soon = deadline - dt.timedelta(days=terms.soon_days)
    first = Step(KINDS[promise], 1, f"team:{team.team_id}:{deadline}", since=soon, due_on=soon, about_on=deadline)
    yield first
    yield replace(first, number=2, since=deadline + ONE_DAY)
    for month in _months_near(today):
        if month >= deadline + REST_AFTER_DEADLINE:
            months_later = (month.year - deadline.year) * 12 + month.month - deadline.month
            yield replace(first, number=2 + months_later, since=month)


def _months_near(today: dt.date) -> list[dt.date]:
    """The first days of the months that can hold a reminder of the window."""
    return [add_months(first_of_month(today), count) for count in range(-2, 5)]


def _after_pause(step: Step, terms: Terms) -> Step | None:
    """A step in a pause month waits for the month after; None where every month is one."""
    if step.since.month not in terms.pause_months:
        return step
    months = (add_months(first_of_month(step.since), count) for count in range(1, 12))
    since = next((month for month in months if month.month not in terms.pause_months), None)
    return replace(step, since=since) if since else None


def _on_open_day(step: Step, team: TeamFacts, terms: Terms) -> Step:
    if step.number > 1:
        return replace(step, due_on=_first_open(step.since, team.is_closed))
    day = _last_open(step.since, team.is_closed)
    if day.month in terms.pause_months:
        day = _first_open(step.since, team.is_closed)
    return replace(step, due_on=day)


def _last_open(day: dt.date, is_closed: Callable[[dt.date], bool]) -> dt.date:
    """`day`, or the last open day before it."""
    return _nearest_open(day, is_closed, -ONE_DAY)


def _first_open(day: dt.date, is_closed: Callable[[dt.date], bool]) -> dt.date:
    """`day`, or the first open day after it."""
    return _nearest_open(day, is_closed, ONE_DAY)


def _nearest_open(day: dt.date, is_closed: Callable[[dt.date], bool], step: dt.timedelta) -> dt.date:
    days = (day + step * count for count in range(LONGEST_CLOSURE_DAYS))
    return next((candidate for candidate in days if not is_closed(candidate)), day)


def _needs_someone(team: TeamFacts, promise: Promise, terms: Terms, day: dt.date, today: dt.date) -> bool:
    """Whether the promise asks for someone on that day, today or later, if nothing more happens until then."""
    facts = team.facts.get(promise, NOTHING)
    if promise is Promise.MEETING and terms.interval_months == 1:
        # The facts know the next planned meeting; for a later month it is the next one in that month that counts.
        since = max(today, first_of_month(day))
        facts = replace(facts, planned_on=min((m.on for m in team.meetings if m.on >= since), default=None))
    status = promise_status(promise, terms=terms, team_starts_on=team.starts_on, facts=facts, as_of=day)
    return status.needs_someone


def _last_of_each(steps: Iterable[Step], today: dt.date) -> Iterator[Step]:
    """Without the steps that a later one about the same thing has overtaken."""
    ordered = sorted(steps, key=lambda step: (step.subject, step.due_on, step.number))
    for _subject, group in groupby(ordered, key=lambda step: step.subject):
        same = list(group)
        for step, following in zip(same, [*same[1:], None], strict=True):
            if following is None or following.due_on > max(today, step.due_on):
                yield step
