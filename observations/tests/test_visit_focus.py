"""What the visitor and the team agree on before a visit."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from learningcycle.enums import EntryKind
from observations.actions import FocusRefusedError, agree_on_focus
from observations.enums import RecordState, VisitState
from observations.models import Visit, VisitFocus, VisitPreparation, VisitRecord
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import (
    make_goal,
    make_leader,
    make_learning_partner,
    make_member,
    make_resource_person,
    make_team,
    make_visit,
)
from tests.cycle_builders import make_cycle

TOMORROW = dt.date(2026, 11, 25)


@pytest.fixture
def visit(tuesday: dt.date, team: Team, visitor: User) -> Visit:
    return make_visit(team, visitor, TOMORROW)


def address(visit: Visit) -> str:
    return reverse("observations:visit_focus", args=[visit.pk])


def foci(visit: Visit) -> list[tuple[int, str]]:
    return list(visit.foci.values_list("position", "text"))


def send(client: Client, visit: Visit, *texts: str, version: int = 0, **values: Any) -> Any:
    return client.post(
        address(visit), {**dict(zip(("first", "second"), texts, strict=False)), "version": version, **values}
    )


def test_the_visitor_and_the_team_write_it(client: Client, visit: Visit, team: Team) -> None:
    assert send(client, visit, "Tempoet", "Spørgsmål", may_count="on").status_code == 302
    for version, person in enumerate((make_member(team), make_resource_person(team)), start=1):
        client.force_login(person)
        assert send(client, visit, "", f"Spørgsmål {version}", version=version).status_code == 302
    assert foci(visit) == [(2, "Spørgsmål 2")]
    assert not VisitPreparation.objects.get().may_count
    assert "Spørgsmål 2" in client.get(reverse("observations:visit_detail", args=[visit.pk])).content.decode()


def test_nobody_else_opens_or_reads_it(client: Client, visit: Visit, team: Team) -> None:
    send(client, visit, "Tempoet")
    for person in (make_leader(team.unit), make_learning_partner(team.unit)):
        client.force_login(person)
        assert client.get(address(visit)).status_code == 403
        assert "Tempoet" not in client.get(reverse("observations:visit_detail", args=[visit.pk])).content.decode()


def test_a_third_is_refused(visit: Visit, visitor: User) -> None:
    with pytest.raises(FocusRefusedError):
        agree_on_focus(by=visitor, visit=visit, texts=["Et", "To", "Tre"], may_count=False, version=0)
    with pytest.raises(ValidationError):
        VisitFocus(visit=visit, position=3, text="Tre").full_clean()
    assert foci(visit) == []


def test_who_comes_second_sees_what_stands_there(client: Client, visit: Visit) -> None:
    send(client, visit, "Tempoet")
    page = send(client, visit, "Stilheden").content.decode()
    assert "Tempoet" in page
    assert ">\nStilheden</textarea>" in page
    assert foci(visit) == [(1, "Tempoet")]
    assert send(client, visit, "Stilheden", version=1).status_code == 302
    assert foci(visit) == [(1, "Stilheden")]


@pytest.mark.parametrize("why_not", ["cancelled", "closed"])
def test_what_is_over_is_left_as_it_is(client: Client, visit: Visit, why_not: str) -> None:
    if why_not == "cancelled":
        Visit.objects.update(state=VisitState.CANCELLED)
    else:
        VisitRecord.objects.create(visit=visit, state=RecordState.CLOSED, closed_at=at(TOMORROW, dt.time(12)))
    assert send(client, visit, "Tempoet").status_code == 200
    assert foci(visit) == []


def test_digits_are_asked_about(client: Client, visit: Visit) -> None:
    assert send(client, visit, "Ring på 010190-1234.").status_code == 200
    assert foci(visit) == []
    assert send(client, visit, "Ring på 010190-1234.", not_cpr="on").status_code == 302


def test_a_suggestion_is_copied_with_one_press_and_saved_by_the_next(client: Client, visit: Visit, team: Team) -> None:
    make_cycle(
        team,
        focus="Hvem tænker højt?",
        goal="m" * 290 + " ordet er langt nok",
        entries={EntryKind.SIGN: ("Flere svarer.",)},
    )
    make_goal(team.unit, "Vi lærer af hinanden")
    page = client.get(address(visit)).content.decode()
    assert [words in page for words in ("Hvem tænker højt?", "Flere svarer.", "Vi lærer af hinanden", "m" * 290)] == [
        True
    ] * 4
    page = send(client, visit, "Tempoet", "", copy="0").content.decode()
    assert ">\nTempoet</textarea>" in page
    assert ">\nHvem tænker højt?</textarea>" in page
    assert foci(visit) == []
    assert "Der er plads til to" in send(client, visit, "Tempoet", "Stilheden", copy="0").content.decode()
    for nonsense in ("99", "-1", "x", ""):
        assert send(client, visit, "Tempoet", "", copy=nonsense).status_code == 200


def test_a_visitor_from_outside_is_not_shown_the_teams_own_words(client: Client, visit: Visit, team: Team) -> None:
    make_cycle(team, focus="Hvem tænker højt?")
    make_goal(team.unit, "Vi lærer af hinanden")
    outsider = make_resource_person(make_team("Syd"))
    Visit.objects.update(visitor=outsider)
    client.force_login(outsider)
    page = client.get(address(visit)).content.decode()
    assert "Vi lærer af hinanden" in page
    assert "Hvem tænker højt?" not in page
