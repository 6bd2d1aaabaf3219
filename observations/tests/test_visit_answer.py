"""A member's own answers about the conversation: one of each, changeable, and nobody's."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from observations.actions import answer_evaluation
from observations.enums import RecordState
from observations.models import EvaluationAnswer, EvaluationQuestion, Visit
from observations.queries import answer_key
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import Team
from tests.builders import make_administrator, make_member, make_resource_person, make_visit
from tests.visit_after_world import make_answer, make_answers, make_record

CPR = "Ring på 010190-1234."


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def visit(team: Team, member: User, tuesday: dt.date) -> Visit:
    return make_visit(team, make_resource_person(team), tuesday)


def page(visit: Visit) -> str:
    return reverse("observations:visit_answer", args=[visit.pk])


def answer(client: Client, visit: Visit, *texts: str, **more: Any) -> Any:
    questions = EvaluationQuestion.objects.all()
    fields = {f"answer_{question.pk}": text for question, text in zip(questions, texts, strict=False)}
    return client.post(page(visit), {**fields, **more})


def stored() -> set[str]:
    return set(EvaluationAnswer.objects.values_list("text", flat=True))


def test_two_questions_and_both_may_be_left_open(client: Client, visit: Visit) -> None:
    shown = client.get(page(visit)).content.decode()
    assert all(one in shown for one in ("Hvad gjorde samtalen godt?", "Hvad vil vi prøve anderledes næste gang?"))
    assert answer(client, visit, "", "").status_code == 302
    assert stored() == set()
    answer(client, visit, "Vi lyttede.", "")
    assert stored() == {"Vi lyttede."}


def test_an_answer_can_be_changed_and_taken_back(client: Client, visit: Visit) -> None:
    answer(client, visit, "Vi lyttede.", "Flere pauser.")
    assert "Vi lyttede." in client.get(page(visit)).content.decode()
    answer(client, visit, "Vi lyttede længe.", "Flere pauser.")
    assert stored() == {"Vi lyttede længe.", "Flere pauser."}
    answer(client, visit, " ", "")
    assert stored() == set()


def test_each_member_has_her_own(client: Client, team: Team, visit: Visit) -> None:
    make_answer(visit, make_member(team, "Bo"), "Bos ord.")
    shown = client.get(page(visit)).content.decode()
    assert "Bos ord." not in shown
    answer(client, visit, "Mine ord.")
    assert stored() == {"Bos ord.", "Mine ord."}


def test_another_visit_has_another_key(team: Team, member: User, visit: Visit) -> None:
    other = make_visit(team, visit.visitor, dt.date(2026, 11, 10))
    keys = {answer_key(one, person) for one in (visit, other) for person in (member, visit.visitor)}
    assert {len(key) for key in keys} == {64}
    assert len(keys) == 4


def test_the_key_hangs_on_the_secret(visit: Visit, member: User, settings: Any) -> None:
    before = answer_key(visit, member)
    settings.SECRET_KEY = "en helt anden nøgle til denne prøve"  # noqa: S105 - of nothing
    assert answer_key(visit, member) != before


def test_the_database_says_neither_who_nor_when(client: Client, visit: Visit, member: User) -> None:
    answer(client, visit, "Vi lyttede.")
    columns = {field.column for field in EvaluationAnswer._meta.get_fields() if hasattr(field, "column")}
    assert columns == {"id", "visit_id", "question_id", "key", "text"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT metadata::text FROM pghistory_context")
        contexts = [row[0] for row in cursor.fetchall()]
    assert [one for one in contexts if "answer" in one] == []


def test_cpr_numbers_are_refused_and_cannot_be_explained(client: Client, visit: Visit) -> None:
    response = answer(client, visit, CPR, not_cpr="on")
    assert CPR in response.content.decode()
    assert (len(response.context["form"].errors), stored(), TextOverride.objects.count()) == (1, set(), 0)


def test_too_long_an_answer_comes_back_whole(client: Client, visit: Visit) -> None:
    response = answer(client, visit, "x" * 1001)
    assert "x" * 1001 in response.content.decode()
    assert stored() == set()


@pytest.mark.parametrize("on", [dt.date(2026, 11, 25), dt.date(2027, 1, 12)])
def test_not_before_the_day(client: Client, team: Team, visit: Visit, on: dt.date) -> None:
    coming = make_visit(team, visit.visitor, on)
    assert client.get(page(coming))["Location"] == reverse("observations:visit_detail", args=[coming.pk])
    assert answer(client, coming, "For tidligt.").status_code == 200
    assert stored() == set()


def test_not_when_it_is_closed(client: Client, visit: Visit) -> None:
    make_record(visit, RecordState.CLOSED)
    assert client.get(page(visit)).status_code == 302
    response = answer(client, visit, "For sent.")
    assert "For sent." in response.content.decode()
    assert stored() == set()


def test_a_shared_visit_can_still_be_answered(client: Client, visit: Visit) -> None:
    make_record(visit, RecordState.SHARED)
    assert answer(client, visit, "Vi lyttede.").status_code == 302


def test_whoever_is_not_signed_in_comes_back_after_signing_in(client: Client, visit: Visit) -> None:
    client.logout()
    assert client.get(page(visit))["Location"] == f"{reverse('account_login')}?next={page(visit)}"


def test_other_questions_are_asked_and_what_was_answered_keeps_its_own(client: Client, visit: Visit) -> None:
    answer(client, visit, "Vi lyttede.")
    make_answers(visit, "Vi ventede.", "Vi skrev.")
    EvaluationQuestion.objects.filter(position=1).update(is_offered=False)
    EvaluationQuestion.objects.create(text="Hvad overraskede os?", position=3)
    asked = [field.label for field in client.get(page(visit)).context["form"].answer_fields()]
    assert asked == ["Hvad vil vi prøve anderledes næste gang?", "Hvad overraskede os?"]
    answers = client.get(reverse("observations:visit_answers", args=[visit.pk])).content.decode()
    assert all(text in answers for text in ("Hvad gjorde samtalen godt?", "Vi lyttede."))


def test_the_page_says_what_is_stored(client: Client, visit: Visit) -> None:
    shown = client.get(page(visit)).content.decode()
    assert "Dit navn gemmes ikke sammen med svaret, heller ikke hvornår du skrev det" in shown


def test_an_administrator_asks_something_else(client: Client, visit: Visit) -> None:
    client.force_login(make_administrator())
    question = EvaluationQuestion.objects.all()[0]
    address = reverse("admin:observations_evaluationquestion_change", args=[question.pk])
    client.post(address, {"text": "Hvad lærte vi?", "position": 1, "is_offered": "on"})
    question.refresh_from_db()
    assert question.text == "Hvad lærte vi?"


# Questions that are no longer asked, and their words ------------------------------------------------------------------


def ask_something_else() -> EvaluationQuestion:
    """The first question is asked no longer, and another one is; the first."""
    first = EvaluationQuestion.objects.all()[0]
    EvaluationQuestion.objects.filter(pk=first.pk).update(is_offered=False)
    EvaluationQuestion.objects.create(text="Hvad overraskede os?", position=3)
    return first


def test_she_takes_back_what_she_answered_to_an_old_question(client: Client, team: Team, visit: Visit) -> None:
    make_answer(visit, make_member(team, "Bo"), "Bos ord.")
    answer(client, visit, "Vi lyttede.", "Flere pauser.")
    first = ask_something_else()
    shown = client.get(page(visit))
    assert [row.text for row, _tick in shown.context["form"].old_answers()] == ["Vi lyttede."]
    assert "Tag mit svar tilbage på: Hvad gjorde samtalen godt?" in shown.content.decode()
    second = EvaluationQuestion.objects.get(position=2)
    client.post(page(visit), {f"answer_{second.pk}": "Flere pauser."})
    assert stored() == {"Bos ord.", "Vi lyttede.", "Flere pauser."}
    client.post(page(visit), {f"answer_{second.pk}": "Flere pauser.", f"take_back_{first.pk}": "on"})
    assert stored() == {"Bos ord.", "Flere pauser."}
    assert client.get(page(visit)).context["form"].old_answers() == []


def test_nobody_answers_an_old_question_anew(client: Client, visit: Visit, member: User) -> None:
    first = ask_something_else()
    answer_evaluation(by=member, visit=visit, texts={first.pk: "For sent."})
    assert stored() == set()


def test_a_question_that_came_while_the_page_stood_open_takes_nothing_back(client: Client, visit: Visit) -> None:
    answer(client, visit, "Vi lyttede.")
    first = EvaluationQuestion.objects.all()[0]
    EvaluationQuestion.objects.filter(pk=first.pk).update(is_offered=False)
    EvaluationQuestion.objects.filter(pk=first.pk).update(is_offered=True)
    second = EvaluationQuestion.objects.get(position=2)
    client.post(page(visit), {f"answer_{second.pk}": "Flere pauser."})
    assert stored() == {"Vi lyttede.", "Flere pauser."}


def test_the_words_of_an_answered_question_stay(client: Client, visit: Visit, member: User) -> None:
    question = EvaluationQuestion.objects.all()[0]
    make_answer(visit, member, "Vi lyttede.")
    client.force_login(make_administrator())
    address = reverse("admin:observations_evaluationquestion_change", args=[question.pk])
    response = client.post(address, {"text": "Hvad gik galt?", "position": 1, "is_offered": "on"})
    question.refresh_from_db()
    assert question.text == "Hvad gjorde samtalen godt?"
    (error,) = response.context["adminform"].form.errors["text"]
    assert error.startswith("Der er svaret på det spørgsmål")
    assert "Hvad gik galt?" in response.content.decode()


def test_an_answered_question_is_moved_and_no_longer_asked(client: Client, visit: Visit, member: User) -> None:
    question = EvaluationQuestion.objects.all()[0]
    make_answer(visit, member, "Vi lyttede.")
    client.force_login(make_administrator())
    address = reverse("admin:observations_evaluationquestion_change", args=[question.pk])
    assert client.post(address, {"text": question.text, "position": 7}).status_code == 302
    question.refresh_from_db()
    assert (question.position, question.is_offered) == (7, False)
