"""The visits of a place that are being evaluated, shared and closed; beside tests.world."""

import datetime as dt
from typing import Any

from django.utils import timezone

from observations.enums import RecordState, VisitState
from observations.models import EvaluationAnswer, EvaluationQuestion, Visit, VisitLine, VisitRecord
from observations.queries import answer_key
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, today
from teams.enums import AgreementSource
from teams.models import Team
from tests.builders import make_agreement, make_visit

WEEK = dt.timedelta(days=7)
# The names of the visits in a place, as the addresses ask for them.
AFTER = ("evaluated_visit", "shared_visit", "closed_visit")


def make_record(visit: Visit, state: RecordState = RecordState.DRAFT, **values: Any) -> VisitRecord:
    """What is kept of the visit, shared and closed just now when it is."""
    if state != RecordState.DRAFT:
        values.setdefault("shared_at", timezone.now())
    if state == RecordState.CLOSED:
        values.setdefault("closed_at", timezone.now())
    return VisitRecord.objects.create(visit=visit, state=state, **values)


def make_answer(visit: Visit, person: User, text: str, *, place: int = 0) -> EvaluationAnswer:
    """What the person answered to the first question, or to the one in that place."""
    question = EvaluationQuestion.objects.all()[place]
    return EvaluationAnswer.objects.create(visit=visit, question=question, key=answer_key(visit, person), text=text)


def make_answers(visit: Visit, *texts: str, place: int = 0) -> None:
    """Each text is another one's, who is nobody else in the world: an answer is filed under a mark alone."""
    for number, text in enumerate(texts, start=1):
        make_answer(visit, User(pk=-number), text, place=place)


def make_visits_after(team: Team, visitor: User, member: User) -> dict[str, Any]:
    """A visit of today that is being evaluated, one that is shared, and one that is closed."""
    now = at(today(), dt.time(14))
    times = {"starts_at": now, "ends_at": now + dt.timedelta(hours=1)}
    evaluated = Visit.objects.create(team=team, visitor=visitor, state=VisitState.HELD, **times)
    shared = make_visit(team, visitor, today() - 2 * WEEK, state=VisitState.HELD)
    closed = make_visit(team, visitor, today() - 16 * WEEK, state=VisitState.HELD)
    make_record(evaluated, kept="Vi venter, før vi svarer.")
    make_record(shared, RecordState.SHARED, kept="Vi lytter længere.", reopened_why="Et tidspunkt var forkert.")
    make_record(closed, RecordState.CLOSED, kept="Runden i begyndelsen.")
    for visit in (evaluated, shared):
        VisitLine.objects.create(visit=visit, author=visitor, text="Rammesætningen tog 12 minutter.")
        make_answer(visit, member, "Vi kom alle til orde.")
        make_answer(visit, visitor, "Flere pauser.", place=1)
    # Three of the shared one, so that they are read; two of the other, so that they are not.
    make_answers(shared, "Vi ventede på hinanden.")
    make_agreement(team, "Vi prøver en runde.", source=AgreementSource.VISIT, source_id=shared.pk)
    return {"evaluated_visit": evaluated, "shared_visit": shared, "closed_visit": closed}


def let_visit_after(place: Any, person: User | None) -> None:
    """The person is the one who visits there."""
    visits = [getattr(place, name) for name in AFTER]
    Visit.objects.filter(pk__in=[visit.pk for visit in visits]).update(visitor=person)
    VisitLine.objects.filter(visit__in=visits).update(author=person)
