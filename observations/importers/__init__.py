"""Reading when people are busy from calendars of their own."""

from observations.importers.busy import fetch_busy_times, read_again

__all__ = ["fetch_busy_times", "read_again"]
