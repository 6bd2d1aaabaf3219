"""A visit that is going on, in a place of the world; beside tests.world."""

import datetime as dt

from observations.models import Visit, VisitFocus, VisitLine, VisitPreparation
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.models import Team
from tests.builders import make_visit


def make_todays_visit(team: Team, visitor: User) -> Visit:
    """Agreed on beforehand, with counting, and one line written so far."""
    visit = make_visit(team, visitor, today())
    VisitPreparation.objects.create(visit=visit, may_count=True, version=1)
    focus = VisitFocus.objects.create(visit=visit, position=1, text="Hvem kommer til orde?")
    make_line(visit, "Rammesætningen tog 12 minutter.", focus=focus)
    return visit


def make_line(
    visit: Visit, text: str, *, minute: int = 5, author: User | None = None, focus: VisitFocus | None = None
) -> VisitLine:
    """A line of the visitor's, or of another author, so many minutes after the visit began."""
    at = visit.starts_at + dt.timedelta(minutes=minute)
    return VisitLine.objects.create(visit=visit, author=author or visit.visitor, at=at, text=text, focus=focus)


def let_visit(visit: Visit, person: User | None) -> None:
    """It is that person's visit, and what was written so far is hers."""
    assert person is not None
    visit.visitor = person
    visit.save(update_fields=["visitor"])
    visit.lines.update(author=person)
