"""Closing a learning cycle, and the way on to the next one."""

import datetime as dt
import uuid

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse

from learningcycle.actions import add_trial_action
from learningcycle.models import Cycle
from slf_portal.accounts.models import User
from teams.models import Agreement
from tests.cycle_builders import make_cycle


@pytest.fixture
def url(cycle: Cycle, member: User) -> str:
    return reverse("learningcycle:cycle_close", args=[cycle.pk])


def test_it_closes_with_what_was_learned_and_leads_to_the_next(
    client: Client, url: str, cycle: Cycle, tuesday: dt.date
) -> None:
    response = client.post(url, {"learning": "Ro smitter.", "decision": "change", "is_shared": "on"})
    assert response["Location"] == f"{reverse('learningcycle:cycle_begin', args=[cycle.team_id])}?efter={cycle.pk}"
    cycle.refresh_from_db()
    assert (cycle.state, cycle.closed_on, cycle.learning) == ("closed", tuesday, "Ro smitter.")
    assert (cycle.decision, cycle.is_shared) == ("change", True)
    assert mail.outbox == []


def test_without_a_line_it_closes_with_a_word_about_it(client: Client, url: str) -> None:
    response = client.post(url, {"learning": ""})
    (message,) = get_messages(response.wsgi_request)
    assert (message.level_tag, str(message)) == (
        "warning",
        "Læringscirklen er afsluttet uden en linje om, hvad I lærte. Åbn den igen, hvis I vil skrive den.",
    )
    assert Cycle.objects.values_list("state", "decision", "is_shared").get() == ("closed", "", False)


def test_open_trial_actions_stay_on_the_list(
    client: Client, url: str, cycle: Cycle, member: User, tuesday: dt.date
) -> None:
    add_trial_action(by=member, cycle=cycle, text="Vi venter.", due_on=tuesday)
    client.post(url, {"learning": "Ro smitter."})
    assert Agreement.objects.get().state == "open"
    assert "Vi venter." in client.get(reverse("teams:team_agreements", args=[cycle.team_id])).content.decode()


def test_what_a_colleague_learned_meanwhile_is_shown_before_it_closes(client: Client, url: str) -> None:
    Cycle.objects.update(learning="Hendes ord.")
    shown = client.post(url, {"learning": "Hans ord.", "was_learning": ""}).context["form"]
    (row,) = shown.rows()
    assert (row["colleague"], row["field"].value()) == ("Hendes ord.", "Hans ord.")
    assert Cycle.objects.get().is_running
    client.post(url, {**{field.html_name: field.value() or "" for field in shown}, "learning": "Begges ord."})
    assert Cycle.objects.values_list("state", "learning").get() == ("closed", "Begges ord.")


def test_one_who_wrote_nothing_keeps_what_a_colleague_learned(client: Client, url: str) -> None:
    Cycle.objects.update(learning="Hendes ord.")
    client.post(url, {"learning": "", "was_learning": ""})
    assert Cycle.objects.values_list("state", "learning").get() == ("closed", "Hendes ord.")


def test_a_colleague_who_closed_it_first_is_no_loss(client: Client, url: str) -> None:
    client.post(url, {"learning": "Hendes ord."})
    shown = client.post(url, {"learning": "Hans ord."}).context["form"]
    assert shown.non_field_errors() == ["Læringscirklen er afsluttet. Åbn den igen, hvis I vil skrive i den."]
    assert (shown["learning"].value(), Cycle.objects.get().learning) == ("Hans ord.", "Hendes ord.")


def test_a_double_click_closes_once(client: Client, url: str) -> None:
    form = {"learning": "Ro smitter.", "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]


def test_where_the_next_one_has_begun_it_is_not_begun_again(
    client: Client, url: str, cycle: Cycle, tuesday: dt.date
) -> None:
    make_cycle(cycle.team, "Den næste", follows=cycle)
    response = client.post(url, {"learning": "Ro smitter."})
    assert response["Location"] == reverse("learningcycle:cycle_detail", args=[cycle.pk])


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"learning": "x" * 601}, "learning"),
        ({"learning": "Ring på 010190-1234."}, "learning"),
        ({"decision": "maybe"}, "decision"),
    ],
)
def test_what_is_refused_stays_on_the_page(client: Client, url: str, wrong: dict[str, str], where: str) -> None:
    shown = client.post(url, wrong).context["form"]
    assert (list(shown.errors), shown[where].value()) == ([where], wrong[where])
    assert Cycle.objects.get().is_running
