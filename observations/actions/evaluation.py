"""Evaluating a conversation with the team: that it was done, what the team keeps, its next steps, its answers."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from observations.actions.visits import mark_visit_held
from observations.models import EvaluationAnswer, EvaluationQuestion, Visit, VisitRecord
from observations.queries import answer_key, asked_questions, has_room_for_step, record_of, steps_of, why_not_now
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.cpr import cpr_numbers
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from teams.actions import Writing, agree
from teams.enums import AgreementSource


class EvaluationRefusedError(RefusedError):
    """It cannot be evaluated as asked; the message says why, `field` where."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class QuestionAnsweredError(EvaluationRefusedError):
    """What was answered would become an answer to something else."""

    def __init__(self) -> None:
        super().__init__(
            _("Members have answered this question, so its words stay. Offer a new one, and this one no longer."),
            "text",
        )


class KeptChangedError(EvaluationRefusedError):
    """Somebody else has written what the team keeps meanwhile: `stored` is what stands there now."""

    def __init__(self, stored: str) -> None:
        super().__init__(_("A colleague has written here meanwhile. Put together what is to stand."), "kept")
        self.stored = stored


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the team does next: by whom (None: by the team), and by when."""

    text: str
    owner: User | None
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is said about a conversation; `is_evaluated` is None where nobody changed the tick."""

    is_evaluated: bool | None = None
    kept: Writing | None = None
    step: NextStep | None = None


def evaluate_visit(
    *,
    by: User,
    visit: Visit,
    evaluation: Evaluation,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> VisitRecord:
    """Save what is said about the conversation; all of it is done, or nothing.

    Evaluated, the visit is held and counts. A next step becomes an agreement of the team. Raises KeptChangedError,
    EvaluationRefusedError outside its time and for a third step, and RefusedError for what cannot be saved.
    """
    with change(by=by, verb="evaluate visit", token=token):
        visit, record = locked_record(visit)
        _refuse_outside_time(visit, record)
        if evaluation.kept is not None:
            _keep(record, evaluation.kept, by=by, confirmed_not_cpr=confirmed_not_cpr)
        if evaluation.step is not None:
            _agree_on(visit, evaluation.step, by=by, confirmed_not_cpr=confirmed_not_cpr)
        if evaluation.is_evaluated is not None:
            mark_visit_held(by=by, visit=visit, is_evaluated=evaluation.is_evaluated)
    return record


def answer_evaluation(*, by: User, visit: Visit, texts: Mapping[int, str]) -> None:
    """Keep what a member answers, by the questions' ids, without keeping who; an empty answer takes hers back.

    To a question that is no longer asked she can only take back what she answered; one that is not named is left as
    it is. So nobody can be named who confirmed digits like a CPR number either: they are refused. Raises
    EvaluationRefusedError outside its time.
    """
    with change(by=None, verb="answer evaluation"):
        # No record is begun for it: that would have a history, which says when the first one answered.
        visit = _locked(visit)
        _refuse_outside_time(visit, record_of(visit))
        key = answer_key(visit, by)
        asked = {question.pk for question in asked_questions()}
        for question_id, text in texts.items():
            if question_id in asked or not text.strip():
                _answer(visit, question_id, key, text)


def write_question(*, by: User, question: EvaluationQuestion) -> None:
    """Add a question that members are asked, or change it.

    Raises QuestionAnsweredError for other words once somebody has answered it, and RefusedError with the reason.
    """
    with change(by=by, verb="write question about conversation"):
        # Locked, so that nobody's answer to the old words comes in between.
        stored = EvaluationQuestion.objects.select_for_update().filter(pk=question.pk).first()
        if stored is not None and stored.text != question.text and stored.answers.exists():
            raise QuestionAnsweredError
        save_checked(question)


def locked_record(visit: Visit) -> tuple[Visit, VisitRecord]:
    """The visit and its record, begun here where there is none, for one writer at a time."""
    visit = _locked(visit)
    record, _is_new = VisitRecord.objects.get_or_create(visit=visit)
    return visit, VisitRecord.objects.select_for_update().get(pk=record.pk)


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).select_related("team__unit", "visitor").get(pk=visit.pk)


def _refuse_outside_time(visit: Visit, record: VisitRecord | None) -> None:
    if reason := why_not_now(visit, record):
        raise EvaluationRefusedError(reason)


def _keep(record: VisitRecord, kept: Writing, *, by: User, confirmed_not_cpr: bool) -> None:
    if kept.text in {record.kept, kept.was}:
        return
    if record.kept != kept.was:
        raise KeptChangedError(record.kept)
    # Digits that stand there already have been explained by whoever wrote them.
    new_digits = bool(cpr_numbers(kept.text) - cpr_numbers(record.kept))
    record.kept = kept.text
    record.version += 1
    save_checked(record, columns=["kept", "version"], confirmed_not_cpr=confirmed_not_cpr or not new_digits)
    if new_digits:
        note_text_override(by=by, place="observations.VisitRecord.kept")


def _agree_on(visit: Visit, step: NextStep, *, by: User, confirmed_not_cpr: bool) -> None:
    if not has_room_for_step(steps_of(visit)):
        raise EvaluationRefusedError(
            _("A visit has at most two next steps. Drop one of them, or let this one wait for your next meeting."),
            "step",
        )
    agree(
        by=by,
        team=visit.team,
        text=step.text,
        owner=step.owner,
        due_on=step.due_on,
        source=AgreementSource.VISIT,
        source_id=visit.pk,
        confirmed_not_cpr=confirmed_not_cpr,
    )


def _answer(visit: Visit, question_id: int, key: str, text: str) -> None:
    mine = EvaluationAnswer.objects.filter(visit=visit, key=key, question_id=question_id)
    if not text.strip():
        mine.delete()
        return
    row = mine.first() or EvaluationAnswer(visit=visit, key=key, question_id=question_id)
    row.text = text
    save_checked(row)
