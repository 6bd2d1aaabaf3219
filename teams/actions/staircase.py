"""Building a unit's staircase, and a team's saying where it stands. Every change of a goal locks the goal."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TypeVar

from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import end_checked, save_checked
from teams import queries
from teams.models import StaircaseActivity, StaircaseGoal, StaircaseStep, StaircaseWord, Team, Unit
from teams.models.staircase import MOST_STEPS

R = TypeVar("R", StaircaseGoal, StaircaseStep)


class StaircaseRefusedError(RefusedError):
    """The staircase cannot be as asked; the message says why."""


def add_goal(
    *,
    by: User,
    unit: Unit,
    title: str,
    vision: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> StaircaseGoal:
    """Set a goal for the unit, after those it has. Raises RefusedError with the reason."""
    with change(by=by, verb="add staircase goal", token=token):
        Unit.objects.select_for_update().get(pk=unit.pk)
        last = unit.staircase_goals.order_by("-position").first()
        goal = StaircaseGoal(unit=unit, position=last.position + 1 if last else 1, starts_on=starts_on, ends_on=ends_on)
        goal.title, goal.vision = title, vision
        _save(goal, by=by, confirmed_not_cpr=confirmed_not_cpr)
    return goal


def change_goal(
    *,
    by: User,
    goal: StaircaseGoal,
    title: str,
    vision: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    version: int,
    confirmed_not_cpr: bool = False,
) -> None:
    """Save what was changed about a goal. Raises StaleFormError when someone else changed its staircase meanwhile."""
    with change(by=by, verb="change staircase goal"):
        goal = _next_version(goal, shown=version)
        goal.title, goal.vision, goal.starts_on, goal.ends_on = title, vision, starts_on, ends_on
        _save(goal, by=by, confirmed_not_cpr=confirmed_not_cpr)


def move_goal(*, by: User, goal: StaircaseGoal, to: int) -> None:
    """Give the goal that place (1 is the first) among the unit's goals that have not ended."""
    with change(by=by, verb="move staircase goal"):
        Unit.objects.select_for_update().get(pk=goal.unit_id)
        goals = list(queries.goals_of_unit(goal.unit, today()))
        if goal not in goals or not 1 <= to <= len(goals):
            raise StaircaseRefusedError(_("The goal cannot be moved any further."))
        StaircaseGoal.objects.bulk_update(_moved(goals, goal, to), ["position"])


def add_step(
    *,
    by: User,
    goal: StaircaseGoal,
    title: str,
    looks_like: str,
    activities: Sequence[str],
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> StaircaseStep:
    """Put a step on top of the goal's staircase. Raises StaircaseRefusedError when it has its twelve already."""
    with change(by=by, verb="add staircase step", token=token):
        goal = _next_version(goal)
        steps = _steps(goal)
        if len(steps) >= MOST_STEPS:
            raise StaircaseRefusedError(_("A staircase has at most twelve steps. Take one out, or join two."))
        step = StaircaseStep(goal=goal, title=title, looks_like=looks_like, position=len(steps) + 1)
        _save(step, by=by, confirmed_not_cpr=confirmed_not_cpr)
        _write_activities(step, activities, confirmed_not_cpr=confirmed_not_cpr)
    return step


def change_step(
    *,
    by: User,
    step: StaircaseStep,
    title: str,
    looks_like: str,
    activities: Sequence[str],
    version: int,
    confirmed_not_cpr: bool = False,
) -> None:
    """Save what was changed about a step. Raises StaleFormError when someone else changed the staircase meanwhile."""
    with change(by=by, verb="change staircase step"):
        _next_version(step.goal, shown=version)
        step = _standing_step(step)
        step.title, step.looks_like = title, looks_like
        _save(step, by=by, confirmed_not_cpr=confirmed_not_cpr)
        _write_activities(step, activities, confirmed_not_cpr=confirmed_not_cpr)


def move_step(*, by: User, step: StaircaseStep, to: int) -> None:
    """Give the step that place, 1 is the lowest; asked twice it is moved once."""
    with change(by=by, verb="move staircase step"):
        steps = _steps(_next_version(step.goal))
        step = _standing_step(step)
        if not 1 <= to <= len(steps):
            raise StaircaseRefusedError(_("The step cannot be moved any further."))
        StaircaseStep.objects.bulk_update(_moved(steps, step, to), ["position"])


def remove_step(*, by: User, step: StaircaseStep) -> None:
    """Take the step out from today. What teams have said on it stays, and the steps above it come down."""
    with change(by=by, verb="remove staircase step"):
        goal = _next_version(step.goal)
        step = StaircaseStep.objects.get(pk=step.pk)
        end_checked(step, today())
        left = _steps(goal)
        for position, one in enumerate(left, start=1):
            one.position = position
        StaircaseStep.objects.bulk_update(left, ["position"])


def say_where_we_stand(
    *,
    by: User,
    team: Team,
    goal: StaircaseGoal,
    step: StaircaseStep | None,
    where_text: str,
    next_text: str,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> StaircaseWord:
    """Keep the team's words of today; earlier words stay. Raises StaircaseRefusedError when the goal does not hold."""
    with change(by=by, verb="say where we stand", token=token):
        goal = StaircaseGoal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
        if not goal.is_in_force(today()):
            raise StaircaseRefusedError(_("The goal does not hold today. What you have said before stays."))
        if step is not None and step.goal_id != goal.pk:
            raise StaircaseRefusedError(_("The step is of another goal."))
        word = StaircaseWord(team=team, goal=goal, step=step, where_text=where_text, next_text=next_text)
        _save(word, by=by, confirmed_not_cpr=confirmed_not_cpr)
    return word


def _save(row: StaircaseGoal | StaircaseStep | StaircaseWord, *, by: User, confirmed_not_cpr: bool) -> None:
    if confirmed_not_cpr:
        note_text_override(by=by, place=row._meta.label)
    save_checked(row, confirmed_not_cpr=confirmed_not_cpr)


def _next_version(goal: StaircaseGoal, *, shown: int | None = None) -> StaircaseGoal:
    """The goal, locked and one version on; `shown` is the version of a page that must not be stale."""
    goal = StaircaseGoal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=goal.pk)
    if shown is not None:
        refuse_stale(stored=goal.version, shown=shown)
    goal.version += 1
    goal.save(update_fields=["version"])
    return goal


def _steps(goal: StaircaseGoal) -> list[StaircaseStep]:
    return list(queries.steps_of_goal(goal, today()))


def _standing_step(step: StaircaseStep) -> StaircaseStep:
    step = StaircaseStep.objects.get(pk=step.pk)
    if step.ends_on is not None:
        raise StaircaseRefusedError(_("The step has been taken out meanwhile."))
    return step


def _moved(rows: list[R], row: R, to: int) -> list[R]:
    """The rows with their new places, numbered from 1."""
    order = [one for one in rows if one.pk != row.pk]
    order.insert(to - 1, row)
    for position, one in enumerate(order, start=1):
        one.position = position
    return order


def _write_activities(step: StaircaseStep, texts: Sequence[str], *, confirmed_not_cpr: bool) -> None:
    """The step's activities as they are to be; a line that stands already keeps its row."""
    stored = {activity.text: activity for activity in step.activities.all()}
    for position, text in enumerate(texts, start=1):
        activity = stored.pop(text, None) or StaircaseActivity(step=step, text=text)
        activity.position = position
        save_checked(activity, confirmed_not_cpr=confirmed_not_cpr)
    for activity in stored.values():
        activity.delete()
