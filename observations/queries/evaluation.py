"""The evaluation of a conversation: whether it is the time for it, what was answered, and what comes next."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from observations.defaults import FEWEST_ANSWERS, MOST_STEPS
from observations.enums import VisitState
from observations.models import MOST_ASKED, EvaluationAnswer, EvaluationQuestion, Visit, VisitRecord
from observations.queries.bookings import members_on
from slf_portal.accounts.models import User
from slf_portal.common.dates import local_date, today
from slf_portal.common.templatetags.portal import long_day, short_day
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, Team
from teams.queries import SourceLabel, agreements_of_source

_SALT = "observations.EvaluationAnswer"


@dataclass(frozen=True, slots=True)
class AnswersTo:
    """A question, and what was answered to it in an order that tells nothing."""

    question: EvaluationQuestion
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the members answered; `people` is how many they are, and `to` is empty while they are too few."""

    people: int
    to: list[AnswersTo]

    @property
    def are_hidden(self) -> bool:
        """Whether so few have answered that one could see who wrote what."""
        return self.people < FEWEST_ANSWERS


@dataclass(frozen=True, slots=True)
class After:
    """What came of a visit: the team's own words and its next steps; `why_not` says why nothing can be written now."""

    record: VisitRecord | None
    answers: Answers
    steps: list[Agreement]
    why_not: str

    @property
    def has_room_for_step(self) -> bool:
        return has_room_for_step(self.steps)

    @property
    def lines_go_on(self) -> dt.date | None:
        """The day on which the visitor's lines are deleted, while it is to come."""
        on = lines_go_on(self.record)
        return on if on is not None and on > today() else None


def record_of(visit: Visit) -> VisitRecord | None:
    """What is kept of the visit; None while nobody has written or shared anything. One query."""
    return VisitRecord.objects.filter(visit=visit).first()


def why_not_now(visit: Visit, record: VisitRecord | None) -> str:
    """Why its conversation cannot be evaluated now, for whoever tries; empty when it can: from its day until closed."""
    if visit.state == VisitState.CANCELLED:
        return _("The visit is cancelled.")
    if visit.on > today():
        return _("The visit is not until %(day)s.") % {"day": long_day(visit.on)}
    if record is not None and record.is_closed:
        return _("The visit is closed. Whoever visited can open it again.")
    return ""


def after_visit(visit: Visit, record: VisitRecord | None) -> After:
    """What came of the visit. Three queries."""
    return After(record, answers_of(visit), steps_of(visit), why_not_now(visit, record))


def lines_go_on(record: VisitRecord | None) -> dt.date | None:
    """The day on which the lines of a closed visit are deleted; None while it is not closed."""
    if record is None or record.closed_at is None:
        return None
    return local_date(record.closed_at) + dt.timedelta(days=settings.VISIT_LINES_DAYS)


# The members' answers ------------------------------------------------------------------------------------------------


def asked_questions() -> list[EvaluationQuestion]:
    """What every member is asked, at most two. One query."""
    return list(EvaluationQuestion.objects.filter(is_offered=True)[:MOST_ASKED])


def answers_of(visit: Visit) -> Answers:
    """What was answered about the visit, by the questions that are asked and those that were. Two queries at most.

    The only way to the texts, but for each one's own: fewer than FEWEST_ANSWERS people's are given to nobody, whether
    they have not answered yet or have taken theirs back, and whatever becomes of the visit.
    """
    rows = list(visit.answers.select_related("question"))
    answers = Answers(people=len({row.key for row in rows}), to=[])
    if answers.are_hidden:
        return answers
    questions = dict.fromkeys([*asked_questions(), *sorted((row.question for row in rows), key=_place)])
    answers.to.extend(AnswersTo(one, [row.text for row in rows if row.question_id == one.pk]) for one in questions)
    return answers


def are_too_few_to_answer(team: Team) -> bool:
    """Whether the team has so few members today that their answers are not shown. One query."""
    return len(members_on(team, today())) < FEWEST_ANSWERS


def answer_key(visit: Visit, person: User) -> str:
    """What all that the person answers about the visit is filed under.

    A digest with the portal's secret key: the same person gets the same one, and nobody finds her by it who has the
    database alone. Where the secret key is changed, she answers anew.
    """
    return salted_hmac(_SALT, f"{visit.pk}:{person.pk}", algorithm="sha256").hexdigest()


def own_answers(visit: Visit, person: User) -> dict[int, str]:
    """What the person herself has answered, by the question's id. Ask it for nobody but who is signed in."""
    return dict(visit.answers.filter(key=answer_key(visit, person)).values_list("question_id", "text"))


def answers_to_old_questions(visit: Visit, person: User) -> list[EvaluationAnswer]:
    """What she has answered to questions that are no longer asked: she reads it, and can take it back. Two queries."""
    rows = visit.answers.filter(key=answer_key(visit, person)).select_related("question")
    asked = asked_questions()
    return sorted((row for row in rows if row.question not in asked), key=lambda row: _place(row.question))


def _place(question: EvaluationQuestion) -> tuple[int, int]:
    return question.position, question.pk


# The next steps ------------------------------------------------------------------------------------------------------


def steps_of(visit: Visit) -> list[Agreement]:
    """What the team agreed on at the visit, the oldest first. One query."""
    return list(agreements_of_source(AgreementSource.VISIT, visit.pk))


def has_room_for_step(steps: Collection[Agreement]) -> bool:
    """Whether the team can take one more; what was dropped takes no room."""
    return len([step for step in steps if step.state != AgreementState.DROPPED]) < MOST_STEPS


def visit_labels(ids: Collection[int]) -> dict[int, SourceLabel]:
    """For the ids of visits what agreements made there call them, and their pages. One query."""
    return {
        pk: SourceLabel(
            _("the visit %(day)s") % {"day": short_day(visit.on)}, reverse("observations:visit_detail", args=[pk])
        )
        for pk, visit in Visit.objects.in_bulk(ids).items()
    }
