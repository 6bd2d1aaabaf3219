"""What an import did, or would do: row by row, with column and reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Saving(Enum):
    """What may be saved. The work and the report are the same."""

    NOTHING = "nothing"
    ALL_OR_NOTHING = "all or nothing"
    ACCEPTED_ROWS = "accepted rows"


class Outcome(models.TextChoices):
    """What became of a row, the weightiest first."""

    REFUSED = "refused", _("refused")
    SKIPPED = "skipped", _("skipped")
    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")


class RefusedRowError(Exception):
    """The row cannot be imported; `column` is the file's own."""

    def __init__(self, reason: str, *, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


class SkippedRowError(Exception):
    """The row is left out on purpose, which stops nothing."""

    def __init__(self, reason: str, *, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say about one row of the file. A row with two faults has two lines."""

    row: int
    outcome: Outcome
    what: str = ""
    column: str = ""
    reason: str = ""


@dataclass(slots=True)
class Report:
    """Every row of the file, in its order, and whether anything was saved."""

    lines: list[Line] = field(default_factory=list)
    unused_columns: tuple[str, ...] = ()
    is_saved: bool = False

    def add(self, row: int, outcome: Outcome, what: str = "", *, column: str = "", reason: str = "") -> None:
        self.lines.append(Line(row, outcome, what, column, reason))

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows had each outcome; a row counts once."""
        of_rows = {line.row: line.outcome for line in self.lines}
        counted = Counter(of_rows.values())
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def has_refused(self) -> bool:
        return any(line.outcome is Outcome.REFUSED for line in self.lines)

    @property
    def changes_something(self) -> bool:
        return any(line.outcome in {Outcome.CREATED, Outcome.CHANGED} for line in self.lines)

    @property
    def lines_with_reasons(self) -> list[Line]:
        return [line for line in self.lines if line.reason]

    def may_save(self, saving: Saving) -> bool:
        return saving is Saving.ACCEPTED_ROWS or (saving is Saving.ALL_OR_NOTHING and not self.has_refused)

    def in_file_order(self, lines: Iterable[Line] | None = None) -> list[Line]:
        return sorted(self.lines if lines is None else lines, key=lambda line: line.row)
