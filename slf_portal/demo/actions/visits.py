"""Visits with observation and feedback."""

import datetime as dt

from observations.actions import add_absence, agree_on_focus, book_visit, mark_visit_held, offer_times
from observations.models import Visit
from observations.queries import bookings_of, look_around_span
from observations.rules import Span
from slf_portal.common.dates import at, start_of_day
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.stage import Stage
from slf_portal.demo.actions.visit_records import write_visit_records
from teams.enums import Promise

BEGINS = dt.time(10)
# A visit is the team's conversation and half an hour to evaluate it.
LENGTH = dt.timedelta(minutes=90)
FOCUS = "Hvem kommer til orde, når vi undersøger sammen?"
AWAY = dt.timedelta(days=2)


def write_visits(stage: Stage) -> list[dt.date]:
    """The visits up to yesterday and the one arranged; returns the days of those that were held."""
    if stage.built.visitor is None:
        return []
    story = stage.story
    days = [] if story.visit_due is None else stage.days_kept(Promise.VISIT, story.visit_due, stage.since)
    held = write_past(Visit.objects, [_visit(stage, day) for day in days])
    for visit in held:
        mark_visit_held(by=visit.visitor, visit=visit, is_evaluated=True)
    write_visit_records(stage, held)
    if story.visit_to_note is not None:
        write_past(Visit.objects, [_visit(stage, stage.open_day_in(story.visit_to_note))])
    if story.visit_planned is not None:
        coming = _visit(stage, stage.open_day_in(story.visit_planned))
        booked = book_visit(
            by=coming.visitor,
            team=stage.team,
            visitor=coming.visitor,
            starts_at=coming.starts_at,
            ends_at=coming.ends_at,
        )
        agree_on_focus(by=booked.visitor, visit=booked, texts=[FOCUS], may_count=True, version=0)
    return days


def write_bookings(stage: Stage) -> None:
    """Once all visits are planned: times for a team to choose among, and days on which a visitor is away."""
    visitor, story = stage.built.visitor, stage.story
    if visitor is not None and story.visit_offered:
        begins = at(stage.open_day_in(12), BEGINS)
        wanted = Span(begins, begins + LENGTH)
        free = look_around_span(stage.team, visitor, wanted).free_times(wanted)
        offer_times(by=visitor, team=stage.team, visitor=visitor, times=[one.span for one in free[:2]])
    if visitor is not None and story.visitor_away is not None:
        day = start_of_day(stage.open_day_in(story.visitor_away))
        while bookings_of([visitor.pk], day, day + AWAY).exists():
            day += AWAY
        add_absence(by=visitor, span=Span(day, day + AWAY))


def _visit(stage: Stage, on: dt.date) -> Visit:
    rhythm = stage.story.rhythm
    starts_at = at(on, rhythm.starts_at if rhythm else BEGINS)
    return Visit(team=stage.team, visitor=stage.built.visitor_on(on), starts_at=starts_at, ends_at=starts_at + LENGTH)
