"""Reading units and people from files: the same work for the command line, the preview and the import itself."""

from teams.importers.people import import_people
from teams.importers.report import ImportInterruptedError, Outcome, Report, Saving
from teams.importers.units import import_units

__all__ = ["ImportInterruptedError", "Outcome", "Report", "Saving", "import_people", "import_units"]
