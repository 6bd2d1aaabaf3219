"""A leader plans a GRUS: the day, the times where they are known, and the questions it begins with."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import GrusState
from teams.models import Grus, GrusQuestionTemplate, Team
from tests.builders import make_closure, make_grus, make_leader, make_team, make_team_leader, make_unit

THURSDAY = dt.date(2026, 12, 3)
FORM = {"on": THURSDAY.isoformat(), "begins": "09:00", "ends": "11:00"}


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Rekruttering", unit=make_unit("Birkeskolen"))


@pytest.fixture
def leader(team: Team, client: Client) -> User:
    person = make_leader(team.unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(team: Team, leader: User) -> str:
    return reverse("teams:grus_plan", args=[team.pk])


def errors(client: Client, url: str, **changed: str) -> dict[str, list[str]]:
    return dict(client.post(url, {**FORM, **changed}).context["form"].errors)


def test_it_is_planned_with_the_leader_and_copies_of_the_suggested_questions(
    client: Client, url: str, team: Team, leader: User
) -> None:
    response = client.post(url, FORM)
    assert response["Location"] == reverse("teams:grus_list", args=[team.pk])
    grus = Grus.objects.get()
    assert (grus.on, grus.begins, grus.ends) == (THURSDAY, dt.time(9), dt.time(11))
    assert (grus.state, grus.leader, grus.leader_present) == (GrusState.PLANNED, leader, False)
    suggested = list(GrusQuestionTemplate.objects.values_list("theme", "text"))
    assert list(grus.questions.values_list("theme", "text")) == suggested
    assert len(suggested) == 5


def test_the_copies_are_its_own(client: Client, url: str) -> None:
    client.post(url, FORM)
    GrusQuestionTemplate.objects.update(text="Noget andet?")
    assert not Grus.objects.filter(questions__text="Noget andet?").exists()


def test_of_many_suggestions_the_first_five_are_copied(client: Client, url: str) -> None:
    GrusQuestionTemplate.objects.create(theme="work", text="Den sjette?", position=9)
    GrusQuestionTemplate.objects.filter(position=2).update(is_offered=False)
    client.post(url, FORM)
    positions = list(Grus.objects.get().questions.values_list("position", "text"))
    assert [place for place, _ in positions] == [1, 2, 3, 4, 5]
    assert positions[-1] == (5, "Den sjette?")


def test_the_responsible_leader_takes_part_also_when_another_plans_it(client: Client, url: str, team: Team) -> None:
    responsible = make_team_leader(team)
    client.post(url, FORM)
    assert Grus.objects.get().leader == responsible


def test_times_may_be_left_out(client: Client, url: str) -> None:
    client.post(url, {"on": FORM["on"]})
    grus = Grus.objects.get()
    assert (grus.begins, grus.ends) == (None, None)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"on": "2026-11-23"}, {"on": ["Mandag 23. november er passeret. Vælg en dag, der kommer."]}),
        (
            {"on": "2026-11-28"},
            {"on": ["Lørdag 28. november holder I lukket: det er weekend. Vælg en anden dag."]},
        ),
        (
            {"on": "2026-12-25"},
            {"on": ["Fredag 25. december holder I lukket: det er en helligdag eller fridag. Vælg en anden dag."]},
        ),
        (
            {"on": "2026-12-10"},
            {"on": ["Torsdag 10. december holder I lukket: Pædagogisk dag. Vælg en anden dag."]},
        ),
        ({"on": "2026-12-15"}, {"on": ["Tirsdag 15. december har teamet allerede en GRUS."]}),
        ({"on": ""}, {"on": ["Dette felt er påkrævet."]}),
        ({"ends": "08:00"}, {"ends": ["Det slutter, før det begynder."]}),
        ({"begins": ""}, {"begins": ["Skriv også, hvornår den begynder."]}),
    ],
)
def test_a_day_or_time_that_cannot_be_is_refused_at_its_field(
    client: Client, url: str, team: Team, changed: dict[str, str], expected: dict[str, list[str]]
) -> None:
    make_closure(dt.date(2026, 12, 10), dt.date(2026, 12, 11), unit=team.unit, name="Pædagogisk dag")
    make_grus(team, dt.date(2026, 12, 15), state=GrusState.PLANNED)
    assert errors(client, url, **changed) == expected
    assert Grus.objects.count() == 1


def test_a_closure_of_the_whole_unit_counts_for_its_part(client: Client, team: Team, leader: User) -> None:
    part = make_team("Indskoling", unit=make_unit("Birkeskolen, indskoling", parent=team.unit))
    make_closure(THURSDAY, THURSDAY + dt.timedelta(days=1), unit=team.unit)
    assert list(errors(client, reverse("teams:grus_plan", args=[part.pk]))) == ["on"]


def test_a_cancelled_one_does_not_take_the_day(client: Client, url: str, team: Team) -> None:
    make_grus(team, THURSDAY, state=GrusState.CANCELLED)
    assert client.post(url, FORM).status_code == 302


def test_planning_answers_an_open_proposal(client: Client, url: str, team: Team) -> None:
    proposal = make_grus(team, dt.date(2026, 12, 1), state=GrusState.PROPOSED, line="Passer det?")
    assert client.get(url).context["proposal"] == proposal
    client.post(url, FORM)
    grus = Grus.objects.get()
    assert (grus.pk, grus.on, grus.state, grus.line) == (proposal.pk, THURSDAY, GrusState.PLANNED, "")


def test_a_double_click_plans_once(client: Client, url: str) -> None:
    form = {**FORM, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Grus.objects.count() == 1


def test_a_team_without_a_leader_is_told_to_ask_for_one(client: Client, url: str, team: Team, leader: User) -> None:
    leader.unit_leader_rows.update(starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2026, 11, 30))
    response = client.post(url, FORM)
    assert response.context["form"].non_field_errors() == [
        "Ingen er skrevet på som teamets leder, og en GRUS holdes sammen med lederen. Spørg en administrator."
    ]
