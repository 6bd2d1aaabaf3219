"""The answers' texts are read once three have answered: before that one could see who wrote what."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from observations.enums import RecordState, VisitState
from observations.models import EvaluationQuestion, Visit
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_member, make_visit
from tests.documents import read, words_of
from tests.visit_after_world import make_answers, make_record

TEXTS = ("Vi lyttede længe.", "Vi ventede ikke.", "Vi skrev det op.")
WHY = "Svarene vises, når tre har svaret"
TOO_FEW = "Teamet har færre end tre medlemmer"
# Every place where the answers stand.
PAGES = ("visit_detail", "visit_evaluate", "visit_answers", "visit_share", "visit_paper", "visit_pdf")


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    return make_visit(team, visitor, tuesday, state=VisitState.HELD)


def words(client: Client, visit: Visit, page: str) -> str:
    response = client.get(reverse(f"observations:{page}", args=[visit.pk]))
    return words_of(read(response.content)) if page == "visit_pdf" else response.content.decode()


def read_on(client: Client, visit: Visit, pages: tuple[str, ...] = PAGES) -> dict[str, tuple[int, bool]]:
    """For each page how many of the texts stand there, and whether it says why the others do not."""
    shown = {page: words(client, visit, page) for page in pages}
    return {page: (sum(text in said for text in TEXTS), WHY in said) for page, said in shown.items()}


@pytest.mark.parametrize("people", [1, 2])
def test_one_or_two_are_counted_and_read_nowhere(client: Client, visit: Visit, people: int) -> None:
    make_answers(visit, *TEXTS[:people])
    assert read_on(client, visit) == dict.fromkeys(PAGES, (0, True))
    assert {f"{people} har svaret" in words(client, visit, page) for page in PAGES} == {True}


def test_with_the_third_all_three_are_read(client: Client, visit: Visit) -> None:
    make_answers(visit, *TEXTS)
    assert read_on(client, visit) == dict.fromkeys(PAGES, (3, False))


def test_two_answers_of_one_person_are_one_persons(client: Client, visit: Visit) -> None:
    make_answers(visit, *TEXTS[:2])
    make_answers(visit, TEXTS[2], place=1)
    assert read_on(client, visit) == dict.fromkeys(PAGES, (0, True))


def test_who_takes_hers_back_hides_the_two_that_are_left(client: Client, team: Team, visit: Visit) -> None:
    make_answers(visit, *TEXTS[:2])
    member = make_member(team)
    pages = ("visit_detail", "visit_answers")
    for text, expected in ((TEXTS[2], (3, False)), ("", (0, True))):
        client.force_login(member)
        first = EvaluationQuestion.objects.all()[0]
        client.post(reverse("observations:visit_answer", args=[visit.pk]), {f"answer_{first.pk}": text})
        assert read_on(client, visit, pages) == dict.fromkeys(pages, expected)


def test_closed_with_two_they_stay_hidden(client: Client, team: Team, visit: Visit) -> None:
    make_answers(visit, *TEXTS[:2])
    make_record(visit, RecordState.CLOSED)
    pages = ("visit_detail", "visit_answers", "visit_paper", "visit_pdf")
    for person in (visit.visitor, make_member(team)):
        client.force_login(person)
        assert read_on(client, visit, pages) == dict.fromkeys(pages, (0, True))


def test_she_reads_her_own_meanwhile(client: Client, team: Team, visit: Visit) -> None:
    client.force_login(make_member(team))
    first = EvaluationQuestion.objects.all()[0]
    client.post(reverse("observations:visit_answer", args=[visit.pk]), {f"answer_{first.pk}": TEXTS[0]})
    assert TEXTS[0] in words(client, visit, "visit_answer")


@pytest.mark.parametrize(("members", "times"), [(2, 1), (3, 0)])
def test_a_small_team_is_told_before_it_answers(
    client: Client, team: Team, visit: Visit, members: int, times: int
) -> None:
    people = [make_member(team, f"Medlem {number}") for number in range(members)]
    assert words(client, visit, "visit_evaluate").count(TOO_FEW) == times
    client.force_login(people[0])
    assert words(client, visit, "visit_answer").count(TOO_FEW) == times
