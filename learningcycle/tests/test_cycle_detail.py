"""The page of a learning cycle: everything for the team, little for its leaders, less for who supports it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import EntryKind
from learningcycle.models import Cycle
from slf_portal.accounts.models import User
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, Team
from tests.builders import (
    make_agreement,
    make_goal,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_resource_person,
    make_team,
)
from tests.cycle_builders import make_conversation, make_cycle, shipped

WRITTEN = ("Et fokus.", "Et stykke data.", "En fortolkning.", "Et tegn.", "En linje.", "Det gik.", "Vi lærte.")
WARNING = "I er på vej til handling, før"


@pytest.fixture
def full(team: Team, tuesday: dt.date) -> Cycle:
    """A cycle in its fourth phase with something of everything."""
    goal = make_goal(team.unit, "Vi lærer sammen", steps=("Vi fortæller", "Vi prøver"))
    cycle = make_cycle(
        team,
        phase=4,
        focus="Et fokus.",
        goal="Flere kommer til orde.",
        goal_step=goal.steps.get(position=2),
        evaluation="Det gik.",
        learning="Vi lærte.",
        entries={
            EntryKind.DATA: ("Et stykke data.",),
            EntryKind.INTERPRETATION: ("En fortolkning.", "En anden."),
            EntryKind.SIGN: ("Et tegn.",),
            EntryKind.LOG: ("En linje.",),
        },
    )
    trial(cycle, "Vi venter.")
    trial(cycle, "Vi spørger igen.", state=AgreementState.DONE)
    return cycle


def trial(cycle: Cycle, text: str = "Vi venter.", **values: Any) -> Agreement:
    return make_agreement(cycle.team, text, source=AgreementSource.CYCLE, source_id=cycle.pk, **values)


def page(client: Client, cycle: Cycle) -> str:
    return client.get(reverse("learningcycle:cycle_detail", args=[cycle.pk])).content.decode()


def test_the_team_and_its_resource_person_read_everything(
    client: Client, full: Cycle, team: Team, member: User
) -> None:
    for person in (member, make_resource_person(team)):
        client.force_login(person)
        shown = page(client, full)
        assert [text for text in (*WRITTEN, "Flere kommer til orde.", "Vi venter.") if text not in shown] == []
        assert "Vi lærer sammen, trin 2: Vi prøver" in shown
        assert "Den er noget andet end kommunens øvrige læringssamtaler" in shown


def test_a_leader_sees_phase_goal_and_how_much_is_tried(client: Client, full: Cycle, team: Team) -> None:
    client.force_login(make_leader(team.unit))
    shown = page(client, full)
    assert [text for text in (*WRITTEN, "Vi venter.", "Vi spørger igen.", WARNING) if text in shown] == []
    assert "Flere kommer til orde." in shown
    assert "Vi lærer sammen, trin 2: Vi prøver" in shown
    assert "1 åben, 1 gjort" in shown
    assert 'aria-label="Fase 4 af 6: Planlæg"' in shown
    assert "<form" not in shown.split("<main")[1].split("</main>")[0]


def test_who_supports_the_team_sees_the_phase_alone(client: Client, full: Cycle, team: Team) -> None:
    client.force_login(make_learning_partner(team.unit))
    shown = page(client, full)
    hidden = (*WRITTEN, "Flere kommer til orde.", "Vi lærer sammen", "1 åben", "Vi venter.")
    assert [text for text in hidden if text in shown] == []
    assert 'aria-label="Fase 4 af 6: Planlæg"' in shown


def test_the_circle_has_its_phases_beside_it(client: Client, cycle: Cycle, member: User) -> None:
    shown = page(client, cycle)
    assert shown.count("<path") == 6
    assert shown.count('<path class="is-current"') == 1
    assert shown.index("Fokusér") < shown.index("I er her") < shown.index("Observér")


@pytest.mark.parametrize(("key", "phases"), [("fire-faser", 4), ("fem-trin", 5), ("undersoegelsesspiral", 6)])
def test_the_circle_has_as_many_arcs_as_phases(
    client: Client, team: Team, member: User, tuesday: dt.date, key: str, phases: int
) -> None:
    assert page(client, make_cycle(team, version_used=shipped(key))).count("<path") == phases


def test_the_phase_asks_its_question_and_for_what_is_written(client: Client, cycle: Cycle, member: User) -> None:
    shown = page(client, cycle)
    assert "Hvad undrer vi os over, og hvilket mål hænger det sammen med?" in shown
    assert "Fokus i én sætning." in shown
    assert "Inden I går videre: fokus i én sætning" in shown
    Cycle.objects.filter(pk=cycle.pk).update(focus="Hvem svarer?")
    assert "Inden I går videre:" not in page(client, cycle)


def test_a_trial_action_without_ground_gives_a_calm_warning(client: Client, cycle: Cycle, member: User) -> None:
    assert WARNING not in page(client, cycle)
    trial(cycle)
    shown = page(client, cycle)
    for words in (
        WARNING,
        "der er data på bordet",
        "der er mere end én fortolkning",
        "der er et mål",
        "der er et tegn",
    ):
        assert words in shown


def test_the_phase_of_action_without_ground_gives_it_too(
    client: Client, team: Team, member: User, tuesday: dt.date
) -> None:
    assert WARNING not in page(client, make_cycle(team, phase=3))
    assert WARNING in page(client, make_cycle(team, phase=4))


def test_with_ground_there_is_no_warning(client: Client, full: Cycle, member: User) -> None:
    assert WARNING not in page(client, full)
    full.entries.filter(text="En anden.").delete()
    shown = page(client, full)
    assert (WARNING in shown, "der er mere end én fortolkning" in shown, "der er et mål" in shown) == (
        True,
        True,
        False,
    )


def test_what_was_agreed_at_its_meetings_is_tried_too(client: Client, cycle: Cycle, member: User) -> None:
    meeting, other = make_meeting(cycle.team, dt.date(2026, 11, 10)), make_meeting(cycle.team, dt.date(2026, 11, 3))
    make_conversation(meeting, cycle=cycle)
    make_conversation(other)
    of_meeting = make_agreement(cycle.team, "Herfra.", source=AgreementSource.MEETING, source_id=meeting.pk)
    make_agreement(cycle.team, "Andetsteds.", source=AgreementSource.MEETING, source_id=other.pk)
    # The same number, and another kind of place.
    make_agreement(cycle.team, "Fra GRUS.", source=AgreementSource.GRUS, source_id=cycle.pk)
    make_agreement(make_team("Øst"), "Et andet teams.", source=AgreementSource.CYCLE, source_id=cycle.pk)
    context = client.get(reverse("learningcycle:cycle_detail", args=[cycle.pk])).context
    assert context["contents"].actions == [of_meeting]


def test_a_trial_action_says_on_the_list_where_it_was_agreed(client: Client, cycle: Cycle, member: User) -> None:
    trial(cycle)
    shown = client.get(reverse("teams:team_agreements", args=[cycle.team_id])).content.decode()
    url = reverse("learningcycle:cycle_detail", args=[cycle.pk])
    assert f'<a href="{url}">læringscirklen ”Bedre spørgsmål”</a>' in shown


def test_six_months_old_it_asks_the_team_to_adjust_or_close(client: Client, cycle: Cycle, member: User) -> None:
    assert "Juster eller afslut?" not in page(client, cycle)
    Cycle.objects.filter(pk=cycle.pk).update(begun_on=dt.date(2026, 5, 24))
    assert "Juster eller afslut?" in page(client, cycle)


def test_a_closed_one_is_read_only(client: Client, team: Team, member: User, tuesday: dt.date) -> None:
    closed = make_cycle(team, phase=5, closed_on=tuesday, begun_on=dt.date(2025, 1, 1))
    shown = page(client, closed)
    forms = shown.split("<main")[1].split("</main>")[0].count("<form")
    assert (forms, "Åbn den igen" in shown, WARNING in shown, "Juster" in shown) == (1, True, False, False)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ cycle }}", "Ω≈ç√∫µ≤≥÷", "'; DROP TABLE users; --"])
def test_what_is_pasted_is_text_and_never_markup(client: Client, cycle: Cycle, member: User, text: str) -> None:
    cycle.entries.create(kind=EntryKind.LOG, text=text)
    shown = page(client, cycle)
    assert "<script>alert" not in shown
    assert shown.count(text.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")) >= 1


def test_more_lines_cost_no_more_queries(client: Client, full: Cycle, team: Team, member: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, full)
        return len(queries)

    asked()
    with_few = asked()
    for kind in EntryKind:
        for number in range(3):
            full.entries.create(kind=kind, text=f"Linje {number}")
    for _ in range(3):
        trial(full, owner=member)
    assert asked() == with_few
