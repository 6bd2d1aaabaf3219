"""On which days a rhythm falls, how long an item took, what a cycle lacks, how paper is shared. Pure: no clock."""

import datetime as dt
import math
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from learningcycle.defaults import LOOP_MONTHS
from learningcycle.enums import Ground, NoMeeting, Nth, PhaseRule
from slf_portal.common.dates import add_months, first_of_month, last_of_month, local_date


@dataclass(frozen=True, slots=True)
class Slot:
    """A month of a rhythm: the day the team meets, or why it does not."""

    month: dt.date
    on: dt.date | None
    why_not: NoMeeting | None = None


def nth_weekday(month: dt.date, *, weekday: int, nth: int) -> dt.date:
    """The nth weekday (Monday is 0) of the month of `month`; nth is 1 to 4, or -1 for the last."""
    if nth == Nth.LAST:
        last = last_of_month(month)
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = first_of_month(month)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def slot_in_month(
    month: dt.date, *, weekday: int, nth: int, is_closed: Callable[[dt.date], bool], pause_months: Container[int]
) -> Slot:
    """The day a rhythm gives in a month: a closed day gives way to the next open same weekday of that month."""
    month = first_of_month(month)
    if month.month in pause_months:
        return Slot(month, None, NoMeeting.PAUSE)
    day = nth_weekday(month, weekday=weekday, nth=nth)
    while day.month == month.month:
        if not is_closed(day):
            return Slot(month, day)
        day += dt.timedelta(days=7)
    return Slot(month, None, NoMeeting.CLOSED)


def seconds_at_item(spent: int, running_since: dt.datetime | None, now: dt.datetime) -> int:
    """How many seconds a conversation has been at its item, where the clock has run for `spent` before it last began.

    A clock that was set back in between counts nothing.
    """
    if running_since is None:
        return spent
    return spent + max(0, int((now - running_since).total_seconds()))


def minutes_left(minutes: int, spent: int) -> int:
    """The minutes an item has left when it has taken so many seconds, begun ones too; below zero when it has run over.

    Ten minutes over are told as -10: the eleventh is still to be whole.
    """
    left = minutes * 60 - spent
    return math.ceil(left / 60)


# Learning cycles -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """How much of a learning cycle is written. `tried`: trial actions that are not dropped; `unsettled`: still open."""

    focus: bool = False
    data: int = 0
    interpretations: int = 0
    goal: bool = False
    signs: int = 0
    actions: int = 0
    tried: int = 0
    unsettled: int = 0
    learning: bool = False


def is_met(rule: str, written: Written) -> bool:
    """Whether what the rule of a phase asks for is written; a phase without a rule asks for nothing."""
    met = {
        PhaseRule.FOCUS: written.focus,
        PhaseRule.DATA: written.data > 0,
        PhaseRule.GOAL_AND_SIGN: written.goal and written.signs > 0,
        PhaseRule.ACTION: written.tried > 0,
        PhaseRule.ACTIONS_SETTLED: written.actions > 0 and written.unsettled == 0,
        PhaseRule.LEARNING: written.learning,
    }
    return not rule or met[PhaseRule(rule)]


def is_on_way_to_action(written: Written, order: Sequence[str], here: int) -> bool:
    """Whether something is tried, or the phase at `here` in `order`, the rules of the phases, is the one to act in."""
    return written.tried > 0 or PhaseRule.ACTION in order[: here + 1]


def ground_lacking(written: Written, order: Sequence[str]) -> list[Ground]:
    """What is not there to act on. What the template itself puts after its phase of action is not asked for."""
    first = order.index(PhaseRule.ACTION) if PhaseRule.ACTION in order else len(order)
    later = order[first:]
    is_there = {
        Ground.DATA: written.data > 0 or PhaseRule.DATA in later,
        Ground.INTERPRETATIONS: written.interpretations > 1 or PhaseRule.DATA in later,
        Ground.GOAL: written.goal or PhaseRule.GOAL_AND_SIGN in later,
        Ground.SIGN: written.signs > 0 or PhaseRule.GOAL_AND_SIGN in later,
    }
    return [ground for ground in Ground if not is_there[ground]]


def is_to_be_looked_at(begun_on: dt.date, looked_at_on: dt.date | None, on: dt.date) -> bool:
    """Whether a learning loop has passed since the cycle began, or since the team last chose to go on with it."""
    return on >= add_months(looked_at_on or begun_on, LOOP_MONTHS)


# A ring in a square of a hundred: its radii, and how much of the circle lies between two arcs.
_OUTER, _INNER, _GAP = 49.0, 31.0, 0.012


@dataclass(frozen=True, slots=True)
class Arc:
    """A piece of a ring in a square of 100 by 100: its outline as an SVG path, and the middle of it."""

    path: str
    x: float
    y: float


def ring(count: int) -> list[Arc]:
    """A ring of so many equal arcs, the first from the top and on with the clock."""
    return [_arc(number / count + _GAP / 2, (number + 1) / count - _GAP / 2) for number in range(count)]


def _arc(begins: float, ends: float) -> Arc:
    """From and to parts of a whole turn."""
    is_large = int(ends - begins > 1 / 2)
    corners = [_point(_OUTER, begins), _point(_OUTER, ends), _point(_INNER, ends), _point(_INNER, begins)]
    first, second, third, fourth = (f"{x:g} {y:g}" for x, y in corners)
    outer, inner = (f"A {radius:g} {radius:g} 0 {is_large}" for radius in (_OUTER, _INNER))
    x, y = _point((_OUTER + _INNER) / 2, (begins + ends) / 2)
    return Arc(f"M {first} {outer} 1 {second} L {third} {inner} 0 {fourth} Z", x, y)


def _point(radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return round(50 + radius * math.sin(angle), 2), round(50 - radius * math.cos(angle), 2)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one moment to a later one."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def on(self) -> dt.date:
        """The day it begins in Copenhagen."""
        return local_date(self.starts_at)


def days_every(first: dt.date, weeks: int, *, since: dt.date, until: dt.date) -> list[dt.date]:
    """The first day and every so many weeks after it, as far as they lie in `[since, until)`."""
    step = dt.timedelta(weeks=weeks)
    day = first + step * max(0, -((first - since).days // step.days))
    days: list[dt.date] = []
    while day < until:
        days.append(day)
        day += step
    return days


# On the sheet for meetings without screens, in millimetres as in static/sheet.css: a ruled line to write on, and the
# lowest row, which holds an item's title and question.
RULED_LINE, LOWEST_ROW = 6.8, 8.6


def ruled_lines(minutes: Sequence[int], room: float) -> list[int]:
    """How many lines each item gets to write on, by its minutes, when so many millimetres are left for all.

    Each gets two at least, or one where that is too much. Items that find no room have no entry: a line is kept then
    to say how many they are.
    """
    if len(minutes) * LOWEST_ROW > room:
        room -= RULED_LINE
        minutes = minutes[: max(0, int(room // LOWEST_ROW))]
    # Two lines leave place for a question of two lines.
    least = 2 if len(minutes) * _height(2) <= room else 1
    lines = [least] * len(minutes)
    left = room - len(lines) * _height(least)
    while lines:
        most = max(range(len(lines)), key=lambda place: minutes[place] / (lines[place] + 1))
        left -= _height(lines[most] + 1) - _height(lines[most])
        if left < 0:
            break
        lines[most] += 1
    return lines


def _height(lines: int) -> float:
    return max(LOWEST_ROW, lines * RULED_LINE)
