"""Templates, learning cycles, meetings and their rhythm, learning conversations, fixed meetings of others."""

from learningcycle.models.conversations import AgendaItem, Attendance, Conversation, RoleTaken, SilentNote
from learningcycle.models.cycles import Cycle, CycleEntry
from learningcycle.models.gatherings import Gathering, GatheringPart, GatheringPoint, GatheringSeries
from learningcycle.models.meetings import Meeting, Rhythm
from learningcycle.models.snags import Snag
from learningcycle.models.templates import MethodTemplate, TemplateStep, TemplateVersion

__all__ = [
    "AgendaItem",
    "Attendance",
    "Conversation",
    "Cycle",
    "CycleEntry",
    "Gathering",
    "GatheringPart",
    "GatheringPoint",
    "GatheringSeries",
    "Meeting",
    "MethodTemplate",
    "Rhythm",
    "RoleTaken",
    "SilentNote",
    "Snag",
    "TemplateStep",
    "TemplateVersion",
]
