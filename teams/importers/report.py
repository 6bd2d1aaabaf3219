"""What an import did, or would do: row by row, with column and reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slf_portal.common.errors import RefusedError


class Saving(Enum):
    """What may be saved. The work and the report are the same."""

    NOTHING = "nothing"
    ALL_OR_NOTHING = "all or nothing"
    ACCEPTED_ROWS = "accepted rows"


class Outcome(models.TextChoices):
    """What became of a row."""

    CREATED = "created", gettext_lazy("created")
    CHANGED = "changed", gettext_lazy("changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    SKIPPED = "skipped", gettext_lazy("skipped")
    REFUSED = "refused", gettext_lazy("refused")


# Of several things that happen to one row the first of these is told.
_WEIGHTIEST_FIRST = [Outcome.REFUSED, Outcome.SKIPPED, Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED]


class RefusedRowError(Exception):
    """The row cannot be imported; `column` is ours or the file's own."""

    def __init__(self, reason: str, *, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


class SkippedRowError(Exception):
    """The row is left out on purpose, which stops nothing."""

    def __init__(self, reason: str, *, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be read, with what it seems to be about."""

    row: int
    what: str
    error: RefusedRowError | SkippedRowError


class ImportInterruptedError(RefusedError):
    """Someone else saved the same rows meanwhile."""

    def __str__(self) -> str:
        return _("Someone changed the same rows at the same time. Nothing was saved; try again.")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row was refused or skipped, or what else there is to say about it; `column` is the file's own."""

    text: str
    column: str = ""


@dataclass(slots=True)
class RowReport:
    """What became of one row of the file."""

    number: int
    what: str
    outcome: Outcome
    reasons: list[Reason] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One line for each reason, for where there is no table."""
        start = " · ".join(
            part for part in (_("Row %(row)d") % {"row": self.number}, str(self.outcome.label), self.what) if part
        )
        reasons = [" · ".join(part for part in (start, reason.column, reason.text) if part) for reason in self.reasons]
        return reasons or [start]


@dataclass(slots=True)
class Report:
    """Every row of the file, and whether anything was saved."""

    rows_by_number: dict[int, RowReport] = field(default_factory=dict)
    unused_columns: tuple[str, ...] = ()
    is_saved: bool = False

    def add(self, number: int, outcome: Outcome, what: str, *reasons: Reason) -> None:
        """Say something about a row; of several outcomes the weightiest counts."""
        row = self.rows_by_number.setdefault(number, RowReport(number, what, outcome))
        row.what = what
        row.outcome = min(row.outcome, outcome, key=_WEIGHTIEST_FIRST.index)
        row.reasons += [reason for reason in reasons if reason not in row.reasons]

    def note(
        self,
        number: int,
        what: str,
        error: RefusedRowError | SkippedRowError | ValidationError,
        column_of: Mapping[str, str],
    ) -> None:
        """Say why the row is not imported, with our names of columns turned into the file's."""
        if isinstance(error, ValidationError):
            columns = error.message_dict.items()
            reasons = [Reason(" ".join(messages), column_of.get(ours, "")) for ours, messages in columns]
        else:
            reasons = [Reason(error.reason, column_of.get(error.column, error.column))]
        outcome = Outcome.SKIPPED if isinstance(error, SkippedRowError) else Outcome.REFUSED
        self.add(number, outcome, what, *reasons)

    @property
    def rows(self) -> list[RowReport]:
        """In the file's order."""
        return [self.rows_by_number[number] for number in sorted(self.rows_by_number)]

    @property
    def rows_with_reasons(self) -> list[RowReport]:
        return [row for row in self.rows if row.reasons]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows had each outcome."""
        counted = Counter(row.outcome for row in self.rows_by_number.values())
        return {outcome: counted[outcome] for outcome in Outcome}

    def summary(self) -> str:
        """The counts in one line, and whether anything was saved."""
        counts = ", ".join(f"{outcome.label}: {number}" for outcome, number in self.counts.items())
        return f"{counts}. {self.conclusion()}"

    def conclusion(self) -> str:
        """Whether anything was saved."""
        if not self.is_saved:
            return _("Nothing was saved.")
        return _("Saved.") if self.has_news else _("There was nothing new to save.")

    @property
    def has_refused(self) -> bool:
        return self.counts[Outcome.REFUSED] > 0

    @property
    def has_news(self) -> bool:
        return self.counts[Outcome.CREATED] + self.counts[Outcome.CHANGED] > 0

    def may_save(self, saving: Saving) -> bool:
        return saving is Saving.ACCEPTED_ROWS or (saving is Saving.ALL_OR_NOTHING and not self.has_refused)
