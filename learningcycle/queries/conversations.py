"""The conversations of a team's meetings."""

from dataclasses import dataclass

from learningcycle.enums import EntryKind
from learningcycle.models import Conversation, CycleEntry, Meeting
from teams.enums import AgreementSource
from teams.models import Agreement
from teams.queries import open_agreements


def conversation_of(meeting: Meeting) -> Conversation | None:
    """The meeting's conversation; None when nobody has begun to prepare it."""
    rows = Conversation.objects.filter(meeting=meeting)
    return rows.select_related("meeting__team__unit", "cycle__phase", "current", "agenda").first()


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What a meeting begins with: the team's open agreements, and what the conversation before it left.

    `before` is the team's latest closed conversation of an earlier meeting, None where there is none; its learning,
    disagreement and next focus person are read there. `signs` are those of the cycle it is about.
    """

    agreements: list[Agreement]
    before: Conversation | None
    signs: list[CycleEntry]


def carried_over(meeting: Meeting) -> CarriedOver:
    """What the team carries over to the meeting; what was agreed at it is no part of that. Three queries."""
    signs = CycleEntry.objects.filter(cycle__conversations__meeting=meeting, kind=EntryKind.SIGN)
    earlier = open_agreements(meeting.team).exclude(source=AgreementSource.MEETING, source_id=meeting.pk)
    return CarriedOver(list(earlier), conversation_before(meeting), list(signs))


def conversation_before(meeting: Meeting) -> Conversation | None:
    """The team's latest closed conversation of an earlier meeting. One query."""
    closed = Conversation.objects.filter(
        meeting__team=meeting.team_id, meeting__starts_at__lt=meeting.starts_at, closed_at__isnull=False
    )
    return closed.select_related("meeting", "next_focus_person").order_by("-meeting__starts_at").first()
