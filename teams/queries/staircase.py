"""A unit's staircase: its goals and steps, and what teams have said about where they stand."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from slf_portal.audit.queries import Change, history_where, together
from teams.models import StaircaseActivity, StaircaseGoal, StaircaseStep, StaircaseWord, Team, Unit
from teams.queries.tree import line_of
from teams.standing import Standing


@dataclass(slots=True)
class Staircase:
    """A goal with its steps, the lowest first; which teams have said where they stand, and which of hers may say it.

    `said` is in Danish order, each team with the day of its latest words: never by step.
    """

    goal: StaircaseGoal
    steps: list[StaircaseStep]
    said: list[StaircaseWord]
    may_say: list[Team] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stand:
    """A goal that holds for a team, and the team's latest words about it."""

    goal: StaircaseGoal
    word: StaircaseWord | None


def goals_of_unit(unit: Unit, on: dt.date) -> QuerySet[StaircaseGoal]:
    """The unit's own goals that have not ended that day, in its order; some may begin later."""
    return _not_ended(on).filter(unit=unit)


def goals_to_show(unit: Unit, on: dt.date) -> list[StaircaseGoal]:
    """The unit's own goals that have not ended, then those that hold in the units it is a part of. Two queries."""
    line = line_of(unit.pk)
    goals = _not_ended(on).filter(unit_id__in=line).select_related("unit")
    shown = [goal for goal in goals if goal.unit_id == unit.pk or goal.is_in_force(on)]
    return sorted(shown, key=lambda goal: line.index(goal.unit_id))


def goals_that_ended(unit: Unit, on: dt.date) -> QuerySet[StaircaseGoal]:
    """The unit's own goals that have ended, the latest first."""
    return StaircaseGoal.objects.filter(unit=unit, ends_on__lte=on).order_by("-ends_on", "-pk")


def steps_of_unit(unit: Unit, on: dt.date) -> QuerySet[StaircaseStep]:
    """The steps of every goal that holds that day for the unit, goal by goal, the lowest first."""
    goals = StaircaseGoal.objects.in_force(on).filter(unit_id__in=line_of(unit.pk))
    steps = StaircaseStep.objects.in_force(on).filter(goal__in=goals).select_related("goal")
    return steps.order_by("goal__position", "goal_id", "position", "pk")


def steps_of_goal(goal: StaircaseGoal, on: dt.date) -> QuerySet[StaircaseStep]:
    """The steps of a goal that stand that day, the lowest first."""
    return StaircaseStep.objects.in_force(on).filter(goal=goal).order_by("position", "pk")


def staircases(goals: Iterable[StaircaseGoal], standing: Standing, on: dt.date) -> list[Staircase]:
    """The staircase of each goal. Five queries, whatever the number of goals, steps and teams."""
    goals = list(goals)
    standing_steps = StaircaseStep.objects.in_force(on).filter(goal__in=goals).order_by("goal_id", "position", "pk")
    activities = Prefetch("activities", StaircaseActivity.objects.order_by("position", "pk"))
    steps = {pk: list(found) for pk, found in groupby(standing_steps.prefetch_related(activities), _goal_id)}
    said: dict[int, list[StaircaseWord]] = {}
    for word in _latest_words().filter(goal__in=goals).select_related("team"):
        said.setdefault(word.goal_id, []).append(word)
    own = own_teams_by_unit(standing, on)
    return [
        Staircase(
            goal=goal,
            steps=steps.get(goal.pk, []),
            said=sorted(said.get(goal.pk, []), key=lambda word: (word.team.sort_key, word.team_id)),
            may_say=own.get(goal.unit_id, []) if goal.is_in_force(on) else [],
        )
        for goal in goals
    ]


def own_teams_by_unit(standing: Standing, on: dt.date) -> dict[int, list[Team]]:
    """The teams she is a member of or serves, under each unit whose goals hold for them. Two queries."""
    teams = Team.objects.active(on).filter(pk__in=standing.member_of | standing.serves)
    found: dict[int, list[Team]] = {}
    for team in teams.select_related("unit__parent__parent__parent").order_by("sort_key", "pk"):
        unit: Unit | None = team.unit
        while unit is not None:
            found.setdefault(unit.pk, []).append(team)
            unit = unit.parent
    return found


def stands_of_team(team: Team, on: dt.date) -> list[Stand]:
    """Each goal that holds for the team with its latest words, none where it has said nothing. Three queries."""
    goals = [goal for goal in goals_to_show(team.unit, on) if goal.is_in_force(on)]
    latest = {word.goal_id: word for word in _latest_words().filter(team=team, goal__in=goals).select_related("step")}
    return [Stand(goal, latest.get(goal.pk)) for goal in goals]


def words_of_team(team: Team) -> QuerySet[StaircaseWord]:
    """Everything the team has said about the staircase, the latest first."""
    return team.staircase_words.select_related("goal", "step").order_by("-said_on", "-pk")


def staircase_changes(unit: Unit) -> list[Change]:
    """Every change of the unit's goals and their steps, whoever made it, the latest first. What teams say is theirs."""
    goals = dict(unit.staircase_goals.values_list("pk", "title"))
    steps = dict(StaircaseStep.objects.filter(goal_id__in=goals).values_list("pk", "title"))
    return together(
        _named(history_where(StaircaseGoal, unit_id=unit.pk), goals),
        _named(history_where(StaircaseStep, goal_id__in=list(goals)), steps),
    )


def _named(changes: Iterable[Change], titles: dict[int, str]) -> list[Change]:
    """The changes, each saying by its title which goal or step it is about."""
    return [
        replace(change, about=f"{change.about}: {titles[change.row_id]}") if change.row_id in titles else change
        for change in changes
    ]


def _not_ended(on: dt.date) -> QuerySet[StaircaseGoal]:
    return StaircaseGoal.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).order_by("position", "pk")


def _latest_words() -> QuerySet[StaircaseWord]:
    """Each team's latest words about each goal."""
    return StaircaseWord.objects.order_by("team_id", "goal_id", "-said_on", "-pk").distinct("team_id", "goal_id")


def _goal_id(step: StaircaseStep) -> int:
    return step.goal_id
