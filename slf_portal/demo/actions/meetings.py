"""The team's rhythm and its meetings."""

import datetime as dt

from learningcycle.actions import cancel_meeting, mark_held, note_meeting, plan_meeting
from learningcycle.models import Meeting, Rhythm
from slf_portal.common.dates import at, first_of_month
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.stage import Stage
from slf_portal.demo.defaults.plan import RhythmPlan
from slf_portal.demo.rules import Outcome, PastMeeting, day_instead, past_meetings
from teams.enums import Promise

# For teams without a rhythm.
BEGINS = dt.time(10)
HOUR = dt.timedelta(hours=1)


def write_meetings(stage: Stage, visits: list[dt.date]) -> None:
    """The meetings up to yesterday, and those to come that are not the plan's to make."""
    if stage.story.rhythm:
        _write_rhythm_year(stage, stage.story.rhythm, visits)
    elif stage.story.meets_by_appointment:
        for met in _past_meetings(stage, visits):
            _write_appointment(stage, met)
    elif stage.story.meeting_due is not None:
        for day in stage.days_kept(Promise.MEETING, stage.story.meeting_due, stage.since):
            note_meeting(by=stage.member, team=stage.team, on=day, starts_at=BEGINS, with_learning_cycle=True)
    if stage.story.meeting_planned is not None:
        _plan(stage, stage.open_day_in(stage.story.meeting_planned), BEGINS, HOUR)


def _past_meetings(stage: Stage, visits: list[dt.date]) -> list[PastMeeting]:
    return past_meetings(
        stage.team.name,
        stage.story,
        today=stage.today,
        since=stage.since,
        visits=visits,
        is_closed=stage.is_closed,
        pause_months=stage.pause_months(Promise.MEETING),
    )


def _write_rhythm_year(stage: Stage, plan: RhythmPlan, visits: list[dt.date]) -> None:
    meetings = _past_meetings(stage, visits)
    rhythm = Rhythm(
        team=stage.team,
        nth=plan.nth,
        weekday=plan.weekday,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        in_own_calendar=plan.in_own_calendar,
        starts_on=stage.since,
    )
    write_past(Rhythm.objects, [rhythm])
    rows = write_past(Meeting.objects, [_planned(rhythm, met) for met in meetings])
    for row, met in zip(rows, meetings, strict=True):
        _tell(stage, row, met.outcome)
    _plan_instead(stage, plan, {met.month for met in meetings})


def _planned(rhythm: Rhythm, met: PastMeeting) -> Meeting:
    is_moved = met.outcome is Outcome.MOVED
    return Meeting(
        team=rhythm.team,
        starts_at=at(met.on, rhythm.starts_at),
        ends_at=at(met.on, rhythm.ends_at),
        in_own_calendar=rhythm.in_own_calendar,
        rhythm=rhythm,
        period=met.month,
        changed_by_person=is_moved,
        sequence=int(is_moved),
    )


def _tell(stage: Stage, meeting: Meeting, outcome: Outcome) -> None:
    """Say what became of a planned meeting; of some nobody has said anything."""
    if outcome is Outcome.CANCELLED:
        cancel_meeting(by=stage.member, meeting=meeting)
    elif outcome is not Outcome.NOT_NOTED:
        with_cycle = outcome is not Outcome.WITHOUT_CYCLE
        mark_held(by=stage.member, meeting=meeting, with_learning_cycle=with_cycle)


def _plan_instead(stage: Stage, plan: RhythmPlan, months_met: set[dt.date]) -> None:
    """Where closures leave the rhythm no day this month, the team has found one itself."""
    month = first_of_month(stage.today)
    day = day_instead(month, plan, stage.is_closed, stage.pause_months(Promise.MEETING))
    if day is not None and day >= stage.today and month not in months_met:
        length = dt.datetime.combine(day, plan.ends_at) - dt.datetime.combine(day, plan.starts_at)
        _plan(stage, day, plan.starts_at, length)


def _write_appointment(stage: Stage, met: PastMeeting) -> None:
    starts_at = at(met.on, BEGINS)
    row = Meeting(team=stage.team, starts_at=starts_at, ends_at=starts_at + HOUR, changed_by_person=True)
    write_past(Meeting.objects, [row])
    _tell(stage, row, met.outcome)


def _plan(stage: Stage, on: dt.date, begins: dt.time, length: dt.timedelta) -> None:
    starts_at = at(on, begins)
    plan_meeting(
        by=stage.member, team=stage.team, starts_at=starts_at, ends_at=starts_at + length, in_own_calendar=True
    )
