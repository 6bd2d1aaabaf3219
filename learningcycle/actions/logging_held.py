"""Logging a held meeting in under a minute."""

import datetime as dt
import uuid

from learningcycle.actions.meetings import mark_held, note_meeting
from learningcycle.models import Meeting
from learningcycle.queries import next_look, planned_on, usual_times
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from teams.actions import agree
from teams.enums import AgreementSource
from teams.models import Team


def log_meeting(
    *,
    by: User,
    team: Team,
    on: dt.date,
    with_learning_cycle: bool,
    trial: str = "",
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> Meeting:
    """Note that the team met that day, and what it tries until the next meeting (empty: nothing).

    A meeting that stands planned that day is marked as held; without one it was at the team's usual time. Raises
    MeetingRefusedError for a day to come and a second meeting at that time.
    """
    with change(by=by, verb="log meeting", token=token):
        # One who logs at a time: two at once do not both find nothing planned.
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        planned = planned_on(team, on) if on <= today() else None
        if planned is not None:
            meeting = mark_held(by=by, meeting=planned, with_learning_cycle=with_learning_cycle)
        else:
            begins, ends = usual_times(team, on)
            meeting = note_meeting(
                by=by, team=team, on=on, starts_at=begins, ends_at=ends, with_learning_cycle=with_learning_cycle
            )
        if trial:
            agree(
                by=by,
                team=team,
                text=trial,
                due_on=next_look(team, today()),
                source=AgreementSource.MEETING,
                source_id=meeting.pk,
                confirmed_not_cpr=confirmed_not_cpr,
            )
    return meeting
