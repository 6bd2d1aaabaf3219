"""The leader changes what nobody has taken on yet, and the thread tells it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import MandateState, MandateStep
from teams.models import Mandate, MandateMessage, Team
from tests.builders import make_leader, make_mandate, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def leader(team: Team, client: Client) -> User:
    person = make_leader(team.unit)
    client.force_login(person)
    return person


@pytest.fixture
def mandate(team: Team, leader: User) -> Mandate:
    return make_mandate(team, given_by=leader, what="Prøv\nen dagsorden.")


def url_of(mandate: Mandate) -> str:
    return reverse("teams:mandate_edit", args=[mandate.pk])


def change(client: Client, mandate: Mandate, **values: Any) -> Any:
    names = ("title", "what", "why", "expectation", "hours_per_month", "due_on", "version")
    # A browser sends its own line breaks.
    shown = {name: str(getattr(mandate, name)).replace("\n", "\r\n") for name in names}
    return client.post(url_of(mandate), {**shown, **values})


def test_the_page_shows_what_stands_there(client: Client, mandate: Mandate) -> None:
    html = client.get(url_of(mandate)).content.decode()
    assert 'value="6,0"' in html
    assert 'value="2026-12-15"' in html


def test_only_what_changed_is_told(client: Client, mandate: Mandate, leader: User) -> None:
    response = change(client, mandate, hours_per_month="4", line="Du har for meget i forvejen.")
    assert response["Location"] == reverse("teams:mandate_detail", args=[mandate.pk])
    mandate.refresh_from_db()
    line = MandateMessage.objects.get()
    assert (mandate.hours_per_month, mandate.version, mandate.state) == (Decimal(4), 1, MandateState.SENT)
    assert (line.step, line.changed, line.text) == (
        MandateStep.CHANGED,
        ["hours_per_month"],
        "Du har for meget i forvejen.",
    )
    assert (line.writer, line.is_from_leader) == (leader, True)


def test_the_same_wording_is_no_change(client: Client, mandate: Mandate) -> None:
    change(client, mandate)
    mandate.refresh_from_db()
    assert (mandate.version, MandateMessage.objects.count()) == (0, 0)


def test_a_line_alone_is_not_lost(client: Client, mandate: Mandate) -> None:
    change(client, mandate, line="Det haster ikke.")
    assert list(MandateMessage.objects.values_list("step", "text")) == [(MandateStep.SAID, "Det haster ikke.")]


def test_a_page_opened_before_another_change_is_refused_and_kept(client: Client, mandate: Mandate) -> None:
    Mandate.objects.filter(pk=mandate.pk).update(version=3)
    response = change(client, mandate, title="Mit nye navn")
    shown = response.context["form"]
    assert shown.non_field_errors() == [
        "En anden har ændret dette, mens du havde det åbent. Se, hvad der står nu, og gem igen."
    ]
    assert (shown["title"].value(), shown["version"].value()) == ("Mit nye navn", 3)
    mandate.refresh_from_db()
    assert mandate.title == "Lærende møder"


@pytest.mark.parametrize("state", [MandateState.ACCEPTED, MandateState.DONE, MandateState.WITHDRAWN])
def test_what_is_taken_or_closed_stands(client: Client, team: Team, leader: User, state: MandateState) -> None:
    mandate = make_mandate(team, given_by=leader, state=state)
    assert client.get(url_of(mandate))["Location"] == reverse("teams:mandate_detail", args=[mandate.pk])
    response = change(client, mandate, title="Mit nye navn")
    assert len(response.context["form"].non_field_errors()) == 1
    assert response.context["form"]["title"].value() == "Mit nye navn"
    mandate.refresh_from_db()
    assert mandate.title == "Lærende møder"


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", "2026-11-23"), ("hours_per_month", "61"), ("line", "x" * 1001), ("what", "010190-1234")],
)
def test_bad_input_is_told_at_its_field(client: Client, mandate: Mandate, field: str, value: str) -> None:
    response = change(client, mandate, **{field: value})
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == value


def test_the_receiver_cannot_be_changed(client: Client, team: Team, mandate: Mandate) -> None:
    change(client, mandate, team=make_team("Syd", unit=team.unit).pk, title="Nyt")
    mandate.refresh_from_db()
    assert (mandate.team, mandate.title) == (team, "Nyt")
