"""Staircases of an office and a school, and what teams say about where they are."""

import datetime as dt

from slf_portal.common.dates import add_months
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.people import Cast, Teams, Units
from slf_portal.demo.defaults.organisation import OFFICE
from slf_portal.demo.defaults.staircase import GOALS, TALKS, GoalPlan
from teams.actions import add_goal, add_step
from teams.models import PracticeTopic, StaircaseGoal, StaircaseWord, TopicWord


def write_staircases(cast: Cast, units: Units, teams: Teams) -> None:
    for plan in GOALS:
        _write_stands(cast, plan, _write_goal(cast, plan, units), teams)
    topics = {topic.title: topic for topic in PracticeTopic.objects.all()}
    words = [
        TopicWord(team=teams[OFFICE, team].team, topic=topics[title], text=text, said_on=_day(cast, days_ago))
        for team, title, days_ago, text in TALKS
    ]
    write_past(TopicWord.objects, words)


def _write_goal(cast: Cast, plan: GoalPlan, units: Units) -> StaircaseGoal:
    """The goal and its steps, by the unit's leader of today."""
    unit = units[plan.unit]
    leader = unit.leader_rows.in_force(cast.today).select_related("person")[0].person
    goal = add_goal(
        by=leader,
        unit=unit,
        title=plan.title,
        vision=plan.vision,
        starts_on=add_months(cast.today, -plan.began_months_ago),
        ends_on=None,
    )
    for step in plan.steps:
        add_step(by=leader, goal=goal, title=step.title, looks_like=step.looks_like, activities=step.activities)
    return goal


def _write_stands(cast: Cast, plan: GoalPlan, goal: StaircaseGoal, teams: Teams) -> None:
    steps = {step.position: step for step in goal.steps.all()}
    words = [
        StaircaseWord(
            team=teams[plan.unit, stand.team].team,
            goal=goal,
            step=steps.get(stand.place),
            where_text=stand.where,
            next_text=stand.next,
            said_on=_day(cast, stand.days_ago),
        )
        for stand in plan.stands
    ]
    write_past(StaircaseWord.objects, words)


def _day(cast: Cast, days_ago: int) -> dt.date:
    return cast.today - dt.timedelta(days=days_ago)
