"""What was written down during a visit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from observations.models import PrivateNote, Visit, VisitCount, VisitFocus, VisitLine, VisitPreparation, VisitRecord
from observations.queries.focus import foci_of, preparation_of
from observations.rules import judging_words
from slf_portal.accounts.models import User
from slf_portal.common.childlike import childlike_words


@dataclass(frozen=True, slots=True)
class LineHint:
    """A line to look at once more: `judging` its words that judge, `childlike` those that may point to one child."""

    line: VisitLine
    judging: list[str]
    childlike: list[str]

    @property
    def words(self) -> list[str]:
        return [*self.judging, *self.childlike]


@dataclass(frozen=True, slots=True)
class VisitTexts:
    """What a visit's page says of before and during it; `lines` and `counts` only for who may read them."""

    preparation: VisitPreparation
    foci: list[VisitFocus]
    lines: list[VisitLine] = field(default_factory=list)
    counts: list[VisitCount] = field(default_factory=list)

    @property
    def days(self) -> int:
        """After so many days from closing the lines are deleted."""
        return int(settings.VISIT_LINES_DAYS)

    @property
    def most_days(self) -> int:
        """And after so many days from the visit, where nobody closes it."""
        return int(settings.VISIT_OPEN_LINES_DAYS)


def visit_texts(visit: Visit, *, with_lines: bool) -> VisitTexts:
    """What was agreed before the visit; `with_lines` for who may read them also what was written. Four queries."""
    before = VisitTexts(preparation_of(visit), foci_of(visit))
    if not with_lines:
        return before
    return VisitTexts(before.preparation, before.foci, lines_of(visit), counts_of(visit))


def lines_of(visit: Visit) -> list[VisitLine]:
    """The lines of the visit, the earliest first, each with its focus. One query."""
    return list(visit.lines.select_related("focus"))


def lines_that_judge(visit: Visit) -> list[LineHint]:
    """The lines of the visit that judge, or may point to one child, the earliest first. One query.

    A soft hint for its author when she closes or shares; never a refusal.
    """
    hints = [LineHint(line, judging_words(line.text), childlike_words(line.text)) for line in visit.lines.all()]
    return [hint for hint in hints if hint.words]


def private_note_of(visit: Visit, person: User) -> PrivateNote:
    """What the person noted for herself; empty and not stored as long as there is nothing. Hers alone. One query."""
    return PrivateNote.objects.filter(visit=visit, author=person).first() or PrivateNote(visit=visit, author=person)


def counts_of(visit: Visit) -> list[VisitCount]:
    """What was counted, the minutes first. One query."""
    return sorted(visit.counts.all(), key=lambda row: (row.minutes is None, row.pk))


def counted_items(visit: Visit, counts: list[VisitCount]) -> dict[str, int | None]:
    """The minutes of each item of the agenda, and of what was counted before. One query."""
    found: dict[str, int | None] = dict.fromkeys(_titles(visit))
    found.update({row.label: row.minutes for row in counts if row.label != VisitCount.QUESTIONS})
    return found


def _titles(visit: Visit) -> list[str]:
    """The titles of the agenda of the meeting that is visited; without one the conversation as a whole."""
    conversation = getattr(visit.meeting, "conversation", None)
    titles = list(conversation.items.values_list("title", flat=True)) if conversation else []
    return titles or [_("The conversation as a whole")]


def run_state(visit: Visit, person: User) -> dict[str, Any]:
    """What the page of who writes asks for every few seconds: lines, her own note, and whether it is closed.

    Three queries.
    """
    record = VisitRecord.objects.filter(visit=visit).first()
    note = private_note_of(visit, person)
    return {
        "is_closed": record is not None and record.is_closed,
        "lines": [told_line(line, person) for line in visit.lines.all()],
        "note": {"text": note.text, "version": note.version},
    }


def told_line(line: VisitLine, person: User) -> Mapping[str, Any]:
    """A line as the page's script knows it; `at` in UTC."""
    return {
        "key": str(line.pk),
        "at": line.at.astimezone(dt.UTC).isoformat(),
        "text": line.text,
        "focus": line.focus_id,
        "version": line.version,
        "is_own": line.author_id == person.pk,
    }


def is_written_at(visit: Visit) -> bool:
    """Whether somebody has written or counted anything at the visit. Three queries at most."""
    return visit.lines.exists() or visit.private_notes.exists() or visit.counts.exists()
