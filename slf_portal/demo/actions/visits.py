"""Visits with observation and feedback."""

import datetime as dt

from observations.actions import mark_visit_held, plan_visit
from observations.models import Visit
from slf_portal.common.dates import at
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.stage import Stage
from teams.enums import Promise

BEGINS = dt.time(10)
# A visit is the team's conversation and half an hour to evaluate it.
LENGTH = dt.timedelta(minutes=90)


def write_visits(stage: Stage) -> list[dt.date]:
    """The visits up to yesterday and the one arranged; returns the days of those that were held."""
    if stage.built.visitor is None:
        return []
    story = stage.story
    days = [] if story.visit_due is None else stage.days_kept(Promise.VISIT, story.visit_due, stage.since)
    for visit in write_past(Visit.objects, [_visit(stage, day) for day in days]):
        mark_visit_held(by=visit.visitor, visit=visit, is_evaluated=True)
    if story.visit_to_note is not None:
        write_past(Visit.objects, [_visit(stage, stage.open_day_in(story.visit_to_note))])
    if story.visit_planned is not None:
        coming = _visit(stage, stage.open_day_in(story.visit_planned))
        plan_visit(
            by=coming.visitor,
            team=stage.team,
            visitor=coming.visitor,
            starts_at=coming.starts_at,
            ends_at=coming.ends_at,
        )
    return days


def _visit(stage: Stage, on: dt.date) -> Visit:
    rhythm = stage.story.rhythm
    starts_at = at(on, rhythm.starts_at if rhythm else BEGINS)
    return Visit(team=stage.team, visitor=stage.built.visitor, starts_at=starts_at, ends_at=starts_at + LENGTH)
