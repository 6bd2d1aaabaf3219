"""A unit asks its learning partner for sparring, in a sentence."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import SupportRequest, Unit
from tests.builders import make_leader, make_learning_partner, make_unit

SENTENCE = "Kom og lyt med til et møde i november."
WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(unit: Unit, leader: User) -> str:
    return reverse("teams:support_ask", args=[unit.pk])


def test_the_question_is_kept_with_who_asked(client: Client, url: str, unit: Unit, leader: User) -> None:
    response = client.post(url, {"text": SENTENCE})
    assert response["Location"] == reverse("dashboard:home")
    asked = SupportRequest.objects.get()
    assert (asked.unit, asked.asked_by, asked.text, asked.taken_by) == (unit, leader, SENTENCE, None)


def test_the_learning_partner_reads_it_on_her_front_page(client: Client, url: str, unit: Unit) -> None:
    client.post(url, {"text": SENTENCE})
    client.force_login(make_learning_partner(unit))
    response = client.get(reverse("dashboard:learning_partner"))
    assert [request.text for request in response.context["requests"]] == [SENTENCE]


def test_a_double_click_asks_once(client: Client, url: str) -> None:
    form = {"text": SENTENCE, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert SupportRequest.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_an_empty_or_too_long_text_is_refused(client: Client, url: str, text: str) -> None:
    response = client.post(url, {"text": text})
    assert list(response.context["form"].errors) == ["text"]
    assert SupportRequest.objects.count() == 0


def test_a_cpr_number_is_refused_and_the_text_kept_on_the_page(client: Client, url: str) -> None:
    response = client.post(url, {"text": WITH_DIGITS})
    form = response.context["form"]
    assert list(form.errors) == ["text"]
    assert form["text"].value() == WITH_DIGITS
    assert not form["not_cpr"].is_hidden
    assert SupportRequest.objects.count() == 0


def test_digits_that_are_no_cpr_number_are_confirmed_and_the_confirmation_logged(
    client: Client, url: str, leader: User
) -> None:
    client.post(url, {"text": WITH_DIGITS, "not_cpr": "on"})
    assert SupportRequest.objects.get().text == WITH_DIGITS
    assert TextOverride.objects.values_list("person", "place").get() == (leader.pk, "teams.SupportRequest.text")


def test_nobody_confirms_in_advance(client: Client, url: str) -> None:
    client.post(url, {"text": SENTENCE, "not_cpr": "on"})
    assert TextOverride.objects.count() == 0


def test_the_page_names_the_learning_partners(client: Client, url: str, unit: Unit) -> None:
    partner = make_learning_partner(unit)
    assert list(client.get(url).context["partners"]) == [partner]
