"""Writing down what is tried: it stands on the team's list too."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle
from slf_portal.accounts.models import User
from teams.models import Agreement
from tests.builders import make_person

WARNING = "I er på vej til handling, før"


@pytest.fixture
def url(cycle: Cycle, member: User) -> str:
    return reverse("learningcycle:cycle_action_add", args=[cycle.pk])


@pytest.fixture
def form(member: User) -> dict[str, object]:
    return {"text": "Vi venter til fem.", "owner": member.pk, "due_on": "2026-12-01"}


def test_it_is_agreed_in_the_cycle(
    client: Client, url: str, form: dict[str, object], cycle: Cycle, member: User
) -> None:
    response = client.post(url, form)
    assert response["Location"] == reverse("learningcycle:cycle_detail", args=[cycle.pk]) + "#action"
    agreement = Agreement.objects.get()
    assert (agreement.text, agreement.owner, agreement.due_on) == ("Vi venter til fem.", member, dt.date(2026, 12, 1))
    assert (agreement.source, agreement.source_id, agreement.team) == ("cycle", cycle.pk, cycle.team)


def test_jumping_to_action_is_said_before_and_after_and_stops_nobody(
    client: Client, url: str, form: dict[str, object], cycle: Cycle
) -> None:
    assert WARNING in client.get(url).content.decode()
    assert WARNING in client.get(client.post(url, form)["Location"]).content.decode()
    for kind in ("data", "interpretation", "interpretation", "sign"):
        cycle.entries.create(kind=kind, text="Skrevet.")
    Cycle.objects.update(goal="Flere svarer.")
    assert WARNING not in client.get(url).content.decode()


def test_a_double_click_adds_one(client: Client, url: str, form: dict[str, object]) -> None:
    twice = {**form, "token": str(uuid.uuid4())}
    assert [client.post(url, twice).status_code for _ in range(2)] == [302, 302]
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"text": "Ring på 010190-1234."}, "text"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "2026-11-23"}, "due_on"),
        ({"due_on": "31-02-2027"}, "due_on"),
    ],
)
def test_what_is_refused_stays_on_the_page(
    client: Client, url: str, form: dict[str, object], wrong: dict[str, str], where: str
) -> None:
    shown = client.post(url, {**form, **wrong}).context["form"]
    assert (list(shown.errors), shown[where].value()) == ([where], wrong[where])
    assert Agreement.objects.count() == 0


def test_somebody_outside_the_team_is_no_choice(client: Client, url: str, form: dict[str, object]) -> None:
    shown = client.post(url, {**form, "owner": make_person("Ulla Udenfor").pk}).context["form"]
    assert list(shown.errors) == ["owner"]


def test_a_closed_one_refuses(client: Client, url: str, form: dict[str, object], tuesday: dt.date) -> None:
    Cycle.objects.update(state="closed", closed_on=tuesday)
    shown = client.post(url, form).context["form"]
    assert shown.non_field_errors() == ["Læringscirklen er afsluttet. Åbn den igen, hvis I vil skrive i den."]
    assert (shown["text"].value(), Agreement.objects.count()) == ("Vi venter til fem.", 0)
