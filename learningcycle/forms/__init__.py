"""Forms of meetings, learning cycles and templates."""

from learningcycle.forms.agenda_items import AgendaItemForm
from learningcycle.forms.closing import CloseMeetingForm, MinutesFilterForm
from learningcycle.forms.cycles import (
    PARTS,
    BeginCycleForm,
    CloseCycleForm,
    CycleForm,
    EntryForm,
    PhaseForm,
    TrialActionForm,
)
from learningcycle.forms.gatherings import GatheringForm, PointForm, SeriesForm
from learningcycle.forms.ics import CalendarFileForm, TakeOverForm, seal, unseal
from learningcycle.forms.logging_held import LogMeetingForm
from learningcycle.forms.meetings import MeetingForm, RhythmForm
from learningcycle.forms.preparing import AttendanceForm, PrepareMeetingForm
from learningcycle.forms.readers import READ_BY_TEAM
from learningcycle.forms.running import ItemForm, LeadForm, SilentForm
from learningcycle.forms.snags import BringSnagForm, SnagForm
from learningcycle.forms.templates import TemplateCopyForm, TemplateFilterForm, TemplateForm

__all__ = [
    "PARTS",
    "READ_BY_TEAM",
    "AgendaItemForm",
    "AttendanceForm",
    "BeginCycleForm",
    "BringSnagForm",
    "CalendarFileForm",
    "CloseCycleForm",
    "CloseMeetingForm",
    "CycleForm",
    "EntryForm",
    "GatheringForm",
    "ItemForm",
    "LeadForm",
    "LogMeetingForm",
    "MeetingForm",
    "MinutesFilterForm",
    "PhaseForm",
    "PointForm",
    "PrepareMeetingForm",
    "RhythmForm",
    "SeriesForm",
    "SilentForm",
    "SnagForm",
    "TakeOverForm",
    "TemplateCopyForm",
    "TemplateFilterForm",
    "TemplateForm",
    "TrialActionForm",
    "seal",
    "unseal",
]
