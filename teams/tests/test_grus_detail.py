"""A GRUS on its page: when, with whom, about what, and what came of it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import AgreementSource, AgreementState, GrusState
from teams.models import Agreement, Grus, Team
from tests.builders import make_grus, make_leader, make_learning_partner, make_member, make_person, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def held(team: Team) -> Grus:
    return make_grus(team, dt.date(2026, 9, 14), leader=make_leader(team.unit), questions=("Hvad lykkes?",))


def page(client: Client, grus: Grus, person: User) -> Any:
    client.force_login(person)
    return client.get(reverse("teams:grus_detail", args=[grus.pk]))


def agree_there(grus: Grus, text: str, **values: Any) -> Agreement:
    values = {"due_on": dt.date(2027, 1, 8), "source": AgreementSource.GRUS, "source_id": grus.pk, **values}
    return Agreement.objects.create(team=grus.team, text=text, **values)


def offered(client: Client, grus: Grus, person: User) -> set[str]:
    """What the person can go on to from the page."""
    content = page(client, grus, person).content.decode()
    names = ("answer", "cancel", "hold", "move", "prepare", "questions")
    return {name for name in names if reverse(f"teams:grus_{name}", args=[grus.pk]) in content}


def test_held_it_tells_what_was_said_agreed_and_how_far_that_is(client: Client, held: Grus) -> None:
    held.questions.update(notes="Vi lytter.")
    mine = agree_there(held, "Vi spørger Løn.", owner=make_person("Per Person"))
    done = agree_there(held, "Vi mødtes.", state=AgreementState.DONE, settled_on=dt.date(2026, 11, 2))
    make_grus(held.team, dt.date(2027, 9, 14), state=GrusState.PLANNED)
    agree_there(make_grus(held.team, dt.date(2025, 9, 1)), "Et andet år.")
    response = page(client, held, make_member(held.team))
    assert response.context["agreements"] == [mine, done]
    content = response.content.decode()
    told = (
        "Vi lytter.",
        "Vi spørger Løn.",
        "Per Person",
        "8. jan.",
        "åben",
        "gjort",
        "14. september 2027",
        "Lone Leder",
    )
    assert [text for text in told if text not in content] == []


def test_the_people_are_those_of_that_day(client: Client, held: Grus) -> None:
    there, later = make_member(held.team, "Mette Medlem"), make_member(held.team, "Nanna Ny")
    later.membership_rows.update(starts_on=dt.date(2026, 10, 1))
    assert page(client, held, there).context["people"].members == ["Mette Medlem"]


def test_each_is_offered_what_she_can_do(client: Client, team: Team, tuesday: dt.date) -> None:
    member, leader = make_member(team), make_leader(team.unit)
    planned = make_grus(team, dt.date(2026, 12, 3), state=GrusState.PLANNED)
    proposed = make_grus(team, dt.date(2026, 12, 8), state=GrusState.PROPOSED)
    cancelled = make_grus(team, dt.date(2026, 12, 9), state=GrusState.CANCELLED)
    writing = {"hold", "prepare", "questions"}
    assert offered(client, planned, member) == writing
    assert offered(client, planned, leader) == writing | {"move", "cancel"}
    assert offered(client, proposed, member) == {"prepare", "questions"}
    assert offered(client, proposed, leader) == {"prepare", "questions", "answer", "cancel"}
    assert offered(client, cancelled, leader) == set()


def test_held_nothing_is_offered_any_more(client: Client, held: Grus) -> None:
    assert offered(client, held, make_leader(held.team.unit)) == set()


def test_one_of_which_only_the_day_is_known_says_so(client: Client, team: Team) -> None:
    bare = make_grus(team, dt.date(2025, 9, 14))
    content = page(client, bare, make_member(team)).content.decode()
    assert "det, der blev sagt, står ikke i portalen" in content


def test_who_only_supports_does_not_read_it(client: Client, held: Grus) -> None:
    assert page(client, held, make_learning_partner(held.team.unit)).status_code == 403
    assert page(client, held, make_person()).status_code == 404


def test_more_points_and_people_cost_no_more_queries(client: Client, held: Grus) -> None:
    member = make_member(held.team)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            agree_there(held, "Vi spørger.", owner=make_member(held.team))
        page(client, held, member)
        with CaptureQueriesContext(connection) as queries:
            page(client, held, member)
        counts.append(len(queries))
    assert counts[0] == counts[1]
