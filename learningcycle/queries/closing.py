"""What the page that closes a conversation needs to know before it asks."""

import datetime as dt
from dataclasses import dataclass

from learningcycle.enums import EntryKind, MeetingState
from learningcycle.models import Conversation, Cycle, CycleEntry, Meeting, TemplateStep
from learningcycle.queries.conversations import conversation_of
from learningcycle.queries.cycles import only_running_cycle
from learningcycle.queries.meetings import rhythm_of, rhythm_slots
from slf_portal.common.childlike import childlike_words
from slf_portal.common.dates import today
from teams.enums import AgreementSource
from teams.models import Agreement, Team
from teams.queries import agreements_of_source


@dataclass(frozen=True, slots=True)
class Closing:
    """A meeting about to be closed: its conversation, None when it was never prepared, and its running cycle.

    `agreements` are those of an earlier closing; `next_phase` is None where the cycle is in its last; `following` is
    the team's next planned meeting, and `free_day` what its rhythm says where there is none.
    """

    meeting: Meeting
    conversation: Conversation | None
    cycle: Cycle | None
    next_phase: TemplateStep | None
    signs: list[CycleEntry]
    agreements: list[Agreement]
    present: list[int]
    following: Meeting | None
    free_day: dt.date | None


def closing_of(meeting: Meeting) -> Closing:
    """Everything the page shows and offers."""
    conversation = conversation_of(meeting)
    cycle = _cycle(meeting, conversation)
    following = next_meeting(meeting)
    return Closing(
        meeting=meeting,
        conversation=conversation,
        cycle=cycle,
        next_phase=phase_after(cycle) if cycle else None,
        signs=list(cycle.entries.filter(kind=EntryKind.SIGN)) if cycle else [],
        agreements=list(agreements_of_source(AgreementSource.MEETING, meeting.pk)),
        present=list(conversation.attendance.values_list("person_id", flat=True)) if conversation else [],
        following=following,
        free_day=None if following else _day_by_rhythm(meeting.team),
    )


def _cycle(meeting: Meeting, conversation: Conversation | None) -> Cycle | None:
    """The cycle it is about, as long as it runs; before there is a conversation, the one that it would get."""
    if conversation is not None:
        cycle = conversation.cycle
        return cycle if cycle is not None and cycle.is_running else None
    return only_running_cycle(meeting.team)


def phase_after(cycle: Cycle) -> TemplateStep | None:
    """The phase after the one the cycle is in; None in the last."""
    return cycle.version_used.steps.filter(position__gt=cycle.phase.position).order_by("position").first()


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The team's next meeting after it that is planned and to come."""
    later = meeting.team.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=meeting.starts_at)
    return next((row for row in later.order_by("starts_at") if row.on >= today()), None)


def meeting_after(meeting: Meeting) -> Meeting | None:
    """The team's meeting that follows it, held or to come."""
    later = meeting.team.meetings.exclude(state=MeetingState.CANCELLED).filter(starts_at__gt=meeting.starts_at)
    return later.order_by("starts_at").first()


def _day_by_rhythm(team: Team) -> dt.date | None:
    rhythm = rhythm_of(team, today())
    if rhythm is None:
        return None
    slots = rhythm_slots([rhythm], today(), 3)[rhythm.pk]
    return next((slot.on for slot in slots if slot.on and slot.on > today()), None)


@dataclass(frozen=True, slots=True)
class ChildlikeText:
    """A text with words in it that may point to one child."""

    place: str
    words: list[str]


def childlike_texts(texts: list[tuple[str, str]]) -> list[ChildlikeText]:
    """Of texts with their places those that may point to one child. Nothing about it is kept."""
    found = [ChildlikeText(place, childlike_words(text)) for place, text in texts]
    return [text for text in found if text.words]


def written_texts(conversation: Conversation | None) -> list[tuple[str, str]]:
    """What is written in a conversation, with the item it stands at."""
    return list(conversation.items.exclude(text="").values_list("title", "text")) if conversation else []
