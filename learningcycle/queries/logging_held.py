"""What logging a held meeting proposes: the day, the time and when a trial is looked at."""

import datetime as dt

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from learningcycle.queries.meetings import planned_meetings, rhythm_of
from slf_portal.common.dates import add_months, end_of_day, start_of_day
from teams.models import Team

# What was planned longer ago than this and never noted is no longer proposed.
DAYS_BACK = 31
USUAL_TIMES = (dt.time(10), dt.time(11))


def day_to_log(team: Team, on: dt.date) -> dt.date:
    """The day of the latest planned meeting that has come and nobody has noted; without one `on` itself."""
    planned = planned_meetings([team.pk], on - dt.timedelta(days=DAYS_BACK)).filter(starts_at__lt=end_of_day(on))
    latest = planned.order_by("-starts_at").first()
    return latest.on if latest else on


def planned_on(team: Team, day: dt.date) -> Meeting | None:
    """The meeting that stands planned that day, the first of them."""
    return team.meetings.filter(
        state=MeetingState.PLANNED, starts_at__gte=start_of_day(day), starts_at__lt=end_of_day(day)
    ).first()


def usual_times(team: Team, day: dt.date) -> tuple[dt.time, dt.time]:
    """From when to when the team meets: by the rhythm of that day, or ours."""
    rhythm = rhythm_of(team, day)
    return (rhythm.starts_at, rhythm.ends_at) if rhythm else USUAL_TIMES


def next_look(team: Team, on: dt.date) -> dt.date:
    """By when a trial begun on that day is looked at: the next planned meeting, or in a month."""
    coming = planned_meetings([team.pk], on + dt.timedelta(days=1)).first()
    return coming.on if coming else add_months(on, 1)
