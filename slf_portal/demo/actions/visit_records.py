"""What came of the visits that were held: most are closed, the latest is shared, and one is not shared yet."""

import datetime as dt
from collections.abc import Sequence

from observations.actions import answer_evaluation
from observations.enums import RecordState
from observations.models import Visit, VisitRecord
from observations.queries import asked_questions
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.stage import Stage
from slf_portal.demo.defaults.visits import ANSWERS, DAYS_OPEN, KEPT, NOT_SHARED


def write_visit_records(stage: Stage, visits: Sequence[Visit]) -> None:
    """Of the held visits, the latest first."""
    write_past(VisitRecord.objects, [_record(stage, number, visit) for number, visit in enumerate(visits)])
    for visit in visits[:1]:
        if _is_open(stage, visit):
            _answer(stage, visit)


def _record(stage: Stage, number: int, visit: Visit) -> VisitRecord:
    record = VisitRecord(visit=visit, kept=KEPT[(number + stage.team.pk) % len(KEPT)])
    if number == 0 and (stage.team.unit.name, stage.team.name) == NOT_SHARED:
        return record
    record.state, record.shared_at = RecordState.SHARED, visit.ends_at
    if not _is_open(stage, visit):
        record.state, record.closed_at = RecordState.CLOSED, visit.ends_at + dt.timedelta(days=7)
    return record


def _is_open(stage: Stage, visit: Visit) -> bool:
    return visit.on > stage.today - dt.timedelta(days=DAYS_OPEN)


def _answer(stage: Stage, visit: Visit) -> None:
    """Some of the members, each on her own phone."""
    questions = asked_questions()
    for member, texts in zip(stage.built.members, ANSWERS, strict=False):
        answered = {question.pk: text or "" for question, text in zip(questions, texts, strict=False)}
        answer_evaluation(by=member, visit=visit, texts=answered)
