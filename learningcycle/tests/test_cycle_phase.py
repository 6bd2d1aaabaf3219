"""Going from phase to phase: warned, never stopped."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle
from slf_portal.accounts.models import User


@pytest.fixture
def url(cycle: Cycle, member: User) -> str:
    return reverse("learningcycle:cycle_phase", args=[cycle.pk])


def go(client: Client, url: str, to: object) -> tuple[str, str]:
    """Press the button, and read what is said last."""
    response = client.post(url, {"to": to})
    assert response["Location"] == url.removesuffix("fase/")
    *_, message = get_messages(response.wsgi_request)
    return message.level_tag, str(message)


def phase() -> str:
    return Cycle.objects.get().phase.title


def test_what_is_not_written_is_said_and_stops_nobody(client: Client, url: str) -> None:
    warned = "I er gået videre. Endnu ikke skrevet i ”Fokusér”: fokus i én sætning. I kan altid gå tilbage."
    assert go(client, url, 2) == ("warning", warned)
    assert phase() == "Observér"


def test_what_is_written_is_not_asked_for(client: Client, url: str) -> None:
    Cycle.objects.update(focus="Hvem svarer?")
    assert go(client, url, 2) == ("success", "I er nu i en anden fase.")
    assert phase() == "Observér"


def test_back_is_as_good_as_on(client: Client, url: str) -> None:
    go(client, url, 6)
    assert phase() == "Evaluér og justér"
    assert go(client, url, 1) == ("success", "I er nu i en anden fase.")
    assert phase() == "Fokusér"


@pytest.mark.parametrize("to", [0, 7, 99, 10**20, -1])
def test_a_phase_that_is_not_there_is_refused(client: Client, url: str, to: int) -> None:
    assert go(client, url, to) == ("error", "Læringscirklen har ikke den fase.")
    assert phase() == "Fokusér"


@pytest.mark.parametrize("form", [{}, {"to": "x"}, {"to": ""}])
def test_what_no_button_sends_is_no_request(client: Client, url: str, form: dict[str, str]) -> None:
    assert client.post(url, form).status_code == 400


def test_a_closed_one_stays_where_it_is(client: Client, url: str, tuesday: dt.date) -> None:
    Cycle.objects.update(state="closed", closed_on=tuesday)
    refused = "Læringscirklen er afsluttet. Åbn den igen, hvis I vil skrive i den."
    assert go(client, url, 2) == ("error", refused)
    assert phase() == "Fokusér"
