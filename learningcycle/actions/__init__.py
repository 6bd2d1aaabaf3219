"""The only places that change meetings and rhythms: people's own verbs, and the plan that Celery keeps."""

from learningcycle.actions.meetings import (
    MeetingRefusedError,
    cancel_meeting,
    choose_rhythm,
    end_rhythm,
    mark_held,
    move_meeting,
    note_meeting,
    plan_meeting,
    unmark_held,
)
from learningcycle.actions.plan import plan_ahead

__all__ = [
    "MeetingRefusedError",
    "cancel_meeting",
    "choose_rhythm",
    "end_rhythm",
    "mark_held",
    "move_meeting",
    "note_meeting",
    "plan_ahead",
    "plan_meeting",
    "unmark_held",
]
