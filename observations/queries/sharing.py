"""What a visitor shares with a team: what it is, what to look at once more, and how long it is kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from learningcycle.queries import ChildlikeText, childlike_texts
from observations.models import Visit, VisitCount, VisitFocus, VisitLine, VisitRecord
from observations.queries.evaluation import After, after_visit, lines_go_on, record_of
from observations.queries.lines import LineHint, lines_that_judge
from slf_portal.common.dates import today


@dataclass(frozen=True, slots=True)
class Sharing:
    """All that the team may read of a visit once it is shared."""

    visit: Visit
    foci: list[VisitFocus]
    lines: list[VisitLine]
    counts: list[VisitCount]
    after: After

    @property
    def record(self) -> VisitRecord | None:
        return self.after.record

    @property
    def are_lines_gone(self) -> bool:
        """Closed so long ago that what was written during the visit is deleted."""
        on = lines_go_on(self.record)
        return not self.lines and on is not None and on <= today()


@dataclass(frozen=True, slots=True)
class SharingHints:
    """Words to look at once more before sharing: in the visitor's lines, and in the team's own words."""

    lines: list[LineHint]
    words: list[ChildlikeText]

    def __bool__(self) -> bool:
        return bool(self.lines or self.words)


def sharing_of(visit: Visit) -> Sharing:
    """What is shared, or will be. Seven queries; never the private notes."""
    return Sharing(
        visit=visit,
        foci=list(visit.foci.all()),
        lines=list(visit.lines.all()),
        counts=list(visit.counts.all()),
        after=after_visit(visit, record_of(visit)),
    )


def sharing_hints(sharing: Sharing) -> SharingHints:
    """What may judge somebody or point to one child. Shown once, stops nobody, kept nowhere."""
    record = sharing.record
    kept = [(_("What the team wants to keep"), record.kept)] if record else []
    return SharingHints(lines_that_judge(sharing.visit), childlike_texts(kept))
