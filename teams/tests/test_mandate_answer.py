"""Jeg tager den, or: lad os tale om den."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import MandateState, MandateStep
from teams.models import Mandate, MandateMessage, Team
from tests.builders import make_leader, make_mandate, make_member, make_resource_person, make_team


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def mandate(team: Team) -> Mandate:
    return make_mandate(team, given_by=make_leader(team.unit))


def answer(client: Client, mandate: Mandate, **values: Any) -> Any:
    sent = {"answer": "accepted", "version": mandate.version, **values}
    return client.post(reverse("teams:mandate_answer", args=[mandate.pk]), sent)


def test_a_member_takes_it_without_a_word(client: Client, mandate: Mandate, member: User) -> None:
    response = answer(client, mandate)
    assert response["Location"] == reverse("teams:mandate_detail", args=[mandate.pk])
    mandate.refresh_from_db()
    assert (mandate.state, mandate.answered_by) == (MandateState.ACCEPTED, member)
    assert mandate.answered_at is not None
    line = MandateMessage.objects.get()
    assert (line.writer, line.step, line.text, line.is_from_leader) == (member, MandateStep.ACCEPTED, "", False)


def test_she_asks_to_talk_about_it(client: Client, mandate: Mandate, member: User) -> None:
    answer(client, mandate, answer="talk", text="Hvor mange møder?")
    mandate.refresh_from_db()
    line = MandateMessage.objects.get()
    assert (mandate.state, line.step, line.text) == (MandateState.TALK, MandateStep.TALK, "Hvor mange møder?")


def test_after_the_talk_it_can_be_taken(client: Client, team: Team, member: User) -> None:
    mandate = make_mandate(team, state=MandateState.TALK)
    answer(client, mandate)
    mandate.refresh_from_db()
    assert mandate.state == MandateState.ACCEPTED


def test_to_talk_takes_a_line(client: Client, mandate: Mandate, member: User) -> None:
    response = answer(client, mandate, answer="talk", text="  ")
    assert list(response.context["form"].errors) == ["text"]
    assert MandateMessage.objects.count() == 0


@pytest.mark.parametrize("values", [{"text": "x" * 1001}, {"text": "Ring 010190-1234"}, {"answer": "withdrawn"}])
def test_bad_input_comes_back_to_the_page_with_the_text(
    client: Client, mandate: Mandate, member: User, values: dict[str, str]
) -> None:
    response = answer(client, mandate, **{"text": "Gerne.", **values})
    assert response.templates[0].name == "teams/mandate_detail.html"
    assert response.context["form"]["text"].value() == values.get("text", "Gerne.")
    mandate.refresh_from_db()
    assert (mandate.state, MandateMessage.objects.count()) == (MandateState.SENT, 0)


def test_digits_that_are_no_cpr_number_are_confirmed(client: Client, mandate: Mandate, member: User) -> None:
    answer(client, mandate, text="Sag 010190-1234", not_cpr="on")
    assert MandateMessage.objects.get().text == "Sag 010190-1234"
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.MandateMessage.text")


def test_an_answer_that_crosses_a_change_is_refused_and_kept(client: Client, mandate: Mandate, member: User) -> None:
    Mandate.objects.filter(pk=mandate.pk).update(version=mandate.version + 1, what="Noget helt andet.")
    response = answer(client, mandate, text="Gerne.")
    shown = response.context["form"]
    assert shown.non_field_errors() == [
        "Bestillingen blev ændret, mens du skrev. Læs den igen, og send én gang til, hvis det stadig passer."
    ]
    assert (shown["text"].value(), shown["version"].value()) == ("Gerne.", mandate.version + 1)
    assert "Noget helt andet." in response.content.decode()
    mandate.refresh_from_db()
    assert answer(client, mandate, text="Gerne.").status_code == 302


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            MandateState.WITHDRAWN,
            "Lederen har trukket bestillingen tilbage i mellemtiden. Det, du skrev, er ikke sendt.",
        ),
        (MandateState.DONE, "Bestillingen er meldt færdig i mellemtiden. Det, du skrev, er ikke sendt."),
        (MandateState.ACCEPTED, "Bestillingen er taget i mellemtiden. Se, hvad der står nu."),
    ],
)
def test_what_is_no_longer_to_be_answered(
    client: Client, team: Team, member: User, state: MandateState, said: str
) -> None:
    mandate = make_mandate(team, state=state)
    response = answer(client, mandate, answer="talk", text="Hvor mange møder?")
    assert response.context["form"].non_field_errors() == [said]
    assert "Hvor mange møder?" in response.content.decode()
    mandate.refresh_from_db()
    assert (mandate.state, MandateMessage.objects.count()) == (state, 0)


def test_a_double_click_answers_once(client: Client, mandate: Mandate, member: User) -> None:
    token = str(uuid.uuid4())
    sent = {"answer": "talk", "text": "Hvor mange?", "version": mandate.version, "token": token}
    url = reverse("teams:mandate_answer", args=[mandate.pk])
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert MandateMessage.objects.count() == 1


def test_the_person_who_was_asked_answers_and_no_colleague(client: Client, team: Team, member: User) -> None:
    asked = make_resource_person(team)
    mandate = make_mandate(team, asked)
    assert answer(client, mandate).status_code == 403
    client.force_login(asked)
    assert answer(client, mandate).status_code == 302


def test_the_leader_does_not_answer_her_own(client: Client, mandate: Mandate) -> None:
    client.force_login(mandate.given_by)
    assert answer(client, mandate).status_code == 403
