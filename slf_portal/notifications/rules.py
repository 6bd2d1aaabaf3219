"""When reminders are sent, repeated and given up. Pure: no database, no clock."""

import datetime as dt
from dataclasses import dataclass

from slf_portal.common.calendars import CalendarEvent, Method
from slf_portal.common.dates import COPENHAGEN
from slf_portal.notifications.enums import ReminderKind

# A reminder that could not be sent for so long has lost its point.
SENT_WITHIN = dt.timedelta(days=14)
PLANNED_AHEAD = dt.timedelta(days=35)
# A reminder's day can move back over a summer closure: for so long an earlier one of the same occasion counts as told.
REMEMBERED = dt.timedelta(days=90)

FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=4)


# Kind, step, subject, recipient; and the day it is due.
Occasion = tuple[str, int, str, int]
Key = tuple[str, int, str, int, dt.date]


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder that should exist: its key in the ledger, and all that the mail may say."""

    kind: ReminderKind
    step: int
    subject: str
    recipient_id: int
    due_on: dt.date
    team_name: str
    about_on: dt.date
    path: str

    @property
    def occasion(self) -> Occasion:
        """What it is about and for whom, whichever day it falls on: nobody is told the same thing twice."""
        return (self.kind, self.step, self.subject, self.recipient_id)

    @property
    def key(self) -> Key:
        return (*self.occasion, self.due_on)


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """What a mail does to its reader's calendar: asks her to put the event in, or to take it out."""

    event: CalendarEvent
    method: Method


def last_due_day(now: dt.datetime, *, earliest: dt.time) -> dt.date:
    """The latest due day whose reminders may leave at `now`: today's from `earliest` on the clock in Copenhagen."""
    local = now.astimezone(COPENHAGEN)
    return local.date() if local.time() >= earliest else local.date() - dt.timedelta(days=1)


def wait_after(attempt: int) -> dt.timedelta:
    """How long a mail rests after its nth failed attempt, from 1: a minute, doubled each time, four hours at most."""
    doublings = min(attempt - 1, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
