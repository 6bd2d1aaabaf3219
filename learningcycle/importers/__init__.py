"""Reading meetings from a calendar file: in memory, and nothing but when they are."""

from learningcycle.importers.ics import MOST_MEETINGS, CalendarFile, FoundSeries, LeftOut, read_calendar
from learningcycle.importers.ics_busy import read_busy
from learningcycle.importers.ics_preview import DayPreview, SeriesPreview, preview_for_series, preview_for_team
from learningcycle.importers.ics_text import MOST_BYTES, CalendarFileError

__all__ = [
    "MOST_BYTES",
    "MOST_MEETINGS",
    "CalendarFile",
    "CalendarFileError",
    "DayPreview",
    "FoundSeries",
    "LeftOut",
    "SeriesPreview",
    "preview_for_series",
    "preview_for_team",
    "read_busy",
    "read_calendar",
]
